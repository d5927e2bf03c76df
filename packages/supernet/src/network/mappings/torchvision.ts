import { renameTensors, torchvisionDetectorRules } from "@supernet/vision";
import type { Mapping } from "./mapping.js";

/** Detectors of torchvision (https://github.com/pytorch/vision), by the kind of detector here. */
function detector(kind: keyof typeof torchvisionDetectorRules, own: RegExp): Mapping {
  const rules = torchvisionDetectorRules[kind];
  return {
    matches: (names) => names.some((name) => own.test(name)),
    toOurs: (state) => renameTensors(state, rules, "ours"),
    toTheirs: (state) => renameTensors(state, rules, "theirs"),
  };
}

export const torchvisionFasterRcnn = detector("faster-rcnn", /^roi_heads\.box_predictor\./);
export const torchvisionRetinaNet = detector(
  "retinanet",
  /^head\.classification_head\.(?:cls_logits|conv\.0\.0)\.weight$/,
);
export const torchvisionFcos = detector("fcos", /^head\.regression_head\.bbox_ctrness\./);
