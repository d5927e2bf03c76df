import { callable, parseOptions, Random, requireArray, requireFunction } from "@supernet/base";
import { z } from "zod";
import type { LayerTime } from "../../cost/latency.js";
import type { PlacedLayer } from "../../cost/reachable.js";
import { quantile } from "./latency.js";
import type { Timed } from "./timed.js";

/** Layers that are held ready at the same time. */
const TOGETHER = 64;
const WARM_UP_ROUNDS = 3;
/**
 * The quantile of a pass's times that is taken for what it takes. On a machine that others use as well, every pass that
 * is longer than a turn of the scheduler is interrupted, and most layers are not: with medians, whole networks would
 * seem to take twice what their layers take. Where nothing interrupts, all quantiles are near.
 */
const UNDISTURBED = 0.1;
const MEASURED = { rounds: 30, ms: 5000 };
/** The least that a clock of microseconds tells from nothing, in milliseconds. */
const SHORTEST = 0.001;

/** How long to measure. */
export interface MeasuringOptions {
  /** Receives the share that is done, 0 to 1. */
  readonly onProgress?: ((share: number) => void) | undefined;
  /** Minimum number of rounds, and of milliseconds that they take together. */
  readonly min?: { readonly rounds: number; readonly ms: number };
  /** Does nothing by a call of its runtime: what that takes is taken off all others. */
  readonly empty?: Timed | undefined;
}

const optionsSchema = z.strictObject({
  onProgress: callable.optional(),
  min: z.strictObject({ rounds: z.int().min(1), ms: z.number().min(0) }).optional(),
  empty: z.looseObject({ run: callable, close: callable }).optional(),
});

/** Measures layers by themselves, one image at a time. */
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
    times.push(...some.map(({ layer, input }, i) => ({ layer, input, milliseconds: measured[i]! })));
  }
  return times;
}

/**
 * Returns the milliseconds that a run of each of several networks or layers takes without interruption. All are prepared
 * first, and closed in the end.
 *
 * They run interleaved, in rounds, in a different order each time. Other work on the machine therefore affects all of
 * them equally, and each finds the caches in the same state as in a network, in which other layers ran before it. If it
 * runs repeatedly by itself, a layer of a small network takes a fifth less.
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
    const undisturbed = times.map((list) =>
      quantile(
        list.sort((a, b) => a - b),
        UNDISTURBED,
      ),
    );
    const nothing = empty ? undisturbed.pop()! : 0;
    return undisturbed.map((time) => Math.max(SHORTEST, time - nothing));
  } finally {
    for (const one of timed) await one.close();
  }
}
