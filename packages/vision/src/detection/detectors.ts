import { parseOptions, requireInteger, requireString, UserError, unknownName } from "@supernet/base";
import { type Backbone, requireBackbone } from "../backbones/backbone.js";
import type { Detector, DetectorDefinition } from "./detector.js";
import type { DetectorSettings } from "./detectors.settings.js";
import { fasterRcnn } from "./faster-rcnn/faster-rcnn.js";
import { fcos } from "./fcos/fcos.js";
import { retinaNet } from "./retinanet/retinanet.js";

/** Built-in detectors by kind. detectors.settings.ts lists their schemas without loading the engine. */
export const builtInDetectors: {
  readonly [S in DetectorSettings as S["kind"]]: DetectorDefinition<S>;
} = {
  "faster-rcnn": fasterRcnn,
  retinanet: retinaNet,
  fcos,
};

/**
 * Builds a built-in detector with a backbone.
 *
 * @example
 * const detector = buildDetector(new ResNet(50), torchvisionDetectors["faster-rcnn"], 90);
 * @param classes number of classes, without background
 * @throws UserError if the settings do not match the backbone
 */
export function buildDetector(backbone: Backbone, settings: DetectorSettings, classes: number): Detector {
  const definitions: Readonly<Record<string, DetectorDefinition>> = builtInDetectors;
  requireBackbone("buildDetector: backbone", backbone);
  requireString("buildDetector: settings.kind", settings?.kind);
  requireInteger("buildDetector: classes", classes, { min: 1 });
  const definition = definitions[settings.kind];
  if (!definition) {
    throw new UserError(unknownName("detector", settings.kind, Object.keys(definitions)));
  }
  refuseOldKeys(settings);
  parseOptions("buildDetector", definition.settings, settings);
  return definition.build(backbone, settings, classes);
}

function refuseOldKeys(settings: DetectorSettings): void {
  for (const [part, value] of Object.entries(settings)) {
    if (typeof value === "object" && value !== null && "batchSize" in value)
      throw new UserError(`buildDetector: ${part}.batchSize is now called ${part}.samplesPerImage`);
  }
}
