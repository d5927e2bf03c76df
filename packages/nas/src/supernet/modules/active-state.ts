import { requireInstance } from "@supernet/base";
import { nn, type Tensor } from "@supernet/torch";
import { ChoiceBlock } from "./choice-block.js";
import { isElastic } from "./elastic.js";

/**
 * The state dict of the subnet that is active in a network, with the names and shapes that the stand-alone network
 * has: of choice blocks the chosen candidate, of elastic modules the slices that run, all else as it is. The network
 * may hold more than the supernet, as a detector does. Memory is shared, not copied.
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
