import type { Tensor } from "@supernet/torch";
import type { Subnet } from "../space/space.js";

/**
 * The weights of one subnet, cut out of a supernet of choice blocks: `<decision>.<choice>.rest` becomes
 * `<decision>.rest` for the chosen candidate, other candidates are left out, and what is under no decision is
 * kept. Tensors are shared, not copied.
 * @param weights a supernet's state dict; the decisions may stand under a prefix such as `backbone.`
 */
export function subnetWeights(weights: ReadonlyMap<string, Tensor>, subnet: Subnet): Map<string, Tensor> {
  const kept = new Map<string, Tensor>();
  const decisions = Object.entries(subnet);
  for (const [name, tensor] of weights) {
    const owner = decisions.find(([decision]) => `.${name}`.includes(`.${decision}.`));
    if (!owner) {
      kept.set(name, tensor);
      continue;
    }
    const [decision, choice] = owner;
    const at = `.${name}`.indexOf(`.${decision}.`) + decision.length;
    const [head, tail] = [name.slice(0, at), name.slice(at + 1)];
    if (tail.startsWith(`${choice}.`)) kept.set(`${head}.${tail.slice(`${choice}.`.length)}`, tensor);
  }
  return kept;
}
