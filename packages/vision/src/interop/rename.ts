import { parseOptions } from "@supernet/base";
import { noGrad, type Tensor } from "@supernet/torch";
import { z } from "zod";

/**
 * Rule that renames tensors between another project (`theirs`) and supernet (`ours`). Each `*` matches any text, which
 * replaces the `*` with the same index in the other pattern.
 */
export interface Rule {
  readonly theirs: string;
  readonly ours: string;
  /** Converts the other project's tensor to supernet's. Default: the tensor is the same. */
  readonly toOurs?: (tensor: Tensor) => Tensor;
  /** Converts supernet's tensor to the other project's. Default: the tensor is the same. */
  readonly toTheirs?: (tensor: Tensor) => Tensor;
}

/** Renames a state dict to supernet's names. The first matching rule applies; a name without one stays the same. */
export function toOurs(state: ReadonlyMap<string, Tensor>, rules: readonly Rule[]): Map<string, Tensor> {
  return renameAll(
    state,
    rules.map(({ theirs, ours, toOurs }) => [theirs, ours, toOurs]),
  );
}

/** Renames a state dict to the other project's names. */
export function toTheirs(state: ReadonlyMap<string, Tensor>, rules: readonly Rule[]): Map<string, Tensor> {
  return renameAll(
    state,
    rules.map(({ theirs, ours, toTheirs }) => [ours, theirs, toTheirs]),
  );
}

const renameSchema = z.object({
  state: z.instanceof(Map),
  rules: z.array(z.looseObject({ theirs: z.string(), ours: z.string() })),
  to: z.enum(["ours", "theirs"]),
});

/**
 * Renames and converts the tensors of a state dict between another project and supernet. The first matching rule
 * applies; a name without one stays the same.
 *
 * @example
 * renameTensors(state, [{ theirs: "head.*", ours: "fc.*" }], "ours");
 * @param to whose names the result has
 */
export function renameTensors(
  state: ReadonlyMap<string, Tensor>,
  rules: readonly Rule[],
  to: "ours" | "theirs",
): Map<string, Tensor> {
  parseOptions("renameTensors", renameSchema, { state, rules, to });
  return (to === "ours" ? toOurs : toTheirs)(state, rules);
}

type Step = readonly [from: string, to: string, change: ((tensor: Tensor) => Tensor) | undefined];

function renameAll(state: ReadonlyMap<string, Tensor>, steps: readonly Step[]): Map<string, Tensor> {
  const patterns = steps.map(([from, to, change]) => ({ from: parsePattern(from), to, change }));
  const entry = ([name, tensor]: readonly [string, Tensor]): [string, Tensor] => {
    for (const { from, to, change } of patterns) {
      const found = from.exec(name);
      // A damaged file can have a scalar instead of rows. Loading it then reports the shape.
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
