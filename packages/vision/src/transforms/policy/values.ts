import type { Random } from "@supernet/base";
import type { Image } from "../image.js";
import type { OperationName } from "./operations.js";

/** An operation's value at a strength, the `part` 0 to 1 of the greatest. Its sign may be drawn; pixels hang on the image. */
export type Value = (part: number, random: Random, image: Pick<Image, "width" | "height">) => number;

export type Values = Readonly<Record<OperationName, Value>>;

/** The value or its opposite. */
export const either = (value: number, random: Random): number => (random.uniform() < 0.5 ? -value : value);

/** Up to `most` either way. */
export const upTo =
  (most: number): Value =>
  (part, random) =>
    either(part * most, random);

/** A factor up to 0.9 above or below 1, which changes nothing. */
export const aboutOne: Value = (part, random) => 1 + either(0.9 * part, random);

/** Of an operation that takes none. */
export const none: Value = () => 0;
