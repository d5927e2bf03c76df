import { UserError, unknownName } from "@supernet/base";
import { z } from "zod";
import type { Backbone } from "../backbones/backbone.js";
import { checkOptions, classesSchema } from "../check-options.js";
import type { Detector, DetectorDefinition } from "./detector.js";
import type { DetectorSettings } from "./detectors.settings.js";
import { fasterRcnn } from "./faster-rcnn/faster-rcnn.js";
import { retinaNet } from "./retinanet/retinanet.js";

/** The built-in detectors by kind. Their schemas are also listed in detectors.settings.ts, which loads no engine. */
export const builtInDetectors: {
  readonly [S in DetectorSettings as S["kind"]]: DetectorDefinition<S>;
} = {
  "faster-rcnn": fasterRcnn,
  retinanet: retinaNet,
};

const backboneSchema = z.custom<Backbone>((value) => {
  const { forward, outChannels, strides } = Object(value) as Partial<Backbone>;
  return typeof forward === "function" && Array.isArray(outChannels) && Array.isArray(strides);
}, "expected a module with forward, outChannels and strides");

/**
 * Builds a built-in detector around a backbone.
 *
 * @example
 * const detector = buildDetector(new ResNet(50), torchvisionDetectors["faster-rcnn"], 90);
 * @param classes number of classes, without background
 * @throws UserError if the settings do not fit the backbone
 */
export function buildDetector(backbone: Backbone, settings: DetectorSettings, classes: number): Detector {
  const definitions: Readonly<Record<string, DetectorDefinition>> = builtInDetectors;
  checkOptions("buildDetector: backbone", backboneSchema, backbone);
  checkOptions("buildDetector: settings", z.looseObject({ kind: z.string() }), settings);
  checkOptions("buildDetector: classes", classesSchema, classes);
  const definition = definitions[settings.kind];
  if (!definition) {
    throw new UserError(unknownName("detector", settings.kind, Object.keys(definitions)));
  }
  checkOptions("buildDetector: settings", definition.settings, settings);
  return definition.build(backbone, settings, classes);
}
