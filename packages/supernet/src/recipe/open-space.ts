import { createHash } from "node:crypto";
import { UserError, unknownName } from "@supernet/base";
import {
  createSpace,
  defineSpace,
  type NetworkSpace,
  SPACES,
  spaceContent,
  withChoices,
} from "@supernet/nas";
import { parse } from "yaml";
import type { Recipe } from "./common.js";
import { describeProblems, joinProblems } from "./problems.js";
import { type SpaceRecipe, spaceSchema } from "./space.js";
import { CODE, importDefault } from "./user-code.js";

/**
 * Opens the space of a recipe.
 * @throws UserError if its sizes or choices do not fit together, or the user's file does not describe a space
 */
export async function openSpace(space: SpaceRecipe): Promise<NetworkSpace> {
  if (space.name !== "file") return createSpace(space);
  const whole = await openUnchanged(space.file, space.content);
  return space.choices === undefined ? whole : withChoices(whole, space.choices);
}

/**
 * Reads a space as `--space` names it: a built-in one with its published sizes, one with settings
 * (`{name: autoformer-tiny, outputScale: false}`), or a user's file.
 * @throws UserError if there is no such space, or a setting is wrong
 */
export function spaceNamed(text: string): SpaceRecipe {
  if (text.startsWith("{")) return checkedSpace(text);
  if (CODE.test(text)) return { name: "file", file: text };
  const names = Object.keys(SPACES);
  if (names.includes(text)) return spaceSchema.parse({ name: text });
  throw new UserError(
    `${unknownName("space", text, names)}, settings such as "{name: ${names[0]}, ...}", or a file that ends in .ts or .js`,
    { exitCode: 2 },
  );
}

function checkedSpace(text: string): SpaceRecipe {
  const wrong = (problem: string) => new UserError(`--space ${text}: ${problem}`, { exitCode: 2 });
  let value: unknown;
  try {
    value = parse(text);
  } catch (error) {
    throw wrong((error as Error).message.split("\n")[0]!);
  }
  const { success, data, error } = spaceSchema.safeParse(value);
  if (success) return data;
  throw wrong(joinProblems(describeProblems(spaceSchema, value, error.issues)));
}

/** Returns the recipe with the hash of its space if the space is in a user's file. */
export async function withSpaceContent<R extends Recipe>(recipe: R): Promise<R> {
  if (recipe.space.name !== "file") return recipe;
  const content = hashSpace(await openSpaceFile(recipe.space.file));
  return { ...recipe, space: { ...recipe.space, content } };
}

/** Returns a digest of a space's content. */
export const hashSpace = (space: NetworkSpace): string =>
  createHash("sha256")
    .update(JSON.stringify(spaceContent(space)))
    .digest("hex");

/** Opens a space that must not have changed since the run started. Every step opens the file again. */
async function openUnchanged(path: string, content: string | undefined): Promise<NetworkSpace> {
  const space = await openSpaceFile(path);
  if (content !== undefined && hashSpace(space) !== content) {
    throw new UserError(`${path} was changed during the run: start the run again with --resume`);
  }
  return space;
}

async function openSpaceFile(path: string): Promise<NetworkSpace> {
  const exported = await importDefault(path, "export default defineSpace({...})");
  try {
    return defineSpace(exported as NetworkSpace);
  } catch (error) {
    throw new UserError(`${path}: ${(error as Error).message}`, { cause: error });
  }
}
