import { callable, parseOptions, Random, requireArray, requireFunction } from "@supernet/base";
import { z } from "zod";
import type { LayerTime } from "../../cost/latency.js";
import type { PlacedLayer } from "../../cost/reachable.js";
import { quantile } from "../../stats/quantile.js";
import { type Latency, latencyOf } from "./latency.js";
import type { Timed } from "./timed.js";

/** Number of layers that are in memory at the same time. */
const TOGETHER = 64;
const WARM_UP_ROUNDS = 3;
/**
 * Quantile of the measured times that is reported. On a busy machine, passes longer than a scheduler time slice are
 * interrupted, and most layers are shorter. Medians would therefore make complete networks appear to take twice the sum
 * of their layers. On an idle machine all quantiles are close.
 */
const UNINTERRUPTED = 0.1;
const MEASURED = { rounds: 30, ms: 5000 };
/** Resolution of a microsecond clock, in milliseconds. */
const SHORTEST = 0.001;

/** How long to measure. */
export interface MeasuringOptions {
  /** Called with the completed fraction, 0 to 1. */
  readonly onProgress?: ((share: number) => void) | undefined;
  /** Minimum number of rounds and minimum total time in ms. Default: 30 rounds and 5000 ms. */
  readonly min?: { readonly rounds: number; readonly ms: number };
  /** Empty call of the runtime. Its time is subtracted from all others. */
  readonly empty?: Timed | undefined;
}

const optionsSchema = z.strictObject({
  onProgress: callable.optional(),
  min: z.strictObject({ rounds: z.int().min(1), ms: z.number().min(0) }).optional(),
  empty: z.looseObject({ run: callable, close: callable }).optional(),
});

/**
 * Measures each layer separately, on one image or its batch.
 *
 * @example
 * const layers = reachableLayers(space, featureParts(space), [3, 224, 224]);
 * const times = await measureLayers(layers, (layer) => timedModule(buildStandaloneLayer(layer), layer.input));
 * @param prepare builds a layer in the runtime that is measured
 */
export async function measureLayers(
  layers: readonly PlacedLayer[],
  prepare: (layer: PlacedLayer) => Timed | Promise<Timed>,
  options: MeasuringOptions = {},
): Promise<LayerTime[]> {
  requireArray("measureLayers: layers", layers);
  requireFunction("measureLayers: prepare", prepare);
  parseOptions("measureLayers", optionsSchema, options);
  const { onProgress, ...rest } = options;
  const times: LayerTime[] = [];
  for (let from = 0; from < layers.length; from += TOGETHER) {
    const some = layers.slice(from, from + TOGETHER);
    const measured = await measureInterleaved(
      some.map((layer) => () => prepare(layer)),
      {
        ...rest,
        onProgress: (share) => onProgress?.((from + share * some.length) / layers.length),
      },
    );
    times.push(
      ...some.map(({ layer, input, batch }, i) => ({ layer, input, batch, milliseconds: measured[i]! })),
    );
  }
  return times;
}

/**
 * Measures several networks or layers and returns the milliseconds per uninterrupted run of each. Prepares all of them
 * first and closes them at the end.
 *
 * They run in rounds, in a different order in each. Other work on the machine therefore affects all of them equally,
 * and other layers run between two runs of a layer, as in a network. If a layer of a small network runs repeatedly
 * instead, it finds its data in the cache and takes a fifth less time.
 */
export async function measureInterleaved(
  prepare: readonly (() => Timed | Promise<Timed>)[],
  options: MeasuringOptions = {},
): Promise<number[]> {
  requireArray("measureInterleaved: prepare", prepare);
  parseOptions("measureInterleaved", optionsSchema, options);
  const { onProgress, min = MEASURED, empty } = options;
  const timed: Timed[] = [];
  try {
    for (const make of prepare) timed.push(await make());
    const all = empty ? [...timed, empty] : timed;
    const times: number[][] = all.map(() => []);
    const round = async (number: number): Promise<void> => {
      // The key keeps its first spelling, so that the order of measurements does not change.
      for (const i of Random.of("measure in turn", number).permutation(all.length)) {
        times[i]!.push(await all[i]!.run());
      }
    };
    let each = 0;
    for (let i = 0; i < WARM_UP_ROUNDS; i++) {
      const start = performance.now();
      await round(i);
      each = performance.now() - start;
    }
    for (const list of times) list.length = 0;
    const rounds = Math.max(min.rounds, Math.ceil(min.ms / each));
    for (let i = 0; i < rounds; i++) {
      await round(i);
      onProgress?.((i + 1) / rounds);
    }
    const uninterrupted = times.map((list) =>
      quantile(
        list.sort((a, b) => a - b),
        UNINTERRUPTED,
      ),
    );
    const nothing = empty ? uninterrupted.pop()! : 0;
    return uninterrupted.map((time) => Math.max(SHORTEST, time - nothing));
  } finally {
    for (const one of timed) await one.close();
  }
}

/** Rounds of `measureInTurns`, runs in each turn, and networks that are in memory at the same time. */
const TURNS = { rounds: 4, warmUp: 4, runs: 12, together: 12 };

/**
 * Measures the latency of several networks, as when each runs on a stream of images: in its turn, a network runs several
 * times in a row, so it finds its weights in the cache. Groups of networks take turns in rounds, so that other work on
 * the machine affects all of a group equally.
 *
 * @param prepare builds a network in the runtime that is measured; it is closed after its group
 * @param onProgress called with the completed fraction, 0 to 1
 */
export async function measureInTurns(
  prepare: readonly (() => Timed | Promise<Timed>)[],
  onProgress?: (share: number) => void,
): Promise<Latency[]> {
  requireArray("measureInTurns: prepare", prepare);
  if (onProgress !== undefined) requireFunction("measureInTurns: onProgress", onProgress);
  const measured: Latency[] = [];
  for (let from = 0; from < prepare.length; from += TURNS.together) {
    const some = prepare.slice(from, from + TURNS.together);
    const progress = (share: number) => onProgress?.((from + share * some.length) / prepare.length);
    measured.push(...(await measureGroup(some, progress)));
  }
  return measured;
}

async function measureGroup(
  prepare: readonly (() => Timed | Promise<Timed>)[],
  onProgress: (share: number) => void,
): Promise<Latency[]> {
  const { rounds, warmUp, runs } = TURNS;
  const timed: Timed[] = [];
  try {
    for (const make of prepare) timed.push(await make());
    const times: number[][] = timed.map(() => []);
    for (let round = 0; round < rounds; round++) {
      for (const i of Random.of("measure in turns", round).permutation(timed.length)) {
        for (let run = 0; run < warmUp + runs; run++) {
          const time = await timed[i]!.run();
          if (run >= warmUp) times[i]!.push(time);
        }
      }
      onProgress((round + 1) / rounds);
    }
    return times.map(latencyOf);
  } finally {
    for (const one of timed) await one.close();
  }
}
