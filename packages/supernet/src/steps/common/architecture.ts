import { featureParts, type NetworkSpace, type Subnet, separateDecisions } from "@supernet/nas";
import { alignCandidates, SpaceBackbone, SpaceClassifier, type WeightSharing } from "@supernet/nas/supernet";
import type { nn, Tensor } from "@supernet/torch";
import { UserError } from "@supernet/torch/errors";
import type { Backbone } from "@supernet/vision";

/** [n, 3, h, w] -> [n, classes] logits; `backbone` is what a detector takes over. */
export interface Classifier extends nn.Module {
  readonly backbone: nn.Module;
  forward(images: Tensor): Tensor;
}

/** What the steps know of a search space and its networks; without a subnet a network is the supernet. */
export interface Architecture {
  readonly space: NetworkSpace;
  classifier(subnet?: Subnet): WeightSharing<Classifier>;
  /**
   * Makes the candidates of every choice block begin as nearly the same function; entangled candidates are one from
   * the start.
   * @param step whose setting asks for it, for the message
   * @throws UserError where the space does not say how
   */
  align(network: nn.Module, step: string): void;
  backbone(subnet?: Subnet): WeightSharing<Backbone>;
}

/** @param classes of the classification data set, which settle the size of the classifier's last layer */
export function architectureOf(space: NetworkSpace, classes: number): Architecture {
  return {
    space,
    classifier: (subnet) => new SpaceClassifier(space, classes, subnet),
    align(network, step) {
      if (space.alignment) alignCandidates(network, space.alignment);
      else if (hasChoiceBlocks(space)) {
        throw new UserError(
          `steps.${step}.candidates: space ${space.name} does not say how to align its candidates: ` +
            "set it to independent, or give the space an alignment",
        );
      }
    },
    backbone: (subnet) => new SpaceBackbone(space, subnet),
  };
}

const hasChoiceBlocks = (space: NetworkSpace): boolean =>
  featureParts(space).some((part) => separateDecisions(part).length > 0);
