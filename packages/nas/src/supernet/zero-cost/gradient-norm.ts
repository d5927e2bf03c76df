import { requireInstance } from "@supernet/base";
import { nn, Tensor, tidy } from "@supernet/torch";
import { type UntrainedNetwork, weighted } from "./untrained.js";

/**
 * Computes the gradient norm (Abdelfattah et al.,
 * ["Zero-Cost Proxies for Lightweight NAS"](https://arxiv.org/abs/2101.08134), ICLR 2021). This is the sum of the
 * Euclidean norms of the cross-entropy gradients of all convolution and linear weights on one batch. It is the only
 * zero-cost score here that is also defined for transformers.
 * @param network network in training mode; its parameters have gradients afterwards
 * @param images `[n, channels, height, width]`
 * @param labels `[n]`, int64
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
