import { z } from "zod";
import { fasterRcnnSchema } from "./faster-rcnn/faster-rcnn.settings.js";
import { retinaNetSchema } from "./retinanet/retinanet.settings.js";

/** The settings of every detector there is; `kind` says which. Its modules are in detectors.ts. */
export const detectorSchema = z.discriminatedUnion("kind", [fasterRcnnSchema, retinaNetSchema]);

export type DetectorSettings = z.infer<typeof detectorSchema>;

/** Settings of every built-in detector, by kind. */
export type DetectorsByKind = { readonly [S in DetectorSettings as S["kind"]]: S };
