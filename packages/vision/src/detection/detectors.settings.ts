import { z } from "zod";
import { elasticFasterRcnnSchema, fasterRcnnSchema } from "./faster-rcnn/faster-rcnn.settings.js";
import { elasticFcosSchema, fcosSchema } from "./fcos/fcos.settings.js";
import { elasticRetinaNetSchema, retinaNetSchema } from "./retinanet/retinanet.settings.js";

/** Settings of a built-in detector, selected by `kind`. See detectors.ts for the modules. */
export const detectorSchema = z.discriminatedUnion("kind", [fasterRcnnSchema, retinaNetSchema, fcosSchema]);

/** Settings of a built-in detector whose sizes may be lists of choices. */
export const elasticDetectorSchema = z.discriminatedUnion("kind", [
  elasticFasterRcnnSchema,
  elasticRetinaNetSchema,
  elasticFcosSchema,
]);

/** Settings of a built-in detector. */
export type DetectorSettings = z.infer<typeof detectorSchema>;

/** Settings of a built-in detector whose sizes may be lists of choices. */
export type ElasticDetectorSettings = z.infer<typeof elasticDetectorSchema>;

/** Settings of every built-in detector, by kind. */
export type DetectorsByKind = { readonly [S in DetectorSettings as S["kind"]]: S };
