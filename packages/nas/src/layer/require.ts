import { UserError } from "@supernet/base";
import type { Layer } from "./layer.js";

/** @throws UserError naming the first value that is not an integer from 1 */
export function requireCounts(subject: string, values: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(values)) {
    if (!Number.isSafeInteger(value) || value < 1) {
      throw new UserError(`${subject}: ${name} is ${value}; expected an integer from 1`);
    }
  }
}

/** @throws UserError naming the first value that is not a layer */
export function requireLayers(
  subject: string,
  values: readonly Layer[] | Readonly<Record<string, Layer>>,
): void {
  for (const [name, value] of Object.entries<Layer | undefined>(values)) {
    if (typeof value?.kind !== "string")
      throw new UserError(`${subject}: ${name} is ${value}; expected a layer, such as conv2d(8, 3)`);
  }
}

/** Returns a function that creates a layer without options. */
export const layerWithoutOptions =
  (name: string, layer: Layer) =>
  (...options: readonly never[]): Layer => {
    if (options.length > 0) throw new UserError(`${name} has no options`);
    return { ...layer };
  };
