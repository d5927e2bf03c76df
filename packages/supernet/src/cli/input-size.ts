import { usageError } from "./arguments.js";

/**
 * The shape of an image as `--input` gives it.
 * @throws UserError where it is none
 */
export function parseInput(text: string): [channels: number, height: number, width: number] {
  const sizes = text.split("x").map(Number);
  if (sizes.length !== 3 || !sizes.every((size) => Number.isSafeInteger(size) && size > 0)) {
    throw usageError(`--input ${text}: expected CHANNELSxHEIGHTxWIDTH, such as 3x224x224`);
  }
  if (sizes[0] !== 3) throw usageError(`--input ${text}: the network takes 3 channels`);
  return sizes as [number, number, number];
}
