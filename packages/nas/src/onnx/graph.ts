import type { Attribute, Constant, OnnxModel, OnnxNode, Value } from "./model.js";

/** Tensor of a state dict. Tensors of `@supernet/torch` satisfy it. */
export interface Weight {
  readonly shape: readonly number[];
  toTypedArray(): unknown;
}

/** State dict of a network. */
export type Weights = ReadonlyMap<string, Weight>;

interface NewNode {
  readonly path: string;
  readonly type: string;
  readonly inputs: readonly Input[];
  /** Shapes of the outputs, without the batch. */
  readonly shapes: readonly (readonly number[])[];
  readonly attributes?: Attributes;
}

type Input = Value | string;
type Attributes = Readonly<Record<string, Attribute>>;

/** ONNX graph under construction. Nodes are added in execution order. */
export class Graph {
  readonly #weights: Weights;
  readonly #input: Value;
  readonly #nodes: OnnxNode[] = [];
  readonly #constants = new Map<string, Constant>();
  readonly #names = new Set<string>();

  /** @param weights state dict with the weights of all layers */
  constructor(input: Value, weights: Weights) {
    this.#input = input;
    this.#weights = weights;
    this.#names.add(input.name);
  }

  /** Adds an operator, named after its layer's path. */
  add({ path, type, inputs, shapes, attributes = {} }: NewNode): Value[] {
    const outputs = shapes.map((shape) => ({ name: this.#unique(nameIn(path, type)), shape }));
    this.#nodes.push({
      type,
      inputs: inputs.map((input) => (typeof input === "string" ? input : input.name)),
      outputs: outputs.map(({ name }) => name),
      attributes,
    });
    return outputs;
  }

  /**
   * Returns the elements of a weight.
   * @throws RangeError if the state dict does not contain the weight, or it is not float32
   */
  numbers(name: string): { readonly shape: readonly number[]; readonly data: Float32Array } {
    const weight = this.#weights.get(name);
    if (weight === undefined) throw new RangeError(`export: the weights do not contain ${name}`);
    const data = weight.toTypedArray();
    if (!(data instanceof Float32Array)) throw new RangeError(`export: ${name} is not float32`);
    return { shape: weight.shape, data };
  }

  /** Adds a constant, makes its name unique, and returns the name. */
  constant(name: string, shape: readonly number[], data: Float32Array): string {
    const unique = this.#unique(name);
    this.#constants.set(unique, { name: unique, shape, data });
    return unique;
  }

  number(value: number): string {
    return this.#shared(`number ${value}`, [], Float32Array.of(value));
  }

  /** Adds a list of integers, such as a shape or axes. */
  integers(...values: readonly number[]): string {
    return this.#shared(
      `integers ${values.join(" ")}`,
      [values.length],
      BigInt64Array.from(values, (value) => BigInt(value)),
    );
  }

  /**
   * Returns the finished model.
   * @param outputs outputs by their names in the model
   */
  model(
    name: string,
    outputs: Readonly<Record<string, Value>>,
    metadata: Readonly<Record<string, string>>,
  ): OnnxModel {
    const named = Object.entries(outputs).map(([own, value]) => {
      // The input cannot be renamed, so a graph that returns it needs an Identity node.
      const identity = { path: "", type: "Identity", inputs: [value], shapes: [value.shape] };
      const made = value === this.#input ? this.add(identity)[0]! : value;
      return { inside: made.name, own, shape: made.shape };
    });
    const rename = (inside: string) => named.find((value) => value.inside === inside)?.own ?? inside;
    return {
      name,
      inputs: [this.#input],
      outputs: named.map(({ own, shape }) => ({ name: own, shape })),
      nodes: this.#nodes.map((node) => ({
        ...node,
        inputs: node.inputs.map(rename),
        outputs: node.outputs.map(rename),
      })),
      constants: [...this.#constants.values()],
      metadata,
    };
  }

  #shared(name: string, shape: readonly number[], data: Constant["data"]): string {
    if (!this.#constants.has(name)) this.#constants.set(name, { name, shape, data });
    return name;
  }

  #unique(name: string): string {
    let unique = name;
    for (let i = 1; this.#names.has(unique); i++) unique = `${name}_${i}`;
    this.#names.add(unique);
    return unique;
  }
}

/** View of a graph for one layer: names of nodes, weights and constants are relative to the layer's path. */
export class Scope {
  readonly #graph: Graph;
  readonly path: string;

  constructor(graph: Graph, path: string) {
    this.#graph = graph;
    this.path = path;
  }

  /** Returns the scope of a child module. */
  within(name: string): Scope {
    return new Scope(this.#graph, nameIn(this.path, name));
  }

  /**
   * Adds an operator.
   * @param shape shape of the output, without the batch
   */
  add(type: string, inputs: readonly Input[], shape: readonly number[], attributes?: Attributes): Value {
    return this.addSplit(type, inputs, [shape], attributes)[0]!;
  }

  /** Adds an operator with several outputs. */
  addSplit(
    type: string,
    inputs: readonly Input[],
    shapes: readonly (readonly number[])[],
    attributes: Attributes = {},
  ): Value[] {
    return this.#graph.add({ path: this.path, type, inputs, shapes, attributes });
  }

  /** Returns the elements of a weight. */
  numbers(name: string): { readonly shape: readonly number[]; readonly data: Float32Array } {
    return this.#graph.numbers(nameIn(this.path, name));
  }

  /** Adds a weight unchanged and returns its name in the graph. */
  weight(name: string): string {
    const { shape, data } = this.numbers(name);
    return this.constant(name, shape, data);
  }

  /** Adds a constant, makes its name unique, and returns the name. */
  constant(name: string, shape: readonly number[], data: Float32Array): string {
    return this.#graph.constant(nameIn(this.path, name), shape, data);
  }

  number(value: number): string {
    return this.#graph.number(value);
  }

  /** Adds a list of integers, such as a shape or axes. */
  integers(...values: readonly number[]): string {
    return this.#graph.integers(...values);
  }
}

/** Joins a path and a name with a dot. The outermost path is empty. */
export const nameIn = (path: string, name: string): string => (path === "" ? name : `${path}.${name}`);
