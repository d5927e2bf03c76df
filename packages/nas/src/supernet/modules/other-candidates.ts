import { requireInstance } from "@supernet/base";
import { nn, type Tensor } from "@supernet/torch";
import { ChoiceBlock } from "./choice-block.js";

/**
 * Returns the tensors of a state dict without those of candidates that a network's choice blocks do not have. The weights
 * of a whole supernet therefore fit a supernet with fewer choices.
 *
 * @example
 * const supernet = new SpaceClassifier(withChoices(space, ["shuffle_3x3"]), classes);
 * supernet.loadStateDict(withoutOtherCandidates(supernet, whole.stateDict()));
 */
export function withoutOtherCandidates(
  network: nn.Module,
  tensors: ReadonlyMap<string, Tensor>,
): Map<string, Tensor> {
  requireInstance("withoutOtherCandidates: network", network, nn.Module);
  requireInstance("withoutOtherCandidates: tensors", tensors, Map);
  const blocks = new Map<string, ReadonlySet<string>>();
  for (const [path, module] of network.namedModules()) {
    if (module instanceof ChoiceBlock) blocks.set(path, new Set(Array.from(module, ([name]) => name)));
  }
  const isOther = (name: string): boolean => {
    for (let dot = name.indexOf("."); dot >= 0; dot = name.indexOf(".", dot + 1)) {
      const candidates = blocks.get(name.slice(0, dot));
      if (candidates) return !candidates.has(name.slice(dot + 1).split(".")[0]!);
    }
    return false;
  };
  return new Map([...tensors].filter(([name]) => !isOther(name)));
}
