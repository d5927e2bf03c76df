import { nearest, parseOptions, UserError } from "@supernet/base";
import { z } from "zod";
import type { Choice, Decision } from "../space/space.js";
import { defineSpace } from "./define-space.js";
import type { Alignment, NetworkSpace } from "./network-space.js";

const list = z.array(z.union([z.string(), z.number()])).min(1);

/** Schema of the choices that a space is reduced to. */
export const choicesSettings = z
  .union([list, z.record(z.string(), list)])
  .describe(
    "Choices to which the space is reduced: a list for all decisions, such as `[shuffle_3x3, shuffle_5x5]`, or lists by " +
      "a decision's name or the last part of its name, such as `{ kernel: [3, 5] }`. Default: all choices.",
  );

/** Choices for all decisions, or by a decision's name or the last part of its name. */
export type ChoicesSettings = readonly Choice[] | Readonly<Record<string, readonly Choice[]>>;

/**
 * Reduces the choices of a space. The supernet of the result has only these choices. Candidates with separate weights
 * keep their names, so weights of the whole supernet fit if those of the other candidates are left out: see
 * `withoutOtherCandidates`. If the largest of entangled choices is removed, the supernet is smaller.
 *
 * @param choices choices that remain, for all decisions or by name; a list for all must leave each of them a choice.
 *   Their order does not matter.
 * @example
 * const space = withChoices(sposShuffleNetV2(), ["shuffle_3x3", "shuffle_5x5"]);
 * const kernels = withChoices(elasticMobileNet(), { kernel: [3, 5], "stages.1.depth": [2] });
 * @throws UserError if a choice or decision is unknown, or a decision has no choice left
 */
export function withChoices(space: NetworkSpace, choices: ChoicesSettings): NetworkSpace {
  parseOptions("withChoices", z.strictObject({ choices: choicesSettings }), { choices });
  const { name, imageSizeDecision: _, ...description } = space;
  const refuse = (reason: string) => new UserError(`space.choices: ${reason}`);
  const keys = new Map(
    space.decisions.map((decision) => [
      decision.name,
      isList(choices)
        ? ""
        : [decision.name, lastPart(decision.name)].find((key) => Object.hasOwn(choices, key)),
    ]),
  );
  const listed = new Map(Object.entries(isList(choices) ? { "": choices } : choices));
  for (const [key, kept] of listed) {
    const named = space.decisions.filter((decision) => keys.get(decision.name) === key);
    if (named.length === 0) throw refuse(unknown(key, space));
    const valid = new Set(named.flatMap((decision) => decision.choices));
    const wrong = kept.find((choice) => !valid.has(choice));
    if (wrong !== undefined) {
      const guess = nearest(String(wrong), [...valid].map(String));
      const of = key === "" ? `any decision of ${name}` : key;
      const hint = guess === undefined ? `: valid: ${[...valid].join(", ")}` : `: did you mean ${guess}?`;
      throw refuse(`${JSON.stringify(wrong)} is not a choice of ${of}${hint}`);
    }
  }
  const decisions = space.decisions.map((decision): Decision => {
    const key = keys.get(decision.name);
    if (key === undefined) return decision;
    const kept = decision.choices.filter((choice) => listed.get(key)!.includes(choice));
    if (kept.length > 0) return { ...decision, choices: kept };
    const own = decision.choices.join(", ");
    throw refuse(
      `${decision.name} has none of these choices left: add one of ${own}` +
        (key === "" ? `, or give lists by decision, such as { ${lastPart(decision.name)}: [...] }` : ""),
    );
  });
  if (decisions.every(({ choices: kept }) => kept.length === 1))
    throw refuse("every decision has a single choice left, so there is nothing to search: keep more choices");
  const alignment = space.alignment && remaining(space.alignment, decisions);
  const { alignment: __, ...others } = description;
  return defineSpace({ name, ...others, decisions, ...(alignment && { alignment }) });
}

const isList = (choices: ChoicesSettings): choices is readonly Choice[] => Array.isArray(choices);

const lastPart = (name: string): string => name.slice(name.lastIndexOf(".") + 1);

function unknown(key: string, { name, decisions }: NetworkSpace): string {
  const names = decisions.map((decision) => decision.name);
  const known = new Set([...names.map(lastPart).filter((part) => !/^\d+$/.test(part)), ...names]);
  const guess = nearest(key, known);
  return (
    `${key} is not a decision of ${name}: ` +
    (guess === undefined ? `valid: ${[...known].join(", ")}` : `did you mean ${guess}?`)
  );
}

/** Returns the alignment of the candidates that remain; undefined if its base does not. */
function remaining({ base, renamed = {} }: Alignment, decisions: readonly Decision[]): Alignment | undefined {
  const left = new Set(decisions.flatMap(({ choices }) => choices));
  if (!left.has(base)) return undefined;
  const kept = Object.entries(renamed).filter(([choice]) => left.has(choice));
  return kept.length === 0 ? { base } : { base, renamed: Object.fromEntries(kept) };
}
