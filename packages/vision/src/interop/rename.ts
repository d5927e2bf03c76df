import { noGrad, type Tensor } from "@supernet/torch";

/**
 * One line of a table that leads between two projects' names for the same tensors. Each `*` of a pattern stands for
 * some text, which is put in the place of the other pattern's `*`s in order.
 */
export interface Rule {
  readonly theirs: string;
  readonly ours: string;
  /** How their tensor becomes ours, where the two are not equal. */
  readonly toOurs?: (tensor: Tensor) => Tensor;
  readonly toTheirs?: (tensor: Tensor) => Tensor;
}

/** A state dict under our names. Each name takes the first rule that fits; one that no rule knows stays as it is. */
export function toOurs(state: ReadonlyMap<string, Tensor>, rules: readonly Rule[]): Map<string, Tensor> {
  return renameAll(
    state,
    rules.map(({ theirs, ours, toOurs }) => [theirs, ours, toOurs]),
  );
}

/** The way back. */
export function toTheirs(state: ReadonlyMap<string, Tensor>, rules: readonly Rule[]): Map<string, Tensor> {
  return renameAll(
    state,
    rules.map(({ theirs, ours, toTheirs }) => [ours, theirs, toTheirs]),
  );
}

type Step = readonly [from: string, to: string, change: ((tensor: Tensor) => Tensor) | undefined];

function renameAll(state: ReadonlyMap<string, Tensor>, steps: readonly Step[]): Map<string, Tensor> {
  const patterns = steps.map(([from, to, change]) => ({ from: parsePattern(from), to, change }));
  const entry = ([name, tensor]: readonly [string, Tensor]): [string, Tensor] => {
    for (const { from, to, change } of patterns) {
      const found = from.exec(name);
      // A file may hold a scalar where rows belong: whoever loads it refuses the shape by name.
      if (found)
        return [fillPattern(to, found.slice(1)), change && tensor.ndim > 0 ? change(tensor) : tensor];
    }
    return [name, tensor];
  };
  return noGrad(() => new Map(Array.from(state, entry)));
}

function parsePattern(text: string): RegExp {
  const literals = text.split("*").map((part) => part.replaceAll(".", "\\."));
  return new RegExp(`^${literals.join("(.+)")}$`);
}

function fillPattern(text: string, parts: readonly string[]): string {
  let next = 0;
  return text.replaceAll("*", () => parts[next++]!);
}
