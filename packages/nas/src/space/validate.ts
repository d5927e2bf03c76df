import { callable, nearest, parseOptions, UserError } from "@supernet/base";
import { z } from "zod";
import { requireSpace } from "./require.js";
import { type Choice, chooseEach, type Space, type Subnet } from "./space.js";

export const decisionSchema = z.strictObject({
  name: z.string().min(1),
  choices: z.array(z.union([z.string(), z.number()])),
});

const spaceSchema = z.looseObject({
  name: z.string(),
  decisions: z.array(decisionSchema),
  canonical: callable.optional(),
});

/** @throws UserError naming `subject` if `space` is not a space */
export function checkSpace(subject: string, space: Space): void {
  parseOptions(`${subject}: space`, spaceSchema, space);
}

/**
 * Checks that `value` has one choice for every decision of the space, and nothing else.
 *
 * @example
 * const subnet = validateSubnet(space, JSON.parse(text), "subnet.json");
 * @param source source of the value, such as a file's path, for the message
 * @returns a new subnet with decisions in the space's order
 * @throws UserError naming the unknown or missing decision or the unknown choice, and listing the valid ones
 */
export function validateSubnet(space: Space, value: unknown, source: string): Subnet {
  requireSpace("validateSubnet", space);
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new UserError(`${source}: a subnet of ${space.name} must map decisions to choices`);
  }
  const given = new Map<string, unknown>(Object.entries(value));
  const names = space.decisions.map((decision) => decision.name);
  const known = new Set(names);
  for (const name of given.keys()) {
    if (!known.has(name)) throw unknownDecision(space, name, source);
  }
  const missing = names.filter((name) => !given.has(name));
  if (missing.length > 0) {
    throw new UserError(
      `${source}: no choice for ${list(missing)}; a subnet of ${space.name} has a choice for all ${names.length} decisions`,
    );
  }
  return chooseEach(space, (decision) => {
    const choice = given.get(decision.name);
    if (decision.choices.includes(choice as Choice)) return choice as Choice;
    const text = shown(choice);
    const guess = typeof choice === "string" ? nearest(choice, decision.choices.map(String)) : undefined;
    throw new UserError(
      `${source}: unknown choice ${text} for ${decision.name}${didYouMean(guess)}; ` +
        `valid: ${list(decision.choices)}`,
    );
  });
}

function unknownDecision(space: Space, name: string, source: string): UserError {
  const names = space.decisions.map((decision) => decision.name);
  const guess = nearest(name.slice(0, 200), names);
  return new UserError(
    `${source}: unknown decision ${shown(name)}${didYouMean(guess)}; decisions of ${space.name}: ${list(names)}`,
  );
}

function didYouMean(guess: string | undefined): string {
  return guess === undefined ? "" : `, did you mean ${guess}?`;
}

function list(items: readonly Choice[]): string {
  return items.join(", ");
}

/** Formats a value as JSON, truncated so that a hostile file cannot fill the terminal. */
function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 60)}...` : text;
}
