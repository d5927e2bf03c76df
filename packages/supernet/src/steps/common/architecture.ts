import type { NetworkSpace, Subnet } from "@supernet/nas";
import { alignCandidates, SpaceBackbone, SpaceClassifier } from "@supernet/nas/supernet";
import type { nn } from "@supernet/torch";

/** What the steps know of a search space and its networks; without a subnet a network is the supernet. */
export interface Architecture {
  readonly space: NetworkSpace;
  classifier(subnet?: Subnet): SpaceClassifier;
  /** Makes the candidates of every choice block begin as nearly the same function, where the space says how. */
  align(network: nn.Module): void;
  backbone(subnet?: Subnet): SpaceBackbone;
}

/** @param classes of the classification data set, which settle the size of the classifier's last layer */
export function architectureOf(space: NetworkSpace, classes: number): Architecture {
  return {
    space,
    classifier: (subnet) => new SpaceClassifier(space, classes, subnet),
    align(network) {
      if (space.alignment) alignCandidates(network, space.alignment);
    },
    backbone: (subnet) => new SpaceBackbone(space, subnet),
  };
}
