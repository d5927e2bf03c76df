import { existsSync } from "node:fs";
import { loadTensors } from "@supernet/torch";
import { UserError } from "@supernet/torch/errors";

/**
 * What a safetensors file of a run holds; undefined where it is missing or damaged, as after a power cut.
 * @throws UserError where the system refuses to read it, which says nothing of the content
 */
export function loadIntact(path: string): ReturnType<typeof loadTensors> | undefined {
  if (!existsSync(path)) return undefined;
  try {
    return loadTensors(path);
  } catch (error) {
    if (error instanceof UserError && error.cause === undefined) return undefined;
    throw error;
  }
}
