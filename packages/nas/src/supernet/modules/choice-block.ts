import { UserError } from "@supernet/base";
import { nn, type Tensor } from "@supernet/torch";
import type { Subnet } from "../../space/space.js";

/**
 * A layer with several candidates, of which one runs: the choice block of SPOS (Guo et al., 2020).
 * Candidates are children under their choice's name, so that `layers.0.0.shuffle_5x5.branch_main.0.weight`
 * in a supernet is `layers.0.0.branch_main.0.weight` in the subnet that chose it.
 */
export class ChoiceBlock extends nn.ModuleDict<nn.Layer> {
  #active: nn.Layer;

  /** The first candidate is active until `choose` is called. */
  constructor(candidates: readonly (readonly [name: string, candidate: nn.Layer])[]) {
    if (!candidates?.length) throw new UserError("ChoiceBlock: candidates must be a list of at least one");
    super(candidates);
    this.#active = candidates[0]![1];
  }

  /** The candidate that runs. */
  get active(): nn.Layer {
    return this.#active;
  }

  /** @throws RangeError where there is no such candidate */
  choose(name: string): void {
    const candidate = this.get(name);
    if (!candidate)
      throw new RangeError(`no candidate ${name}: one of ${Array.from(this, ([key]) => key).join(", ")}`);
    this.#active = candidate;
  }

  forward(input: Tensor): Tensor {
    return this.#active.forward(input);
  }
}

/** A network that runs whichever subnet was activated last. */
export type WeightSharing<M extends nn.Module = nn.Module> = M & { activate(subnet: Subnet): void };
