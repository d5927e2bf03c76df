/** Sizes of one input, without the batch: `[channels, height, width]` of a map, `[features]` of a vector. */
export type Shape = readonly number[];

/** @throws RangeError where `shape` is none of a map */
export function mapSizes(where: string, shape: Shape): [channels: number, height: number, width: number] {
  const [channels, height, width] = shape;
  if (channels === undefined || height === undefined || width === undefined || shape.length !== 3) {
    throw new RangeError(`${where}: channels x height x width expected, not ${shape.join("x")}`);
  }
  return [channels, height, width];
}
