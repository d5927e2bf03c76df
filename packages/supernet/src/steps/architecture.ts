import {
  createEstimator,
  featureParts,
  type Measures,
  measuresOf,
  type NetworkSpace,
  type Subnet,
  sposShuffleNetV2,
} from "@supernet/nas";
import { alignCandidates, SpaceBackbone, SpaceClassifier, type WeightSharing } from "@supernet/nas/supernet";
import type { nn, Tensor } from "@supernet/torch";
import { UserError } from "@supernet/torch/errors";
import type { Backbone } from "@supernet/vision";
import type { Recipe } from "../recipe/schema.js";

/** [n, 3, h, w] -> [n, classes] logits; `backbone` is what a detector takes over. */
export interface Classifier extends nn.Module {
  readonly backbone: nn.Module;
  forward(images: Tensor): Tensor;
}

/** What the steps know of a search space and its networks; without a subnet a network is the supernet. */
export interface Architecture {
  readonly space: NetworkSpace;
  /**
   * What subnets need for one image of `input`, [channels, height, width]: the classifier without its last layer,
   * which hangs on the data, under the resources' plain names, and the backbone as `backbone.flops` and so on.
   */
  measures(input: readonly number[]): Measures;
  classifier(subnet?: Subnet): WeightSharing<Classifier>;
  /** Makes the candidates of every choice block begin as nearly the same function. */
  align(network: nn.Module): void;
  backbone(subnet?: Subnet): WeightSharing<Backbone>;
}

/** @param classes of the classification data set, which settle the size of the classifier's last layer */
export function architectureOf({ space: sizes }: Recipe, classes: number): Architecture {
  const space = sposShuffleNetV2(sizes);
  return {
    space,
    measures: (input) =>
      measuresOf({
        "": createEstimator("features", featureParts(space), input),
        backbone: createEstimator("backbone", space.backbone, input),
      }),
    classifier: (subnet) => new SpaceClassifier(space, classes, subnet),
    align(network) {
      if (!space.alignment) {
        throw new UserError(
          `steps.pretrain.candidates: ${space.name} says nothing of how to align its candidates: ` +
            "take independent",
        );
      }
      alignCandidates(network, space.alignment);
    },
    backbone: (subnet) => new SpaceBackbone(space, subnet),
  };
}
