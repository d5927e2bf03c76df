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
const MEASURED = { rounds: 30, ms: 10_000 };

/**
 * Measures layers as modules of their own on the CPU, one image at a time, without gradients.
 * @param onProgress is told how many layers' worth of work is done
 */
export function measureLayers(
  layers: readonly PlacedLayer[],
  onProgress: (done: number) => void = () => {},
): LayerTime[] {
  const times: LayerTime[] = [];
  for (let from = 0; from < layers.length; from += TOGETHER) {
    const some = layers.slice(from, from + TOGETHER);
    const modules = some.map(({ layer, input, part }) =>
      buildLayer(part, [layer], exactly(channelsOf(input))).module.eval(),
    );
    try {
      const medians = measureInTurn(
        some.map(({ input }, i) => ({ input, forward: (x) => modules[i]!.forward(x) })),
        (share) => onProgress(from + share * some.length),
      );
      times.push(...some.map(({ layer, input }, i) => ({ layer, input, milliseconds: medians[i]! })));
    } finally {
      for (const module of modules) for (const tensor of module.stateDict().values()) tensor.dispose();
    }
  }
  return times;
}

/** Of a map [channels, height, width]; of anything else the last size, as a linear layer has it. */
const channelsOf = (shape: Shape): number => (shape.length === 3 ? shape[0]! : shape.at(-1)!);

/** What is timed. */
export interface Timed {
  /** Shape of what comes in, without batch. */
  readonly input: Shape;
  readonly forward: (x: Tensor) => unknown;
}

/**
 * The median milliseconds of each of several forward passes, batch 1.
 *
 * They run in turn, round after round, each time in another order: what else the machine does then falls on all of
 * them alike, and each finds the caches as it does in a network, where other layers ran before it. Run over and over by itself, a layer of a small
 * network takes a fifth less.
 * @param onProgress is told the share that is done, 0 to 1
 */
export function measureInTurn(
  timed: readonly Timed[],
  onProgress: (share: number) => void = () => {},
): number[] {
  return tidy(() => {
    const images = new Map(timed.map(({ input }) => [input.join("x"), input]));
    const imageOf = new Map(Array.from(images, ([key, shape]) => [key, randn([1, ...shape])]));
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
    const rounds = Math.max(MEASURED.rounds, Math.ceil(MEASURED.ms / each));
    for (let i = 0; i < rounds; i++) {
      round(i);
      onProgress((i + 1) / rounds);
    }
    return times.map((own) =>
      quantile(
        own.sort((a, b) => a - b),
        0.5,
      ),
    );
  });
}

/** A stand-alone subnet up to the classifier's features: [n, 3, h, w] to [n, features]. */
export const buildFeatures = (space: NetworkSpace, subnet: Subnet): nn.Layer =>
  new PartModules(space, featureParts(space), exactly(IMAGE_CHANNELS), subnet);
