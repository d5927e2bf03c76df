/** Sums of metrics by name, and the number of summed values, as plain JSON. */
export interface MetricSums {
  readonly sums: Readonly<Record<string, number>>;
  readonly count: number;
}

/** Means of metrics since the last line in the metrics file. */
export class RunningMeans {
  #sums: Record<string, number>;
  #count: number;

  constructor(saved?: MetricSums) {
    this.#sums = { ...saved?.sums };
    this.#count = saved?.count ?? 0;
  }

  add(metrics: Readonly<Record<string, number>>): void {
    this.#count++;
    for (const [name, value] of Object.entries(metrics)) this.#sums[name] = (this.#sums[name] ?? 0) + value;
  }

  /** Returns the means so far and starts over. */
  flush(): Record<string, number> {
    const means = Object.entries(this.#sums).map(([name, sum]) => [name, sum / this.#count] as const);
    this.#sums = {};
    this.#count = 0;
    return Object.fromEntries(means);
  }

  toJson(): MetricSums {
    return { sums: this.#sums, count: this.#count };
  }
}
