/** ONNX model as plain data, limited to the features that exported networks use. See `encodeModel`. */
export interface OnnxModel {
  readonly name: string;
  /** Inputs and outputs. Their shapes omit the batch dimension, which can have any size. */
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
  /** Operators in execution order. */
  readonly nodes: readonly OnnxNode[];
  readonly constants: readonly Constant[];
  /** Strings that a runtime can read, by key. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** float32 tensor in the graph, `[n, ...shape]`. */
export interface Value {
  readonly name: string;
  readonly shape: readonly number[];
}

/** Operator of the graph, with the names of its inputs and outputs. */
export interface OnnxNode {
  readonly type: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, Attribute>>;
}

/** Attribute value of an operator. */
export type Attribute =
  | { readonly int: number }
  | { readonly float: number }
  | { readonly ints: readonly number[] };

/** Weight or table. It is int64 if `data` is a BigInt64Array, else float32. */
export interface Constant {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array | BigInt64Array;
}
