import { requireInstance, requireNumber, UserError } from "@supernet/base";
import { empty, nn, type Tensor } from "@supernet/torch";

/**
 * In training, sets randomly selected samples of a `[tokens, n, width]` sequence to zero and scales the others to keep
 * the mean. Uses the engine's random number generator. See Huang et al.,
 * ["Deep Networks with Stochastic Depth"](https://arxiv.org/abs/1603.09382), 2016.
 */
export class DropPath extends nn.Module {
  /** Probability that a sample is zeroed. `setDropPath` sets it. Default: 0. */
  probability = 0;

  /** @param share fraction of the network's rate, 0 to 1 */
  constructor(readonly share: number) {
    super();
  }

  forward(x: Tensor): Tensor {
    if (!this.training || this.probability === 0) return x;
    const kept = 1 - this.probability;
    const mask = empty([1, x.shape[1]!, 1], { dtype: x.dtype, device: x.device }).bernoulli_(kept).div_(kept);
    const dropped = x.mul(mask);
    mask.dispose();
    return dropped;
  }
}

/**
 * Sets the drop-path rates of a network for training. The rate increases linearly from 0 in the first block to `rate`
 * in the last block of the deepest subnet. A stand-alone subnet has the same rates as the supernet.
 *
 * @example
 * const network = new SpaceClassifier(autoFormerTiny(), 1000);
 * setDropPath(network, 0.1);
 * @param rate probability of at least 0 and below 1
 * @throws UserError if `rate` is above 0 and the network has no drop-path layers
 */
export function setDropPath(network: nn.Module, rate: number): void {
  requireInstance("setDropPath: network", network, nn.Module);
  requireNumber("setDropPath: rate", rate, { min: 0, below: 1 });
  let found = 0;
  for (const [, module] of network.namedModules()) {
    if (!(module instanceof DropPath)) continue;
    module.probability = rate * module.share;
    found++;
  }
  if (found === 0 && rate > 0) {
    throw new UserError(
      "drop path has no effect on the networks of this space: disable it, or use a transformer space",
    );
  }
}
