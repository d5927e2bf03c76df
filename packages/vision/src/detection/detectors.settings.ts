import { z } from "zod";
import { fasterRcnnSchema } from "./faster-rcnn/faster-rcnn.settings.js";
import { retinaNetSchema } from "./retinanet/retinanet.settings.js";

export { count, fraction, positive } from "./common.settings.js";

/** Settings of a built-in detector, of the kind that `kind` names. detectors.ts lists how they are built. */
export const detectorSchema = z.discriminatedUnion("kind", [fasterRcnnSchema, retinaNetSchema]);

export type DetectorSettings = z.infer<typeof detectorSchema>;

/** Settings of every built-in detector, by kind. */
export type DetectorsByKind = { readonly [S in DetectorSettings as S["kind"]]: S };
