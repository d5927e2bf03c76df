import { requireInstance } from "@supernet/base";
import { nn, Tensor, tidy } from "@supernet/torch";
import { type UntrainedNetwork, weighted } from "./untrained.js";

/**
 * Gradient norm (Abdelfattah et al., "Zero-Cost Proxies for Lightweight NAS", ICLR 2021): the sum of the Euclidean norms
 * of the gradients of the weights of convolutions and linear layers, of the cross entropy of one batch, by which
 * batch-norms normalise. The one score here that is defined for transformers too.
 * @param network its batch-norms see the batch, and its parameters have their gradients afterwards
 * @param images [n, channels, height, width]
 * @param labels [n], int64
 */
export function gradientNorm(network: UntrainedNetwork, images: Tensor, labels: Tensor): number {
  requireInstance("gradientNorm: network", network, nn.Module);
  requireInstance("gradientNorm: images", images, Tensor);
  requireInstance("gradientNorm: labels", labels, Tensor);
  return tidy(() => {
    nn.crossEntropy(network.forward(images), labels).backward();
    return weighted(network).reduce((sum, { weight }) => sum + (weight.grad?.norm().item() ?? 0), 0);
  });
}
