/** An ONNX model as plain data, as far as exported networks need one. `encodeModel` makes a file's bytes of it. */
export interface OnnxModel {
  readonly name: string;
  /** Values that come in and go out; a batch of any size stands before their shapes. */
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
  /** In an order in which they can run. */
  readonly nodes: readonly OnnxNode[];
  readonly constants: readonly Constant[];
  /** Texts that a runtime hands back by their names. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** A float32 tensor that flows through the graph: [n, ...shape]. */
export interface Value {
  readonly name: string;
  readonly shape: readonly number[];
}

export interface OnnxNode {
  readonly type: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, Attribute>>;
}

export type Attribute =
  | { readonly int: number }
  | { readonly float: number }
  | { readonly ints: readonly number[] };

/** A weight or table: float32 where `data` is, else int64. */
export interface Constant {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array | BigInt64Array;
}
