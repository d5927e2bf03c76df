import { requireArray } from "@supernet/base";
import { nn, ones, tidy } from "@supernet/torch";
import { SqueezeExcitation } from "../modules/squeeze-excitation.js";
import { withForward } from "../trace/with-forward.js";
import { refuseTransformer, type UntrainedNetwork, weighted } from "./untrained.js";

/**
 * Computes the synaptic flow (Tanaka et al., ["Pruning neural networks without any data by iteratively conserving
 * synaptic flow"](https://arxiv.org/abs/2006.05467), NeurIPS 2020), summed over a network as in Abdelfattah et al.,
 * ["Zero-Cost Proxies for Lightweight NAS"](https://arxiv.org/abs/2101.08134), ICLR 2021.
 *
 * The score is the sum of |w dR/dw| over the weights w of convolutions and linear layers. R is the sum of the outputs
 * for an image of ones, with all parameters replaced by their absolute values. The network is linear in this pass:
 * batch-norm, ReLU6, SiLU, hard swish and squeeze-and-excitation are skipped, and ReLU has no effect on positive inputs. It runs in float64, because the score
 * grows exponentially with depth.
 * @param network network whose parameters may be overwritten
 * @param input image shape, `[channels, height, width]`
 * @throws UserError if the network is a transformer
 */
export function synflow(network: UntrainedNetwork, input: readonly number[]): number {
  refuseTransformer("synflow", network);
  requireArray("synflow: input", input);
  const single = [...network.stateDict().values()];
  network.to({ dtype: "float64" });
  const remaining = new Set(network.stateDict().values());
  for (const tensor of single) if (!remaining.has(tensor)) tensor.dispose();
  return tidy(() => {
    for (const parameter of network.parameters()) parameter.detach().abs_();
    const device = network.parameters()[0]!.device;
    const image = ones([1, ...input], { dtype: "float64", device });
    withForward(
      network,
      (module) => (isSkipped(module) ? (x) => x : undefined),
      () => network.forward(image).sum().backward(),
    );
    // Weights and gradients are both positive.
    return weighted(network).reduce(
      (sum, { weight }) => sum + (weight.grad?.mul(weight).sum().item() ?? 0),
      0,
    );
  });
}

const SKIPPED = [nn.BatchNorm2d, nn.ReLU6, nn.SiLU, nn.Hardswish, SqueezeExcitation];

const isSkipped = (module: nn.Module): boolean => SKIPPED.some((kind) => module instanceof kind);
