import type { Attribute, Constant, OnnxModel, OnnxNode, Value } from "./model.js";

/** A tensor of a state dict, as the engine's tensors are. */
export interface Weight {
  readonly shape: readonly number[];
  toTypedArray(): unknown;
}

export type Weights = ReadonlyMap<string, Weight>;

interface NewNode {
  readonly path: string;
  readonly type: string;
  readonly inputs: readonly Input[];
  /** Of its outputs, without batch. */
  readonly shapes: readonly (readonly number[])[];
  readonly attributes?: Attributes;
}

type Input = Value | string;
type Attributes = Readonly<Record<string, Attribute>>;

/** An ONNX graph under construction: nodes are added in the order in which they run. */
export class Graph {
  readonly #weights: Weights;
  readonly #input: Value;
  readonly #nodes: OnnxNode[] = [];
  readonly #constants = new Map<string, Constant>();
  readonly #names = new Set<string>();

  /** @param weights a state dict, by whose names layers ask for theirs */
  constructor(input: Value, weights: Weights) {
    this.#input = input;
    this.#weights = weights;
    this.#names.add(input.name);
  }

  /** Adds an operator, which is named after the path of its layer. */
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

  /** The numbers of a weight. */
  numbers(name: string): { readonly shape: readonly number[]; readonly data: Float32Array } {
    const weight = this.#weights.get(name);
    if (weight === undefined) throw new RangeError(`export: the weights lack ${name}`);
    const data = weight.toTypedArray();
    if (!(data instanceof Float32Array)) throw new RangeError(`export: ${name} is not float32`);
    return { shape: weight.shape, data };
  }

  /** A constant under a name of its own. */
  constant(name: string, shape: readonly number[], data: Float32Array): string {
    const unique = this.#unique(name);
    this.#constants.set(unique, { name: unique, shape, data });
    return unique;
  }

  number(value: number): string {
    return this.#shared(`number ${value}`, [], Float32Array.of(value));
  }

  /** A list of whole numbers, as operators take shapes and axes. */
  integers(...values: readonly number[]): string {
    return this.#shared(
      `integers ${values.join(" ")}`,
      [values.length],
      BigInt64Array.from(values, (value) => BigInt(value)),
    );
  }

  /**
   * The finished model.
   * @param outputs by the names that they have outside
   */
  model(
    name: string,
    outputs: Readonly<Record<string, Value>>,
    metadata: Readonly<Record<string, string>>,
  ): OnnxModel {
    const named = Object.entries(outputs).map(([own, value]) => {
      // What comes in cannot be called otherwise when it goes out.
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

/** A graph as one layer sees it: nodes, weights and constants are named within the layer's path. */
export class Scope {
  readonly #graph: Graph;
  readonly path: string;

  constructor(graph: Graph, path: string) {
    this.#graph = graph;
    this.path = path;
  }

  /** The scope of a module within this one. */
  within(name: string): Scope {
    return new Scope(this.#graph, nameIn(this.path, name));
  }

  /**
   * Adds an operator.
   * @param shape of what it outputs, without batch
   */
  add(type: string, inputs: readonly Input[], shape: readonly number[], attributes?: Attributes): Value {
    return this.addSplit(type, inputs, [shape], attributes)[0]!;
  }

  /** Adds an operator that outputs several values. */
  addSplit(
    type: string,
    inputs: readonly Input[],
    shapes: readonly (readonly number[])[],
    attributes: Attributes = {},
  ): Value[] {
    return this.#graph.add({ path: this.path, type, inputs, shapes, attributes });
  }

  /** The numbers of a weight. */
  numbers(name: string): { readonly shape: readonly number[]; readonly data: Float32Array } {
    return this.#graph.numbers(nameIn(this.path, name));
  }

  /** Adds a weight as it is, and returns what it is called in the graph. */
  weight(name: string): string {
    const { shape, data } = this.numbers(name);
    return this.constant(name, shape, data);
  }

  /** Adds a constant under a name of its own. */
  constant(name: string, shape: readonly number[], data: Float32Array): string {
    return this.#graph.constant(nameIn(this.path, name), shape, data);
  }

  number(value: number): string {
    return this.#graph.number(value);
  }

  /** A list of whole numbers, as operators take shapes and axes. */
  integers(...values: readonly number[]): string {
    return this.#graph.integers(...values);
  }
}

/** The name of a module or weight within another; the outermost one has none. */
export const nameIn = (path: string, name: string): string => (path === "" ? name : `${path}.${name}`);
