import type { nn, Tensor } from "@supernet/torch";
import {
  mobileNetV2Classifier,
  ResNet,
  resNetClassifier,
  shuffleNetV2Classifier,
} from "../backbones/index.js";
import { buildDetector, type DetectorSettings, torchvisionDetectors } from "../detection/index.js";
import { type Rule, toOurs, toTheirs } from "./rename.js";
import { fasterRcnnRules, retinaNetRules } from "./torchvision-detectors.js";

/** A network that torchvision has too. */
export interface TorchvisionModel {
  readonly build: (classes: number) => nn.Module;
  /** From torchvision's names to ours; none where they are equal. */
  readonly rules: readonly Rule[];
  /** The tensor, by our name, that has some elements for each class, and how many. */
  readonly classTensor: { readonly name: string; readonly perClass: number };
}

function classifier(build: TorchvisionModel["build"], name = "fc.bias"): TorchvisionModel {
  return { build, rules: [], classTensor: { name, perClass: 1 } };
}

function onResNet50(
  settings: DetectorSettings,
  rules: readonly Rule[],
  classTensor: TorchvisionModel["classTensor"],
): TorchvisionModel {
  return { build: (classes) => buildDetector(new ResNet(50), settings, classes), rules, classTensor };
}

/** By torchvision's names. */
export const torchvisionModels: Readonly<Record<string, TorchvisionModel>> = {
  resnet18: classifier((classes) => resNetClassifier(18, classes)),
  resnet34: classifier((classes) => resNetClassifier(34, classes)),
  resnet50: classifier((classes) => resNetClassifier(50, classes)),
  resnet101: classifier((classes) => resNetClassifier(101, classes)),
  resnet152: classifier((classes) => resNetClassifier(152, classes)),
  mobilenet_v2: classifier(mobileNetV2Classifier, "classifier.1.bias"),
  shufflenet_v2_x0_5: classifier((classes) => shuffleNetV2Classifier("0.5", classes)),
  shufflenet_v2_x1_0: classifier((classes) => shuffleNetV2Classifier("1.0", classes)),
  shufflenet_v2_x1_5: classifier((classes) => shuffleNetV2Classifier("1.5", classes)),
  shufflenet_v2_x2_0: classifier((classes) => shuffleNetV2Classifier("2.0", classes)),
  fasterrcnn_resnet50_fpn: onResNet50(torchvisionDetectors["faster-rcnn"], fasterRcnnRules, {
    name: "roi_head.bbox_head.fc_reg.bias",
    perClass: 4,
  }),
  retinanet_resnet50_fpn: onResNet50(torchvisionDetectors.retinanet, retinaNetRules, {
    name: "bbox_head.retina_cls.bias",
    perClass: 9,
  }),
};

/**
 * The network of a state dict, which has torchvision's names or ours, with as many classes as there are in it.
 * @throws UserError naming the keys where it is not a whole state dict of that model
 */
export function fromTorchvision(
  { build, rules, classTensor }: TorchvisionModel,
  state: ReadonlyMap<string, Tensor>,
): { network: nn.Module; classes: number } {
  const ours = toOurs(state, rules);
  // A state dict of something else fails below, where the message names all that is missing.
  const elements = ours.get(classTensor.name)?.numel ?? 0;
  const classes = Math.max(1, Math.floor(elements / classTensor.perClass));
  const network = build(classes);
  network.loadStateDict(ours);
  return { network, classes };
}

/** A network's state dict under torchvision's names. */
export function toTorchvision({ rules }: TorchvisionModel, network: nn.Module): Map<string, Tensor> {
  return toTheirs(network.stateDict(), rules);
}
