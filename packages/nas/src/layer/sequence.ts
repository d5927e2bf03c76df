import type { Sequential } from "./layer.js";

/** Returns the name of the module of a layer in a sequence. */
export const nameInSequence = ({ names }: Sequential, index: number): string =>
  names?.[index] ?? String(index);
