import { UserError } from "@supernet/base";
import { nn, type Tensor } from "@supernet/torch";
import type { Subnet } from "../../space/space.js";

/**
 * Layer with several candidates and one active candidate: the choice block of SPOS
 * ([Guo et al., 2020](https://arxiv.org/abs/1904.00420)).
 *
 * The candidates are children named after their choices. For example,
 * `layers.0.0.shuffle_5x5.branch_main.0.weight` of a supernet is `layers.0.0.branch_main.0.weight` of a subnet.
 */
export class ChoiceBlock extends nn.ModuleDict<nn.Layer> {
  #active: nn.Layer;

  /** The first candidate is active until `choose` is called. */
  constructor(candidates: readonly (readonly [name: string, candidate: nn.Layer])[]) {
    if (!candidates?.length) throw new UserError("ChoiceBlock: candidates must be a list of at least one");
    super(candidates);
    this.#active = candidates[0]![1];
  }

  /** Active candidate. */
  get active(): nn.Layer {
    return this.#active;
  }

  /**
   * Activates a candidate.
   * @throws RangeError if there is no candidate of this name
   */
  choose(name: string): void {
    const candidate = this.get(name);
    if (!candidate)
      throw new RangeError(`no candidate ${name}: use one of ${Array.from(this, ([key]) => key).join(", ")}`);
    this.#active = candidate;
  }

  forward(input: Tensor): Tensor {
    return this.#active.forward(input);
  }
}

/** Network that runs the subnet activated last. */
export type WeightSharing<M extends nn.Module = nn.Module> = M & { activate(subnet: Subnet): void };
