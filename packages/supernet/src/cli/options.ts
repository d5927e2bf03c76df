// Options of several commands.
import { extname } from "node:path";
import { unknownName } from "@supernet/base";
import type { Tensor } from "@supernet/torch";
import { MAPPING_NAMES, type MappingName } from "../recipe/mappings.js";
import { RUNTIMES, type RuntimeName } from "../recipe/runtimes.js";
import { usageError } from "./arguments.js";

/** The argument of commands that run a recipe. */
export const recipeArgument = {
  name: "RECIPE",
  description: "Name of a built-in recipe (see `supernet recipes`), or a .ts, .js, .yaml or .json file",
  values: "recipes",
} as const;

export const jsonOption = { type: "boolean", description: "Print the result as JSON" } as const;

export const setOption = {
  type: "string",
  multiple: true,
  argument: "KEY=VALUE",
  description: "Replace a value of the recipe, such as steps.search.images=50",
  values: "settings",
} as const;

/** The option for the folder of a finished or unfinished run. */
export const runFolderOption = {
  type: "string",
  argument: "DIR",
  description: "Folder of the run",
  required: true,
  values: "folders",
} as const;

export const imagesArgument = {
  name: "IMAGE",
  description: "Image file, or folder with images in it and its subfolders",
  multiple: true,
  values: "files",
} as const;

export const spaceOption = {
  type: "string",
  argument: "SPACE",
  description:
    'Built-in search space (see `supernet spaces`), also with settings: "{name: autoformer-tiny, outputScale: false}"; ' +
    "or a .ts or .js file",
  values: "spaces",
} as const;

export const inputOption = {
  type: "string",
  argument: "CxHxW",
  description: "Input shape: channels, height and width",
} as const;

export const runtimeOption = {
  type: "string",
  argument: "NAME",
  description: `Runtime for latencies: ${RUNTIMES.join(" or ")}`,
  values: RUNTIMES,
} as const;

/** The option for a member of a run's front. */
export const memberOption = {
  type: "string",
  argument: "N",
  description: "Member of the run's front to use instead, as supernet front lists them",
  values: [],
} as const;

/** @throws UserError if `--member` is not a number of a member */
export function parseMember(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw usageError(`--member ${text}: expected a number, such as 1: see supernet front`);
}

/** The option for the lowest score of findings. */
export const thresholdOption = {
  type: "string",
  argument: "S",
  description: "Omit what has a lower score, from 0 to 1",
  default: "the detector's own, or 0 for a classifier",
  values: [],
} as const;

/** @throws UserError if `--threshold` is not a score */
export function parseThreshold(text: string | undefined): number {
  const value = Number(text ?? 0);
  if (text?.trim() !== "" && value >= 0 && value <= 1) return value;
  throw usageError(`--threshold ${text}: expected a number from 0 to 1, such as 0.5`);
}

/** The option for a recipe, and its two former names. */
export const recipeOptions = {
  recipe: {
    type: "string",
    argument: "RECIPE",
    description: "Recipe whose networks to use: a built-in one or a file",
    values: "recipes",
  },
  classifier: { type: "string", argument: "RECIPE", description: "Former name of --recipe", hidden: true },
  detector: { type: "string", argument: "RECIPE", description: "Former name of --recipe", hidden: true },
} as const;

/**
 * Returns the value of `--recipe`.
 * @param hasNetwork whether the command has `--network`
 * @throws UserError if a former name of the option is used
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
 * Parses the image shape in `--input`.
 * @throws UserError if it is not an image shape
 */
export function parseInput(text: string): [channels: number, height: number, width: number] {
  const sizes = text.split("x").map(Number);
  if (sizes.length !== 3 || !sizes.every((size) => Number.isSafeInteger(size) && size > 0)) {
    throw usageError(`--input ${text}: expected CHANNELSxHEIGHTxWIDTH, such as 3x224x224`);
  }
  if (sizes[0] !== 3) throw usageError(`--input ${text}: expected 3 channels`);
  return sizes as [number, number, number];
}

/**
 * Parses the runtime in `--runtime`.
 * @throws UserError if the runtime is unknown
 */
export function parseRuntime(text: string | undefined): RuntimeName | undefined {
  if (text === undefined) return undefined;
  const name = RUNTIMES.find((runtime) => runtime === text);
  if (name !== undefined) return name;
  throw usageError(`--runtime ${text}: use one of ${RUNTIMES.join(", ")}`);
}

/** The option for the state dict in a checkpoint with several. */
export const keyOption = {
  type: "string",
  argument: "KEY",
  description: "State dict in a .pth file, as a path: model_ema, or ema.model",
  default: "its only one, or that of the network",
  values: [],
} as const;

/** The option for the layout of weights from another project. */
export const mappingOption = {
  type: "string",
  argument: "NAME",
  description: `Layout of another project's weights: ${MAPPING_NAMES.join(", ")}`,
  default: "the one that the names in the file identify",
  values: MAPPING_NAMES,
} as const;

/**
 * Parses the layout in `--mapping`.
 * @throws UserError if it is unknown
 */
export function parseMapping(option: string, text: string | undefined): MappingName | undefined {
  const name = MAPPING_NAMES.find((mapping) => mapping === text);
  if (text === undefined || name !== undefined) return name;
  throw usageError(`${option} ${text}: ${unknownName("mapping", text, MAPPING_NAMES)}`);
}

/** Extensions of state dict files: PyTorch's format, and safetensors. */
const WEIGHTS_FORMATS = [".pth", ".safetensors"];

/**
 * Checks the extension of a file of weights.
 * @throws UserError if it is not .pth or .safetensors
 */
export function checkWeightsFile(option: string, path: string): void {
  if (!WEIGHTS_FORMATS.includes(extname(path)))
    throw usageError(`${option} ${path}: use the extension ${WEIGHTS_FORMATS.join(" or ")}`);
}

/** Writes a state dict, and what it belongs to, in the format that the file's extension names. */
export async function saveWeightsFile(
  path: string,
  state: ReadonlyMap<string, Tensor>,
  metadata: Readonly<Record<string, string>> = {},
): Promise<void> {
  const { savePth, saveTensors } = await import("@supernet/torch");
  const save = extname(path) === ".pth" ? savePth : saveTensors;
  save(path, state, metadata);
}
