import { requireInstance } from "@supernet/base";
import { nn, type Tensor } from "@supernet/torch";
import { ChoiceBlock } from "./choice-block.js";
import { isElastic } from "./elastic.js";

/**
 * Returns the state dict of a network's active subnet, with the names and shapes of the stand-alone network. A choice
 * block contributes its active candidate, and an elastic module its active slices. The network may contain other
 * modules as well, such as the heads of a detector. The tensors share memory with the network, except positions that
 * are interpolated for a smaller image.
 *
 * @example
 * supernet.activate(subnet);
 * const standalone = new SpaceClassifier(space, classes, subnet);
 * standalone.loadStateDict(activeStateDict(supernet));
 */
export function activeStateDict(network: nn.Module): Map<string, Tensor> {
  requireInstance("activeStateDict: network", network, nn.Module);
  return new Map(activeState(network, ""));
}

function* activeState(module: nn.Module, prefix: string): Generator<[string, Tensor]> {
  if (module instanceof ChoiceBlock) {
    yield* activeState(module.active, prefix);
    return;
  }
  for (const [name, tensor] of ownState(module)) yield [prefix + name, tensor];
  for (const [name, child] of module.namedChildren()) yield* activeState(child, `${prefix}${name}.`);
}

function* ownState(module: nn.Module): Iterable<readonly [string, Tensor]> {
  if (!isElastic(module)) {
    yield* module.namedParameters("", false);
    yield* module.namedBuffers("", false);
    return;
  }
  for (const [name, tensor] of Object.entries(module.activeState())) if (tensor) yield [name, tensor];
}
