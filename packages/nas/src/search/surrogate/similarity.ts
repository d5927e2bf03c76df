import type { Choice, Decision, Space, Subnet } from "../../space/space.js";

/** How alike two subnets are, as a surrogate sees it. */
export interface Likeness {
  /** Mean over decisions of how alike the choices are, 1 where they are the same. */
  readonly mean: number;
  /** Mean over decisions of the squared distance of the choices, 0 where they are the same, 1 at the most. */
  readonly distance: number;
}

/** Squared width of the likeness of two choices of one decision; a distance of 1 gives 0.13. */
const WIDTH = 0.25;

/**
 * Compares the networks of a space, decision by decision. Choices that are numbers lie in their order at equal
 * distances, as widths and depths do; of others any two are as far apart. Void decisions are alike.
 */
export class Similarity {
  readonly #space: Space;
  readonly #places: readonly ReadonlyMap<Choice, number>[];
  /** For each decision its choices' squared distances, row by row. */
  readonly #distances: readonly Float64Array[];

  constructor(space: Space) {
    this.#space = space;
    this.#places = space.decisions.map(({ choices }) => new Map(choices.map((choice, i) => [choice, i])));
    this.#distances = space.decisions.map(squaredDistances);
  }

  /** The places of a subnet's choices: what `likeness` compares. */
  places(subnet: Subnet): number[] {
    const canonical = this.#space.canonical?.(subnet) ?? subnet;
    return this.#space.decisions.map(({ name }, i) => this.#places[i]!.get(canonical[name]!)!);
  }

  likeness(a: readonly number[], b: readonly number[]): Likeness {
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
