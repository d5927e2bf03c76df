import { nn, type Tensor } from "@supernet/torch";
import type { Choice, Subnet } from "../space/space.js";

/** A module from one tensor to another. */
export type Block = nn.Module & { forward(input: Tensor): Tensor };

/**
 * A layer with several candidates, of which one runs: the choice block of SPOS (Guo et al., 2020).
 * Candidates are children under their choice's name, so that `layers.0.0.shuffle_5x5.branch_main.0.weight`
 * in a supernet is `layers.0.0.branch_main.0.weight` in the subnet that chose it.
 */
export class ChoiceBlock extends nn.ModuleDict<Block> {
  #active: Block;

  /** The first candidate is active until `choose` is called. */
  constructor(candidates: Readonly<Record<string, Block>>) {
    super(candidates);
    this.#active = Object.values(candidates)[0]!;
  }

  /** @throws RangeError where there is no such candidate */
  choose(choice: Choice): void {
    const candidate = this.get(String(choice));
    if (!candidate)
      throw new RangeError(`no candidate ${choice}: one of ${Array.from(this, ([name]) => name).join(", ")}`);
    this.#active = candidate;
  }

  forward(input: Tensor): Tensor {
    return this.#active.forward(input);
  }
}

/** A network that runs whichever subnet was activated last. */
export type WeightSharing<M extends nn.Module = nn.Module> = M & { activate(subnet: Subnet): void };
