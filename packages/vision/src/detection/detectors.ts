import type { Backbone } from "./backbone.js";
import type { Detector } from "./detector.js";
import type { DetectorSettings } from "./detectors.settings.js";
import { FasterRcnn } from "./faster-rcnn.js";
import { RetinaNet } from "./retinanet.js";

/**
 * The detector that the settings ask for, around a backbone.
 * @throws UserError where the settings do not fit the backbone
 */
export function buildDetector(backbone: Backbone, settings: DetectorSettings, classes: number): Detector {
  switch (settings.kind) {
    case "faster-rcnn":
      return new FasterRcnn(backbone, settings, classes);
    case "retinanet":
      return new RetinaNet(backbone, settings, classes);
  }
}
