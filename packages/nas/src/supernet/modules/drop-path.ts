import { requireInstance, requireNumber, UserError } from "@supernet/base";
import { empty, nn, type Tensor } from "@supernet/torch";

/**
 * In training, zeroes what it is given of random samples, and scales the others so that the mean stays:
 * [tokens, n, width], a draw a sample from the engine's generator. Huang et al., "Deep Networks with Stochastic Depth",
 * 2016.
 */
export class DropPath extends nn.Module {
  /** Probability that a sample is zeroed; 0 until `setDropPath` says otherwise. */
  probability = 0;

  /** @param share of the network's rate */
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
 * Sets how often a network's branches are left out in training: `rate` in the last block of the largest subnet, less
 * in earlier ones in proportion to their place, nothing in the first. A stand-alone subnet has the supernet's rates.
 * @throws UserError where the network has no branches that can be left out
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
      "drop path has no effect on this space's networks: leave it out, or take a transformer",
    );
  }
}
