/** Sums of figures by name, and of how many times: plain JSON. */
export interface Sums {
  readonly sums: Readonly<Record<string, number>>;
  readonly count: number;
}

/** Means of figures since the last line of metrics. */
export class RunningMeans {
  #sums: Record<string, number>;
  #count: number;

  constructor(saved?: Sums) {
    this.#sums = { ...saved?.sums };
    this.#count = saved?.count ?? 0;
  }

  add(values: Readonly<Record<string, number>>): void {
    this.#count++;
    for (const [name, value] of Object.entries(values)) this.#sums[name] = (this.#sums[name] ?? 0) + value;
  }

  /** The means so far; counting begins anew. */
  take(): Record<string, number> {
    const means = Object.entries(this.#sums).map(([name, sum]) => [name, sum / this.#count] as const);
    this.#sums = {};
    this.#count = 0;
    return Object.fromEntries(means);
  }

  toJson(): Sums {
    return { sums: this.#sums, count: this.#count };
  }
}
