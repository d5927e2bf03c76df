// Options that several commands have.
import { extname } from "node:path";
import type { Tensor } from "@supernet/torch";
import { RUNTIMES, type RuntimeName } from "../latency/runtime.js";
import { usageError } from "./arguments.js";

/** The option that names a recipe, and the two that it replaced. */
export const recipeOptions = {
  recipe: { type: "string" },
  classifier: { type: "string" },
  detector: { type: "string" },
} as const;

/**
 * Returns the recipe that the options name, if any.
 * @param hasNetwork whether the command has `--network`
 * @throws UserError if it is named by an option of earlier versions
 */
export function recipeOption(
  values: {
    readonly recipe?: string;
    readonly classifier?: string;
    readonly detector?: string;
  },
  hasNetwork: boolean,
): string | undefined {
  for (const old of ["classifier", "detector"] as const) {
    const name = values[old];
    if (name !== undefined)
      throw usageError(`--${old} ${name} is now --recipe ${name}${hasNetwork ? ` --network ${old}` : ""}`);
  }
  return values.recipe;
}

/**
 * Parses the shape of an image in `--input`.
 * @throws UserError if it is not one
 */
export function parseInput(text: string): [channels: number, height: number, width: number] {
  const sizes = text.split("x").map(Number);
  if (sizes.length !== 3 || !sizes.every((size) => Number.isSafeInteger(size) && size > 0)) {
    throw usageError(`--input ${text}: expected CHANNELSxHEIGHTxWIDTH, such as 3x224x224`);
  }
  if (sizes[0] !== 3) throw usageError(`--input ${text}: the network takes 3 channels`);
  return sizes as [number, number, number];
}

/**
 * Parses the runtime in `--runtime`.
 * @throws UserError if there is no such runtime
 */
export function parseRuntime(text: string | undefined): RuntimeName | undefined {
  if (text === undefined) return undefined;
  const name = RUNTIMES.find((runtime) => runtime === text);
  if (name !== undefined) return name;
  throw usageError(`--runtime ${text}: use one of ${RUNTIMES.join(", ")}`);
}

/** Extensions of files with a state dict: PyTorch's own format, and safetensors. */
const WEIGHTS_FORMATS = [".pth", ".safetensors"];

/**
 * Checks the extension of a file for weights.
 * @throws UserError if it is not that of a format
 */
export function checkWeightsFile(option: string, path: string): void {
  if (!WEIGHTS_FORMATS.includes(extname(path)))
    throw usageError(`${option} ${path}: end it in ${WEIGHTS_FORMATS.join(" or ")}`);
}

/** Writes a state dict in the format of the file's extension. */
export async function saveWeightsFile(path: string, state: ReadonlyMap<string, Tensor>): Promise<void> {
  const { savePth, saveTensors } = await import("@supernet/torch");
  if (extname(path) === ".pth") savePth(path, state);
  else saveTensors(path, state);
}
