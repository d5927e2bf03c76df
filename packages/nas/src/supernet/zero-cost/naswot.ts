import { requireInstance } from "@supernet/base";
import { nn, noGrad, ops, Tensor, tidy } from "@supernet/torch";
import { withForward } from "../trace/with-forward.js";
import { refuseTransformer, type UntrainedNetwork } from "./untrained.js";

const COUNTED = [nn.ReLU, nn.ReLU6, nn.SiLU, nn.Hardswish];

/**
 * Computes the NASWOT score (Mellor et al., ["Neural Architecture Search without
 * Training"](https://arxiv.org/abs/2006.04647), ICML 2021), which measures how differently the ReLUs respond to the
 * images of a batch. The score is log |det K|, where K[i, j] is the number of ReLUs in the same state (active or
 * inactive) for images i and j. A ReLU6, SiLU or hard swish is active above 0.
 * @param network network in training mode
 * @param images `[n, channels, height, width]`
 * @returns minus infinity if K is singular, for example if the network has no ReLU or two images have the same states
 * @throws UserError if the network is a transformer
 */
export function naswot(network: UntrainedNetwork, images: Tensor): number {
  refuseTransformer("naswot", network);
  requireInstance("naswot: images", images, Tensor);
  return noGrad(() =>
    tidy(() => {
      const n = images.shape[0]!;
      const kernel = ops.zeros([n, n], { dtype: "float64", device: images.device });
      const count = (x: Tensor) =>
        tidy(() => {
          const on = x.gt(0).to({ dtype: "float32" }).flatten(1);
          const off = on.neg().add(1);
          for (const units of [on, off]) kernel.add_(units.matmul(units.t()));
        });
      withForward(
        network,
        (module, forward) =>
          COUNTED.some((kind) => module instanceof kind)
            ? (x) => {
                count(x);
                return forward(x);
              }
            : undefined,
        () => network.forward(images),
      );
      return ops.linalgSlogdet(kernel)[1].item();
    }),
  );
}
