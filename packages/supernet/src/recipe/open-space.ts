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
import type { Recipe } from "./common.js";
import type { SpaceRecipe } from "./space.js";
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

/** Opens a built-in space with its published sizes, or the space in a user's file. */
export async function openSpaceNamed(nameOrPath: string): Promise<NetworkSpace> {
  if (CODE.test(nameOrPath)) return openSpaceFile(nameOrPath);
  const names = Object.keys(SPACES) as (keyof typeof SPACES)[];
  const name = names.find((candidate) => candidate === nameOrPath);
  if (name) return SPACES[name].create();
  throw new UserError(`${unknownName("space", nameOrPath, names)}, or a file that ends in .ts or .js`, {
    exitCode: 2,
  });
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
