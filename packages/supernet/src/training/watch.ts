import type { LoopContext } from "../run/loop-context.js";

/** A figure this many times above its running median is told of. */
const FACTOR = 10;
/** The median is over the latest values, this many at the most and so many at the least. */
const WINDOW = { most: 50, least: 20 };

const WATCHED = ["loss", "gradNorm"] as const;

/** The latest values of each watched figure: plain JSON. */
export type Recent = Readonly<Record<string, readonly number[]>>;

export interface Rise {
  readonly name: string;
  readonly value: number;
  /** The running median before it. */
  readonly level: number;
}

/** Watches for a loss or a gradient norm that rises far above its level, the way a training begins to diverge. */
export class Watch {
  readonly #recent: Map<string, readonly number[]>;

  constructor(saved: Recent = {}) {
    this.#recent = new Map(Object.entries(saved));
  }

  /** Takes in an iteration's figures and gives those that rose. After a rise the level is learnt anew. */
  add(figures: Readonly<Record<string, number>>): Rise[] {
    return WATCHED.flatMap((name): Rise[] => {
      const value = figures[name]!;
      const recent = this.#recent.get(name) ?? [];
      const level = recent.length < WINDOW.least ? Number.POSITIVE_INFINITY : median(recent);
      const rose = value > FACTOR * level;
      this.#recent.set(name, rose ? [] : [...recent, value].slice(-WINDOW.most));
      return rose ? [{ name, value, level }] : [];
    });
  }

  toJson(): Recent {
    return Object.fromEntries(this.#recent);
  }
}

/** The lower of the two in the middle where there are two. */
const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[(values.length - 1) >> 1]!;

/** Tells a person and the metrics of a rise. */
export function warn(host: LoopContext, iteration: number, { name, value, level }: Rise): void {
  const times = (value / level).toFixed(0);
  host.log(
    `warning: ${host.step}: ${name} is ${value.toPrecision(3)} at iteration ${iteration}, ` +
      `${times} times its running median ${level.toPrecision(3)}`,
  );
  host.record({ iteration, [`${name}Spike`]: value, [`${name}Level`]: level });
}
