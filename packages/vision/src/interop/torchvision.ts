import type { nn, Tensor } from "@supernet/torch";
import { z } from "zod";
import {
  mobileNetV2Classifier,
  ResNet,
  resNetClassifier,
  shuffleNetV2Classifier,
} from "../backbones/index.js";
import { checkOptions } from "../check-options.js";
import { buildDetector, type DetectorSettings, torchvisionDetectors } from "../detection/index.js";
import { type Rule, toOurs, toTheirs } from "./rename.js";
import { fasterRcnnRules, retinaNetRules } from "./torchvision-detectors.js";

/** A network that torchvision has too. */
export interface TorchvisionModel {
  readonly build: (classes: number) => nn.Module;
  /** From torchvision's names to ours; none where they are equal. */
  readonly rules: readonly Rule[];
  /** The weight, by our name, that has some rows for each class, and how many. */
  readonly classRows: { readonly name: string; readonly perClass: number };
}

function classifier(build: TorchvisionModel["build"], name = "fc.weight"): TorchvisionModel {
  return { build, rules: [], classRows: { name, perClass: 1 } };
}

function onResNet50(
  settings: DetectorSettings,
  rules: readonly Rule[],
  classRows: TorchvisionModel["classRows"],
): TorchvisionModel {
  return { build: (classes) => buildDetector(new ResNet(50), settings, classes), rules, classRows };
}

const modelSchema = z.custom<TorchvisionModel>(
  (model) => typeof Object(model).build === "function",
  "expected one of torchvisionModels",
);

/** The models, by torchvision's names. */
export const torchvisionModels: Readonly<Record<string, TorchvisionModel>> = {
  resnet18: classifier((classes) => resNetClassifier(18, classes)),
  resnet34: classifier((classes) => resNetClassifier(34, classes)),
  resnet50: classifier((classes) => resNetClassifier(50, classes)),
  resnet101: classifier((classes) => resNetClassifier(101, classes)),
  resnet152: classifier((classes) => resNetClassifier(152, classes)),
  mobilenet_v2: classifier(mobileNetV2Classifier, "classifier.1.weight"),
  shufflenet_v2_x0_5: classifier((classes) => shuffleNetV2Classifier("0.5", classes)),
  shufflenet_v2_x1_0: classifier((classes) => shuffleNetV2Classifier("1.0", classes)),
  shufflenet_v2_x1_5: classifier((classes) => shuffleNetV2Classifier("1.5", classes)),
  shufflenet_v2_x2_0: classifier((classes) => shuffleNetV2Classifier("2.0", classes)),
  fasterrcnn_resnet50_fpn: onResNet50(torchvisionDetectors["faster-rcnn"], fasterRcnnRules, {
    name: "roi_head.bbox_head.fc_reg.weight",
    perClass: 4,
  }),
  retinanet_resnet50_fpn: onResNet50(torchvisionDetectors.retinanet, retinaNetRules, {
    name: "bbox_head.retina_cls.weight",
    perClass: 9,
  }),
};

/**
 * The network of a state dict, which has torchvision's names or ours, with as many classes as there are in it.
 *
 * Of Faster R-CNN's classes torchvision's first is the background, which ours does not count: its class n is our
 * n - 1. RetinaNet has no background, and its classes keep their numbers.
 *
 * torchvision freezes the batch-norms of detectors that begin with published weights. These have no count of
 * batches, which may be missing; in `eval()` ours put out the same. For the detectors published first (COCO_V1)
 * torchvision also sets their `eps` to 0, which no file tells: set it on ours for the very same results.
 * @throws UserError naming the keys where it is not the whole state dict of that model
 */
export function fromTorchvision(
  model: TorchvisionModel,
  state: ReadonlyMap<string, Tensor>,
): { network: nn.Module; classes: number } {
  checkOptions("fromTorchvision: model", modelSchema, model);
  checkOptions("fromTorchvision: state", z.instanceof(Map), state);
  const { build, rules, classRows } = model;
  const ours = toOurs(state, rules);
  const weight = ours.get(classRows.name);
  const rows = weight === undefined || weight.numel === 0 ? 0 : weight.shape[0]!;
  // Where there are none the state dict is another model's; loading it names all that does not fit.
  const classes = Math.max(1, Math.floor(rows / classRows.perClass));
  const network = build(classes);
  network.loadStateDict(ours);
  return { network, classes };
}

/** A network's state dict under torchvision's names. */
export function toTorchvision(model: TorchvisionModel, network: nn.Module): Map<string, Tensor> {
  checkOptions("toTorchvision: model", modelSchema, model);
  return toTheirs(network.stateDict(), model.rules);
}
