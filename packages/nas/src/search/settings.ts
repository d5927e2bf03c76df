import { UserError } from "@supernet/base";

/** @throws UserError naming the first setting that is no whole number from `least` */
export function checkWhole(settings: Readonly<Record<string, number>>, least: number): void {
  for (const [name, value] of Object.entries(settings)) {
    if (!Number.isSafeInteger(value) || value < least) {
      throw new UserError(`search: ${name} is ${value}; it takes a whole number from ${least}`);
    }
  }
}
