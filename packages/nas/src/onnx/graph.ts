import { count, parseOptions, requireInstance, requireString } from "@supernet/base";
import { z } from "zod";
import type { Attribute, Constant, ModelValue, OnnxModel, OnnxNode, Value } from "./model.js";

/** Tensor of a state dict. Tensors of `@supernet/torch` satisfy it. */
export interface Weight {
  readonly shape: readonly number[];
  toTypedArray(): unknown;
}

/** State dict of a network. */
export type Weights = ReadonlyMap<string, Weight>;

export interface GraphOptions {
  /** Input image or map, without the batch. */
  readonly input: Value;
  /** State dict with the weights of all layers. */
  readonly weights: Weights;
  /**
   * Whether the model accepts images of any height and width. Those of `input` are then only an example. Default:
   * false.
   */
  readonly anySize?: boolean;
}

const optionsSchema = z.strictObject({
  input: z.looseObject({ name: z.string().min(1), shape: z.array(count).min(1) }),
  weights: z.instanceof(Map),
  anySize: z.boolean().optional(),
});

/** Output of a model: a value of the graph. */
export interface GraphOutput extends Omit<ModelValue, "name" | "type"> {
  /** Name of the value in the graph. */
  readonly name: string;
  /** Default: "float32". */
  readonly type?: ModelValue["type"];
}

interface NewNode {
  readonly path: string;
  readonly type: string;
  readonly inputs: readonly Input[];
  /** Shapes of the outputs, without the batch. */
  readonly shapes: readonly (readonly number[])[];
  readonly attributes?: Attributes;
}

/** Input of an operator: a value, its name, or "" for an optional input that is absent. */
type Input = Value | string;
type Attributes = Readonly<Record<string, Attribute>>;

/**
 * ONNX graph under construction. Nodes are added in execution order, by a {@link Scope}.
 *
 * @example
 * const input = { name: "images", shape: [3, 64, 64] };
 * const graph = new Graph({ input, weights });
 * const output = exportLayer(new Scope(graph, "stem"), conv2d(8, 3), input);
 * const model = graph.model("stem", { output }, {});
 */
export class Graph {
  readonly #weights: Weights;
  readonly #input: Value;
  readonly #inputs: ModelValue[];
  /** Whether the heights and widths of maps are only known when the model runs. */
  readonly anySize: boolean;
  readonly #nodes: OnnxNode[] = [];
  readonly #constants = new Map<string, Constant>();
  readonly #names = new Set<string>();

  constructor(options: GraphOptions) {
    parseOptions("Graph", optionsSchema, options);
    const { input, weights, anySize = false } = options;
    this.#input = input;
    this.#weights = weights;
    this.anySize = anySize;
    const shape = anySize ? [...input.shape.slice(0, -2), "height", "width"] : input.shape;
    this.#inputs = [{ name: input.name, type: "float32", shape }];
    this.#names.add(input.name);
  }

  /** Adds another input to the model. */
  addInput(input: ModelValue): void {
    this.#inputs.push(input);
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

  /** Adds a constant, makes its name unique, and returns the name. An equal constant of that name is shared. */
  constant(name: string, shape: readonly number[], data: Constant["data"]): string {
    // A layer that is added several times, such as a head on each level, has its weights once.
    const existing = this.#constants.get(name);
    if (existing !== undefined && isEqual(existing, shape, data)) return name;
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
    outputs: Readonly<Record<string, GraphOutput>>,
    metadata: Readonly<Record<string, string>>,
  ): OnnxModel {
    const named = Object.entries(outputs).map(([own, value]) => {
      // The input cannot be renamed, so a graph that returns it needs an Identity node.
      const { shape, type = "float32" as const } = value;
      const identity = { path: "", type: "Identity", inputs: [value.name], shapes: [[]] };
      const inside = value.name === this.#input.name ? this.add(identity)[0]!.name : value.name;
      return { inside, own, shape, type };
    });
    const renamed = new Map(named.map(({ inside, own }) => [inside, own]));
    // Another value that has the name of an output gets a new one.
    for (const { inside, own } of named) {
      if (inside !== own && this.#names.has(own)) renamed.set(own, this.#unique(own));
    }
    const rename = (inside: string) => renamed.get(inside) ?? inside;
    return {
      name,
      inputs: this.#inputs,
      outputs: named.map(({ own, shape, type }) => ({ name: own, type, shape })),
      nodes: this.#nodes.map((node) => ({
        ...node,
        inputs: node.inputs.map(rename),
        outputs: node.outputs.map(rename),
      })),
      constants: [...this.#constants.values()].map((constant) => ({
        ...constant,
        name: rename(constant.name),
      })),
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
  /** Whether the heights and widths of maps are only known when the model runs. */
  readonly anySize: boolean;

  /**
   * @param path path of the layer's module; "" is the network itself
   * @param anySize false if the layer's maps have a fixed size, whatever that of the images. Default: the graph's.
   */
  constructor(graph: Graph, path: string, anySize?: boolean) {
    requireInstance("Scope: graph", graph, Graph);
    requireString("Scope: path", path);
    this.anySize = anySize ?? graph.anySize;
    this.#graph = graph;
    this.path = path;
  }

  /** Returns the scope of a child module. */
  within(name: string): Scope {
    return new Scope(this.#graph, nameIn(this.path, name), this.anySize);
  }

  /** Returns the same scope for maps of a fixed size, such as pooled regions. */
  withFixedSizes(): Scope {
    return new Scope(this.#graph, this.path, false);
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

  /** Adds an operator whose output has no tracked shape or another type, and returns the output's name. */
  node(type: string, inputs: readonly Input[], attributes?: Attributes): string {
    return this.nodes(type, 1, inputs, attributes)[0]!;
  }

  /** Like {@link node}, for an operator with several outputs. */
  nodes(type: string, outputs: number, inputs: readonly Input[], attributes: Attributes = {}): string[] {
    const shapes = Array<readonly number[]>(outputs).fill([]);
    return this.#graph.add({ path: this.path, type, inputs, shapes, attributes }).map(({ name }) => name);
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
  constant(name: string, shape: readonly number[], data: Constant["data"]): string {
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

function isEqual(constant: Constant, shape: readonly number[], data: Constant["data"]): boolean {
  return (
    constant.shape.join() === shape.join() &&
    constant.data.constructor === data.constructor &&
    constant.data.every((value, i) => Object.is(value, data[i]))
  );
}

/** Joins a path and a name with a dot. The outermost path is empty. */
export const nameIn = (path: string, name: string): string => (path === "" ? name : `${path}.${name}`);
