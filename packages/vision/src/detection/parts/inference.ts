import type { Shape } from "@supernet/nas";

/**
 * One operation of a detector's inference, after the backbone. Together they describe which layer reads which value, for
 * cost without tensors. The backbone's maps are the values `map.0`, `map.1`, ...
 */
export interface Operation {
  /** Path of the layer; undefined for an operation without parameters. */
  readonly layer?: string;
  /** Names of the values that it reads. */
  readonly reads: readonly string[];
  /** Name of the value that it writes. */
  readonly writes: string;
  /** Shape of the layer's input, or of the output of an operation without parameters. */
  readonly shape: Shape;
  /** Number of inputs of this shape, such as regions. Default: 1. */
  readonly times?: number;
}

/** Returns the operations of a chain of layers, each of which keeps the height and width of `shape`. */
export function chain(
  layers: readonly { readonly path: string; readonly channels: number }[],
  { reads, shape, times }: { readonly reads: string; readonly shape: Shape; readonly times?: number },
): Operation[] {
  let value = reads;
  let input = shape;
  return layers.map(({ path, channels }) => {
    const operation = {
      layer: path,
      reads: [value],
      writes: `${value}/${path}`,
      shape: input,
      ...(times !== undefined && { times }),
    };
    value = operation.writes;
    input = [channels, ...input.slice(1)];
    return operation;
  });
}
