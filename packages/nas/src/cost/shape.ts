import { count, parseOptions, UserError } from "@supernet/base";
import { z } from "zod";
import { costedPartSchema, hasImageInput, type Part } from "../layer/part.js";

/**
 * Shape without the batch: `[channels, height, width]` of a map, `[tokens, width]` of a sequence, `[features]` of a
 * vector.
 */
export type Shape = readonly number[];

const networkSchema = z.strictObject({ parts: z.array(costedPartSchema), input: z.array(count).min(1) });

/** Number of channels of an image. */
export const IMAGE_CHANNELS = 3;

/**
 * @throws UserError naming `subject` if `parts` are not parts of a network, `input` is not a shape, or it is not that
 *   of an image although the network is one of a space
 */
export function checkNetwork(subject: string, parts: readonly Omit<Part, "sharing">[], input: Shape): void {
  parseOptions(subject, networkSchema, { parts, input });
  if (hasImageInput(parts) && !(input.length === 3 && input[0] === IMAGE_CHANNELS)) {
    throw new UserError(
      `${subject}: input is [${input.join(", ")}]; expected the shape of an image, [3, height, width]: ` +
        "the channels come first, without a batch",
    );
  }
}

/** @throws RangeError if `shape` is not that of a map */
export function mapSizes(path: string, shape: Shape): [channels: number, height: number, width: number] {
  const [channels, height, width] = shape;
  if (channels === undefined || height === undefined || width === undefined || shape.length !== 3) {
    throw new RangeError(`${path}: expected channels x height x width, got ${shape.join("x")}`);
  }
  return [channels, height, width];
}

/** @throws RangeError if `shape` is not that of a sequence */
export function sequenceSizes(path: string, shape: Shape): [tokens: number, width: number] {
  const [tokens, width] = shape;
  if (tokens === undefined || width === undefined || shape.length !== 2) {
    throw new RangeError(`${path}: expected tokens x width, got ${shape.join("x")}`);
  }
  return [tokens, width];
}
