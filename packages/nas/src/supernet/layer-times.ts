import { type nn, noGrad, Random, randn, type Tensor, tidy } from "@supernet/torch";
import type { LayerTime } from "../cost/latency.js";
import type { PlacedLayer } from "../cost/reachable.js";
import type { Shape } from "../cost/shape.js";
import { featureParts, IMAGE_CHANNELS, type NetworkSpace } from "../network/network-space.js";
import type { Subnet } from "../space/space.js";
import { buildLayer } from "./build.js";
import { exactly } from "./candidates.js";
import { quantile } from "./latency.js";
import { PartModules } from "./part-modules.js";

/** Layers whose modules are there at the same time. */
const TOGETHER = 64;
const WARM_UP_ROUNDS = 3;
/**
 * The quantile of a pass's times that is taken for what it takes. On a machine that others use as well, every pass that
 * is longer than a turn of the scheduler is interrupted, and most layers are not: with medians, whole networks would
 * seem to take twice what their layers take. Where nothing interrupts, all quantiles are near.
 */
const UNDISTURBED = 0.1;
const MEASURED = { rounds: 30, ms: 5000 };

/** How long to measure. */
export interface MeasuringOptions {
  /** Is told the share that is done, 0 to 1. */
  readonly onProgress?: ((share: number) => void) | undefined;
  /** Rounds until there are so many, and they took so long. */
  readonly least?: { readonly rounds: number; readonly ms: number };
}

/** Measures layers as modules of their own on the CPU, one image at a time, without gradients. */
export function measureLayers(
  layers: readonly PlacedLayer[],
  { onProgress, ...options }: MeasuringOptions = {},
): LayerTime[] {
  const times: LayerTime[] = [];
  for (let from = 0; from < layers.length; from += TOGETHER) {
    const some = layers.slice(from, from + TOGETHER);
    const modules = some.map(({ layer, input, part }) =>
      buildLayer(part, [layer], exactly(channelsOf(input))).module.eval(),
    );
    try {
      const undisturbed = measureInTurn(
        some.map(({ input }, i) => ({ input, forward: (x) => modules[i]!.forward(x) })),
        {
          ...options,
          onProgress: (share) => onProgress?.((from + share * some.length) / layers.length),
        },
      );
      times.push(...some.map(({ layer, input }, i) => ({ layer, input, milliseconds: undisturbed[i]! })));
    } finally {
      for (const module of modules) for (const tensor of module.stateDict().values()) tensor.dispose();
    }
  }
  return times;
}

/** One image's: of a map with the batch before it, of a sequence, [tokens, width], in the middle. */
const batchOf = (shape: Shape): number[] => (shape.length === 2 ? [shape[0]!, 1, shape[1]!] : [1, ...shape]);

/** Of a map [channels, height, width]; of anything else the last size, as a linear layer has it. */
const channelsOf = (shape: Shape): number => (shape.length === 3 ? shape[0]! : shape.at(-1)!);

/** What is timed. */
export interface Timed {
  /** Shape of what comes in, without batch. */
  readonly input: Shape;
  readonly forward: (x: Tensor) => unknown;
}

/**
 * The milliseconds that each of several forward passes takes undisturbed, batch 1.
 *
 * They run in turn, round after round, each time in another order: what else the machine does then falls on all of
 * them alike, and each finds the caches as it does in a network, where other layers ran before it. Run over and over by
 * itself, a layer of a small network takes a fifth less.
 */
export function measureInTurn(
  timed: readonly Timed[],
  { onProgress, least = MEASURED }: MeasuringOptions = {},
): number[] {
  return tidy(() => {
    const images = new Map(timed.map(({ input }) => [input.join("x"), input]));
    const imageOf = new Map(Array.from(images, ([key, shape]) => [key, randn(batchOf(shape))]));
    const pass = ({ input, forward }: Timed): number => {
      const image = imageOf.get(input.join("x"))!;
      return noGrad(() =>
        tidy(() => {
          const start = performance.now();
          forward(image);
          return performance.now() - start;
        }),
      );
    };
    const times: number[][] = timed.map(() => []);
    const round = (number: number): void => {
      for (const i of Random.of("measure in turn", number).permutation(timed.length)) {
        times[i]!.push(pass(timed[i]!));
      }
    };
    let each = 0;
    for (let i = 0; i < WARM_UP_ROUNDS; i++) {
      const start = performance.now();
      round(i);
      each = performance.now() - start;
    }
    for (const own of times) own.length = 0;
    const rounds = Math.max(least.rounds, Math.ceil(least.ms / each));
    for (let i = 0; i < rounds; i++) {
      round(i);
      onProgress?.((i + 1) / rounds);
    }
    for (const own of times) own.sort((a, b) => a - b);
    return times.map((own) => quantile(own, UNDISTURBED));
  });
}

/** A stand-alone subnet up to the classifier's features: [n, 3, h, w] to [n, features]. */
export const buildFeatures = (space: NetworkSpace, subnet: Subnet): nn.Layer =>
  new PartModules(space, featureParts(space), exactly(IMAGE_CHANNELS), subnet);
