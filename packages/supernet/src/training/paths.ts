import type { Subnet } from "@supernet/nas";
import type { WeightSharing } from "@supernet/nas/supernet";

/** The subnet that an iteration trains. */
export type PathAt = (iteration: number) => Subnet;

/** `pathAt`, by which the subnet becomes the supernet's active one too. */
export function activating(supernet: WeightSharing, pathAt: PathAt): PathAt {
  return (iteration) => {
    const subnet = pathAt(iteration);
    supernet.activate(subnet);
    return subnet;
  };
}
