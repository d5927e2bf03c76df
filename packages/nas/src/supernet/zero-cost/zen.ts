import { requireArray, UserError } from "@supernet/base";
import { nn, noGrad, randn, type Tensor, tidy } from "@supernet/torch";
import { GlobalAveragePool, Residual } from "../modules/blocks.js";
import { withForward } from "../trace/with-forward.js";
import { refuseTransformer, type UntrainedNetwork } from "./untrained.js";

/** How far apart two images are whose features are compared: the published value. */
const DISTANCE = 0.01;
/** Images in a pass, and draws of weights and images over which the score is averaged. */
const IMAGES = 16;
const DRAWS = 4;

/**
 * The Zen-score (Lin et al., "Zen-NAS: A Zero-Shot NAS for High-Performance Image Recognition", ICCV 2021, algorithm 1) of
 * a convolutional network, the mean over a few draws of its weights and of images, all from the normal distribution.
 * Chance comes from the engine's generator.
 * @param network is used up: its parameters are drawn again
 * @param input shape of an image, [channels, height, width]
 * @throws UserError for a transformer, or where the network has no global pool
 */
export function zen(network: UntrainedNetwork, input: readonly number[]): number {
  refuseTransformer("zen", network);
  requireArray("zen: input", input);
  const { device } = network.parameters()[0]!;
  const scores = Array.from({ length: DRAWS }, () =>
    noGrad(() =>
      tidy(() => {
        drawWeights(network);
        const images = randn([IMAGES, ...input], { device });
        return zenOf(network, images, images.add(randn(images.shape, { device }), { alpha: DISTANCE }));
      }),
    ),
  );
  return scores.reduce((sum, score) => sum + score) / DRAWS;
}

/** Weights of convolutions and linear layers are normal, norms pass on, biases are zero. */
function drawWeights(network: nn.Module): void {
  for (const [name, parameter] of network.namedParameters()) {
    if (parameter.ndim > 1) nn.init.normal(parameter);
    else nn.init.constant(parameter, name.endsWith("weight") ? 1 : 0);
  }
}

/**
 * The score for given weights and images: the logarithm of the mean Euclidean distance between the features of an image
 * and those of its neighbour, and that of the deviation which each batch-norm takes out: the root of the variance within
 * the batch, in the mean over its channels. Features are what enters the global pool. Residual links are left out.
 * @param network in training mode
 * @param images [n, channels, height, width], and as many neighbours
 */
export function zenOf(network: UntrainedNetwork, images: Tensor, neighbors: Tensor): number {
  return noGrad(() =>
    tidy(() => {
      const disturbed = runBatch(network, neighbors);
      const plain = runBatch(network, images);
      const distance = plain.features.sub(disturbed.features).flatten(1).norm(2, [1]).mean();
      return Math.log(distance.item()) + plain.deviations;
    }),
  );
}

/** Returns the features of a batch, and the sum of the logarithms of the batch-norms' deviations. */
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
    "the Zen-score is about what enters a global pool, and the network has none: take another score",
  );
}
