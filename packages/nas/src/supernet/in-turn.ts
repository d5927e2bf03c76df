import { Random } from "@supernet/base";
import type { LayerTime } from "../cost/latency.js";
import type { PlacedLayer } from "../cost/reachable.js";
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
  /** Is told the share that is done, 0 to 1. */
  readonly onProgress?: ((share: number) => void) | undefined;
  /** Rounds until there are so many, and they took so long. */
  readonly least?: { readonly rounds: number; readonly ms: number };
  /** Does nothing by a call of its runtime: what that takes is taken off all others. */
  readonly empty?: Timed | undefined;
}

/** Measures layers by themselves, one image at a time. */
export async function measureLayers(
  layers: readonly PlacedLayer[],
  prepare: (layer: PlacedLayer) => Timed | Promise<Timed>,
  { onProgress, ...options }: MeasuringOptions = {},
): Promise<LayerTime[]> {
  const times: LayerTime[] = [];
  for (let from = 0; from < layers.length; from += TOGETHER) {
    const some = layers.slice(from, from + TOGETHER);
    const measured = await measureInTurn(
      some.map((layer) => () => prepare(layer)),
      {
        ...options,
        onProgress: (share) => onProgress?.((from + share * some.length) / layers.length),
      },
    );
    times.push(...some.map(({ layer, input }, i) => ({ layer, input, milliseconds: measured[i]! })));
  }
  return times;
}

/**
 * The milliseconds that a pass of each of several takes undisturbed; all are made ready first, and closed in the end.
 *
 * They run in turn, round after round, each time in another order: what else the machine does then falls on all of
 * them alike, and each finds the caches as it does in a network, where other layers ran before it. Run over and over by
 * itself, a layer of a small network takes a fifth less.
 */
export async function measureInTurn(
  prepare: readonly (() => Timed | Promise<Timed>)[],
  { onProgress, least = MEASURED, empty }: MeasuringOptions = {},
): Promise<number[]> {
  const timed: Timed[] = [];
  try {
    for (const make of prepare) timed.push(await make());
    const all = empty ? [...timed, empty] : timed;
    const times: number[][] = all.map(() => []);
    const round = async (number: number): Promise<void> => {
      for (const i of Random.of("measure in turn", number).permutation(all.length)) {
        times[i]!.push(await all[i]!.pass());
      }
    };
    let each = 0;
    for (let i = 0; i < WARM_UP_ROUNDS; i++) {
      const start = performance.now();
      await round(i);
      each = performance.now() - start;
    }
    for (const own of times) own.length = 0;
    const rounds = Math.max(least.rounds, Math.ceil(least.ms / each));
    for (let i = 0; i < rounds; i++) {
      await round(i);
      onProgress?.((i + 1) / rounds);
    }
    const undisturbed = times.map((own) =>
      quantile(
        own.sort((a, b) => a - b),
        UNDISTURBED,
      ),
    );
    const nothing = empty ? undisturbed.pop()! : 0;
    return undisturbed.map((time) => Math.max(SHORTEST, time - nothing));
  } finally {
    for (const one of timed) await one.close();
  }
}
