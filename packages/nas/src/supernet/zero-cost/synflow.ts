import { requireArray } from "@supernet/base";
import { nn, ones, tidy } from "@supernet/torch";
import { withForward } from "../trace/with-forward.js";
import { refuseTransformer, type UntrainedNetwork, weighted } from "./untrained.js";

/**
 * Synaptic flow (Tanaka et al., "Pruning neural networks without any data by iteratively conserving synaptic flow",
 * NeurIPS 2020), summed over a network as Abdelfattah et al. do ("Zero-Cost Proxies for Lightweight NAS", ICLR 2021):
 * the sum of |w dR/dw| over the weights w of convolutions and linear layers, where R is the sum of what the network puts
 * out for an image of ones, all parameters being taken without their signs.
 *
 * The network is linear then: batch-norms are left out, ReLU passes on what is positive anyway, and ReLU6, which would
 * cut it off, is left out as well. It is computed in float64, since it grows exponentially with depth.
 * @param network is used up: its parameters are changed
 * @param input shape of an image, [channels, height, width]
 * @throws UserError for a transformer
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
      (module) => (isLeftOut(module) ? (x) => x : undefined),
      () => network.forward(image).sum().backward(),
    );
    // Weights and gradients are both positive.
    return weighted(network).reduce(
      (sum, { weight }) => sum + (weight.grad?.mul(weight).sum().item() ?? 0),
      0,
    );
  });
}

const isLeftOut = (module: nn.Module): boolean =>
  module instanceof nn.BatchNorm2d || module instanceof nn.ReLU6;
