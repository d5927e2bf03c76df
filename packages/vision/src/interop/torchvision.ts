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
import { fasterRcnnRules, retinaNetRules } from "./torchvision-detectors.js";

/** A network that torchvision also has. */
export interface TorchvisionModel {
  readonly build: (classes: number) => nn.Module;
  /** Rules from torchvision's parameter names to ours. Empty if they are equal. */
  readonly rules: readonly Rule[];
  /** Name (ours) of a weight that has rows for each class, and their number per class. */
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
 * Builds the network of a state dict, which has torchvision's names or ours. The number of classes is the state dict's.
 *
 * torchvision's Faster R-CNN counts the background as its first class, ours does not: class n there is class n - 1
 * here. RetinaNet has no background, and its classes keep their numbers.
 *
 * torchvision freezes the batch-norms of detectors that start from published weights. These lack the number of batches,
 * which is optional; in `eval()` the outputs are the same. For the detectors that were published first (COCO_V1),
 * torchvision also sets their `eps` to 0, which is not in the file: set it here for identical results.
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
  // Where there are none the state dict is another model's; loading it names all that does not fit.
  const classes = Math.max(1, Math.floor(rows / classRows.perClass));
  const network = build(classes);
  network.loadStateDict(ours);
  return { network, classes };
}

/** Returns a network's state dict under torchvision's names. */
export function toTorchvision(model: TorchvisionModel, network: nn.Module): Map<string, Tensor> {
  parseOptions("toTorchvision", toSchema, { model, network });
  return toTheirs(network.stateDict(), model.rules);
}
