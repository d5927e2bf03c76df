import { extname } from "node:path";
import type { Tensor } from "@supernet/torch";
import { usageError } from "./arguments.js";

/** What a state dict is written as: safetensors, or PyTorch's own format. */
const FORMATS = [".pth", ".safetensors"];

/** @throws UserError where the file's ending names no format */
export function checkWeightsFile(option: string, path: string): void {
  if (!FORMATS.includes(extname(path)))
    throw usageError(`${option} ${path}: end it in ${FORMATS.join(" or ")}`);
}

/** Writes a state dict in the format that the file's ending names. */
export async function saveWeightsFile(path: string, state: ReadonlyMap<string, Tensor>): Promise<void> {
  const { savePth, saveTensors } = await import("@supernet/torch");
  if (extname(path) === ".pth") savePth(path, state);
  else saveTensors(path, state);
}
