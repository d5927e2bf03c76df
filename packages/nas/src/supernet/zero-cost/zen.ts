import { requireArray, UserError } from "@supernet/base";
import { nn, noGrad, randn, type Tensor, tidy } from "@supernet/torch";
import { GlobalAveragePool, Residual } from "../modules/blocks.js";
import { withForward } from "../trace/with-forward.js";
import { refuseTransformer, type UntrainedNetwork } from "./untrained.js";

/** Magnitude of the perturbation of the input: the published value. */
const DISTANCE = 0.01;
/** Number of images per pass, and number of repetitions that are averaged. */
const IMAGES = 16;
const REPEATS = 4;

/**
 * Computes the Zen-score of a convolutional network (Lin et al., ["Zen-NAS: A Zero-Shot NAS for High-Performance Image
 * Recognition"](https://arxiv.org/abs/2102.01063), ICCV 2021, algorithm 1). The score is averaged over four sets of
 * normally distributed weights and images. Uses the engine's random number generator.
 * @param network network whose parameters may be overwritten
 * @param input image shape, `[channels, height, width]`
 * @throws UserError if the network is a transformer or has no global average pool
 */
export function zen(network: UntrainedNetwork, input: readonly number[]): number {
  refuseTransformer("zen", network);
  requireArray("zen: input", input);
  const { device } = network.parameters()[0]!;
  const scores = Array.from({ length: REPEATS }, () =>
    noGrad(() =>
      tidy(() => {
        randomizeWeights(network);
        const images = randn([IMAGES, ...input], { device });
        return zenOf(network, images, images.add(randn(images.shape, { device }), { alpha: DISTANCE }));
      }),
    ),
  );
  return scores.reduce((sum, score) => sum + score) / REPEATS;
}

/** Sets convolution and linear weights to normal random values, norm weights to 1 and biases to 0. */
function randomizeWeights(network: nn.Module): void {
  for (const [name, parameter] of network.namedParameters()) {
    if (parameter.ndim > 1) nn.init.normal(parameter);
    else nn.init.constant(parameter, name.endsWith("weight") ? 1 : 0);
  }
}

/**
 * Computes the score for the current weights and the given images. Residual connections are skipped, and features are
 * the input of the global average pool. The score is the sum of
 *
 * - the logarithm of the mean Euclidean distance between the features of an image and of its neighbor, and
 * - for each batch-norm, the logarithm of its deviation: the square root of the batch variance, averaged over channels.
 * @param network network in training mode
 * @param images `[n, channels, height, width]`
 * @param neighbors perturbed images of the same shape
 */
export function zenOf(network: UntrainedNetwork, images: Tensor, neighbors: Tensor): number {
  return noGrad(() =>
    tidy(() => {
      const perturbed = runBatch(network, neighbors);
      const plain = runBatch(network, images);
      const distance = plain.features.sub(perturbed.features).flatten(1).norm(2, [1]).mean();
      return Math.log(distance.item()) + plain.deviations;
    }),
  );
}

/** Returns the features of a batch and the sum of the logarithms of the batch-norms' deviations. */
function runBatch(network: UntrainedNetwork, batch: Tensor): { features: Tensor; deviations: number } {
  const pooled: Tensor[] = [];
  let deviations = 0;
  withForward(
    network,
    (module, forward) => {
      if (module instanceof Residual) return (x) => module.body.forward(x);
      if (module instanceof nn.BatchNorm2d) {
        return (x) => {
          deviations += tidy(() => Math.log(x.var([0, 2, 3], false).mean().item()) / 2);
          return forward(x);
        };
      }
      if (module instanceof GlobalAveragePool) {
        return (x) => {
          pooled.push(x.detach());
          return forward(x);
        };
      }
      return undefined;
    },
    () => network.forward(batch),
  );
  const features = pooled.at(-1);
  if (features) return { features, deviations };
  throw new UserError(
    "the Zen-score needs a global average pool, and the network does not have one: use another score",
  );
}
