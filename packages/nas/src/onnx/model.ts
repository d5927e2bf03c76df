/** ONNX model as plain data, limited to the features that exported networks use. See `encodeModel`. */
export interface OnnxModel {
  readonly name: string;
  readonly inputs: readonly ModelValue[];
  readonly outputs: readonly ModelValue[];
  /** Operators in execution order. */
  readonly nodes: readonly OnnxNode[];
  readonly constants: readonly Constant[];
  /** Strings that a runtime can read, by key. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** Input or output of a model, `[n, ...shape]`. The batch, n, can have any size. */
export interface ModelValue {
  readonly name: string;
  readonly type: "float32" | "int64";
  /** Sizes after the batch. A name stands for a size that can have any value. */
  readonly shape: readonly (number | string)[];
}

/** float32 tensor in the graph, `[n, ...shape]`. */
export interface Value {
  readonly name: string;
  /**
   * Sizes after the batch. In a graph for images of any size, the height and width of a map are only an example: do not
   * write them into the graph.
   */
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
  | { readonly ints: readonly number[] }
  | { readonly text: string };

/** Weight or table. Its type is that of the array; a Uint16Array has the bits of float16 numbers. */
export interface Constant {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array | BigInt64Array | Int8Array | Uint8Array | Int32Array | Uint16Array;
}
