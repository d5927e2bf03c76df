import {
  type Choice,
  createEstimator,
  type Estimator,
  type Space,
  type Subnet,
  shuffleNetV2FeatureParts,
  sposShuffleNetV2,
} from "@supernet/nas";
import {
  alignCandidates,
  ShuffleNetV2Backbone,
  ShuffleNetV2Classifier,
  type WeightSharing,
} from "@supernet/nas/supernet";
import type { nn, Tensor } from "@supernet/torch";
import type { Backbone } from "@supernet/vision";
import type { Recipe } from "../recipe/schema.js";

/** [n, 3, h, w] -> [n, classes] logits; `backbone` is what a detector takes over. */
export interface Classifier extends nn.Module {
  readonly backbone: nn.Module;
  forward(images: Tensor): Tensor;
}

/** One choice block as the report draws it. */
export interface Block {
  readonly decision: string;
  readonly stage: number;
  readonly channels: number;
  readonly stride: number;
  readonly choices: readonly Choice[];
}

/** What the steps know of a search space and its networks; without a subnet a network is the supernet. */
export interface Architecture {
  readonly space: Space;
  readonly blocks: readonly Block[];
  /** Of the classifier without its last layer, which hangs on the data; input is [channels, height, width]. */
  estimator(input: readonly number[]): Estimator;
  classifier(subnet?: Subnet): WeightSharing<Classifier>;
  /** Makes the candidates of every choice block begin as nearly the same function. */
  align(network: nn.Module): void;
  backbone(subnet?: Subnet): WeightSharing<Backbone>;
}

/** @param classes of the classification data set, which settle the size of the classifier's last layer */
export function architectureOf({ space: sizes }: Recipe, classes: number): Architecture {
  const { name: _, ...rest } = sizes;
  const space = sposShuffleNetV2({ ...rest, classes });
  return {
    space,
    blocks: space.plan.map(({ decision, stage, out, stride }, i) => ({
      decision,
      stage,
      channels: out,
      stride,
      choices: space.decisions[i]!.choices,
    })),
    estimator: (input) => createEstimator("features", shuffleNetV2FeatureParts(space), input),
    classifier: (subnet) => new ShuffleNetV2Classifier(space, subnet),
    align: alignCandidates,
    backbone: (subnet) => new ShuffleNetV2Backbone(space, subnet),
  };
}
