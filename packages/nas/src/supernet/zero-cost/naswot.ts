import { requireInstance } from "@supernet/base";
import { nn, noGrad, ops, Tensor, tidy } from "@supernet/torch";
import { withForward } from "../trace/with-forward.js";
import { refuseTransformer, type UntrainedNetwork } from "./untrained.js";

/**
 * How differently a network's ReLUs cut up the images of a batch (Mellor et al., "Neural Architecture Search without
 * Training", ICML 2021): log |det K|, where K[i, j] is the number of units that are on for both of the images i and j, or
 * off for both. ReLU6 is taken to be on above 0 as well.
 * @param network its batch-norms see the batch
 * @param images [n, channels, height, width]
 * @returns minus infinity where K is singular: the network has no ReLU, or two images have the same units on
 * @throws UserError for a transformer
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
          module instanceof nn.ReLU || module instanceof nn.ReLU6
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
