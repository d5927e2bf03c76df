import { parseOptions } from "@supernet/base";
import { nn, type Tensor } from "@supernet/torch";
import { z } from "zod";
import {
  mobileNetV2Classifier,
  ResNet,
  resNetClassifier,
  shuffleNetV2Classifier,
} from "../backbones/index.js";
import { buildDetector, type DetectorSettings, torchvisionDetectors } from "../detection/index.js";
import { type Rule, toOurs, toTheirs } from "./rename.js";
import { fasterRcnnRules, fcosRules, retinaNetRules } from "./torchvision-detectors.js";

/** Network that torchvision also has. */
export interface TorchvisionModel {
  /** Builds the network with random weights. `classes` does not include the background. */
  readonly build: (classes: number) => nn.Module;
  /** Rules between torchvision's parameter names and supernet's. Empty if they are equal. */
  readonly rules: readonly Rule[];
  /** Name in supernet of a weight that has rows for each class, and the number of rows per class. */
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
  "one of torchvisionModels",
);
const fromSchema = z.object({ model: modelSchema, state: z.instanceof(Map) });
const toSchema = z.object({ model: modelSchema, network: z.instanceof(nn.Module) });

/** Networks that torchvision also has, by torchvision's names. */
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
  fcos_resnet50_fpn: onResNet50(torchvisionDetectors.fcos, fcosRules, {
    name: "bbox_head.conv_cls.weight",
    perClass: 1,
  }),
};

/**
 * Builds a network from a state dict with torchvision's names or supernet's. The number of classes is read from the
 * shapes of the weights.
 *
 * torchvision's Faster R-CNN counts the background as its first class, so its class n is class n - 1 here. RetinaNet
 * and FCOS have no background class, and their classes keep their numbers.
 *
 * torchvision freezes the batch-norms of detectors that start from published weights. They do not have the optional
 * `num_batches_tracked`; in `eval()` the outputs are the same. For the first published detectors (COCO_V1), torchvision
 * also sets `eps` of the batch-norms to 0. The file does not contain this value, so set it for identical results.
 *
 * @example
 * const { network } = fromTorchvision(torchvisionModels.resnet50!, loadTensors("resnet50.pth").tensors);
 * @throws UserError naming the keys if it is not the complete state dict of that model
 */
export function fromTorchvision(
  model: TorchvisionModel,
  state: ReadonlyMap<string, Tensor>,
): { network: nn.Module; classes: number } {
  parseOptions("fromTorchvision", fromSchema, { model, state });
  const { build, rules, classRows } = model;
  const ours = toOurs(state, rules);
  const weight = ours.get(classRows.name);
  const rows = weight === undefined || weight.numel === 0 ? 0 : weight.shape[0]!;
  // Without rows the state dict belongs to another model. Loading it then reports the keys that do not match.
  const classes = Math.max(1, Math.floor(rows / classRows.perClass));
  const network = build(classes);
  network.loadStateDict(ours);
  return { network, classes };
}

/**
 * Returns a network's state dict with torchvision's names.
 *
 * @example
 * savePth("resnet50.pth", toTorchvision(torchvisionModels.resnet50!, network));
 */
export function toTorchvision(model: TorchvisionModel, network: nn.Module): Map<string, Tensor> {
  parseOptions("toTorchvision", toSchema, { model, network });
  return toTheirs(network.stateDict(), model.rules);
}
