import { UserError } from "@supernet/base";

/** @throws UserError naming the first value that is not an integer from 1 */
export function requireCounts(subject: string, values: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(values)) {
    if (!Number.isSafeInteger(value) || Number(value) < 1) {
      const shown = typeof value === "string" ? JSON.stringify(value) : value;
      throw new UserError(`${subject}: ${name} is ${shown}; expected an integer from 1`);
    }
  }
}

/** @throws UserError naming the first value that is not a layer */
export function requireLayers(subject: string, values: object): void {
  for (const [name, value] of Object.entries(values)) {
    if (typeof value?.kind !== "string")
      throw new UserError(`${subject}: ${name} is ${value}; expected a layer, such as conv2d(8, 3)`);
  }
}

/** Returns a function that creates a layer without options. */
export const layerWithoutOptions =
  <L extends object>(name: string, layer: L) =>
  (...options: readonly never[]): L => {
    if (options.length > 0) throw new UserError(`${name} has no options`);
    return { ...layer };
  };
