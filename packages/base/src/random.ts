/** Complete state of a {@link Random}: plain data that JSON preserves exactly. */
export type RandomState = readonly [number, number, number, number];

/**
 * Seeded random number generator whose state is plain data: sfc32 by Chris Doty-Humphrey, from
 * [PractRand](https://pracrand.sourceforge.net/).
 *
 * Training code does not carry a generator from step to step. It derives one wherever it needs random numbers, so
 * a resumed run samples the same numbers as an uninterrupted one.
 *
 * @example
 * const random = Random.of(seed, "path", iteration);
 * const kernel = random.pick([3, 5, 7]);
 */
export class Random {
  #a: number;
  #b: number;
  #c: number;
  #d: number;

  private constructor(state: RandomState) {
    // V8 keeps signed 32-bit integers unboxed.
    this.#a = state[0] | 0;
    this.#b = state[1] | 0;
    this.#c = state[2] | 0;
    this.#d = state[3] | 0;
  }

  /** Returns a generator keyed by any sequence of numbers and strings. Equal keys give equal streams. */
  static of(...key: readonly (number | string)[]): Random {
    let high = 0xdeadbeef;
    let low = 0x41c6ce57;
    for (const char of JSON.stringify(key)) {
      const code = char.codePointAt(0)!;
      high = Math.imul(high ^ code, 2654435761);
      low = Math.imul(low ^ code, 1597334677);
    }
    high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
    low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
    const random = new Random([high >>> 0, low >>> 0, (high ^ 0x9e3779b9) >>> 0, 1]);
    for (let i = 0; i < 15; i++) random.uint32();
    return random;
  }

  /** Returns a generator that continues from a saved state. */
  static fromState(state: RandomState): Random {
    return new Random(state);
  }

  /** Returns the state, for {@link Random.fromState}. */
  state(): RandomState {
    return [this.#a, this.#b, this.#c, this.#d];
  }

  /** Returns an integer, uniform on [0, 2^32). */
  uint32(): number {
    const t = (this.#a + this.#b + this.#d) | 0;
    this.#d = (this.#d + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + t) | 0;
    return t >>> 0;
  }

  /** Returns a number, uniform on [low, high), with 53 random bits. Default: [0, 1). */
  uniform(low = 0, high = 1): number {
    const unit = ((this.uint32() >>> 5) * 67108864 + (this.uint32() >>> 6)) / 9007199254740992;
    return low + (high - low) * unit;
  }

  /** Returns an integer, uniform on [0, n). */
  int(n: number): number {
    return Math.floor(this.uniform() * n);
  }

  /** Returns a number from the normal distribution with mean 0 and standard deviation 1 (Box-Muller transform). */
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.uniform())) * Math.cos(2 * Math.PI * this.uniform());
  }

  /** Returns a number from the beta distribution, in [0, 1]. Both parameters must be greater than 0. */
  beta(a: number, b: number): number {
    return 1 / (1 + Math.exp(this.#logGamma(b) - this.#logGamma(a)));
  }

  /**
   * Returns the logarithm of a gamma-distributed number. For small shapes the number itself would underflow.
   * [Marsaglia and Tsang, 2000](https://doi.org/10.1145/358407.358414).
   */
  #logGamma(shape: number): number {
    if (shape < 1) return this.#logGamma(shape + 1) + Math.log(1 - this.uniform()) / shape;
    const d = shape - 1 / 3;
    for (;;) {
      const x = this.normal();
      const v = (1 + x / Math.sqrt(9 * d)) ** 3;
      if (v > 0 && Math.log(1 - this.uniform()) < (x * x) / 2 + d - d * v + d * Math.log(v)) {
        return Math.log(d * v);
      }
    }
  }

  /**
   * Returns one item, each with the same probability.
   * @throws RangeError if the list is empty
   */
  pick<T>(items: readonly T[]): T {
    if (items.length === 0) throw new RangeError("Random.pick: the list is empty");
    return items[this.int(items.length)]!;
  }

  /** Returns the integers from 0 to n - 1 in random order (Fisher-Yates shuffle). */
  permutation(n: number): number[] {
    const order = Array.from({ length: n }, (_, i) => i);
    for (let i = n - 1; i > 0; i--) {
      const j = this.int(i + 1);
      [order[i], order[j]] = [order[j]!, order[i]!];
    }
    return order;
  }

  /** Returns `k` different items in random order. */
  sample<T>(items: readonly T[], k: number): T[] {
    return this.permutation(items.length)
      .slice(0, k)
      .map((i) => items[i]!);
  }
}
