import type { Choice, Decision, Space, Subnet } from "../../space/space.js";

/** Similarity of two subnets to a surrogate. */
export interface Similarity {
  /** Mean over decisions of the similarity of the choices, 1 if they are the same. */
  readonly mean: number;
  /** Mean over decisions of the squared distance of the choices, 0 to 1; 0 if they are the same. */
  readonly distance: number;
  /** Inner product of properties of the subnets, such as their costs. Default: 0. */
  readonly linear?: number;
}

/** Squared width of the similarity of two choices of one decision; a distance of 1 gives 0.13. */
const WIDTH = 0.25;

/**
 * Compares the networks of a space, decision by decision. Choices that are numbers, such as widths and depths, are
 * sorted and have equal distances. Any two other choices have the same distance. Void decisions are equal.
 */
export class SubnetKernel {
  readonly #space: Space;
  readonly #indices: readonly ReadonlyMap<Choice, number>[];
  /** Squared distances of the choices of each decision, row by row. */
  readonly #distances: readonly Float64Array[];

  constructor(space: Space) {
    this.#space = space;
    this.#indices = space.decisions.map(({ choices }) => new Map(choices.map((choice, i) => [choice, i])));
    this.#distances = space.decisions.map(squaredDistances);
  }

  /** Returns the indices of a subnet's choices, which `similarity` compares. */
  indices(subnet: Subnet): number[] {
    const canonical = this.#space.canonical?.(subnet) ?? subnet;
    return this.#space.decisions.map(({ name }, i) => this.#indices[i]!.get(canonical[name]!)!);
  }

  similarity(a: readonly number[], b: readonly number[]): Similarity {
    let mean = 0;
    let distance = 0;
    for (const [i, distances] of this.#distances.entries()) {
      const squared = distances[a[i]! * Math.sqrt(distances.length) + b[i]!]!;
      mean += Math.exp(-squared / (2 * WIDTH));
      distance += squared;
    }
    return { mean: mean / a.length, distance: distance / a.length };
  }
}

function squaredDistances({ choices }: Decision): Float64Array {
  const numbers = choices.filter((choice) => typeof choice === "number").toSorted((a, b) => a - b);
  const place = (choice: Choice) => numbers.indexOf(Number(choice)) / (numbers.length - 1);
  const between = (a: Choice, b: Choice): number => {
    if (a === b) return 0;
    return numbers.length === choices.length ? (place(a) - place(b)) ** 2 : 1;
  };
  return Float64Array.from(choices.flatMap((a) => choices.map((b) => between(a, b))));
}
