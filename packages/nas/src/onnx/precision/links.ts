import type { Constant, OnnxModel, OnnxNode } from "../model.js";

/** How the operators of a model are connected. */
export interface Links {
  readonly constants: ReadonlyMap<string, Constant>;
  /** Operator that computes a value. */
  readonly producer: ReadonlyMap<string, OnnxNode>;
  /** Operators that read a value. */
  readonly consumers: (value: string) => readonly OnnxNode[];
  /** Names of the model's outputs. */
  readonly outputs: ReadonlySet<string>;
}

export function linksOf({ nodes, constants, outputs }: OnnxModel): Links {
  const consumers = new Map<string, OnnxNode[]>();
  for (const node of nodes) {
    for (const input of new Set(node.inputs)) {
      const list = consumers.get(input);
      if (list) list.push(node);
      else consumers.set(input, [node]);
    }
  }
  return {
    constants: new Map(constants.map((constant) => [constant.name, constant])),
    producer: new Map(nodes.flatMap((node) => node.outputs.map((output) => [output, node]))),
    consumers: (value) => consumers.get(value) ?? [],
    outputs: new Set(outputs.map(({ name }) => name)),
  };
}

/** Returns a model's constants without those that no operator reads. */
export function usedConstants(
  constants: readonly Constant[],
  nodes: readonly OnnxNode[],
): readonly Constant[] {
  const used = new Set(nodes.flatMap(({ inputs }) => inputs));
  return constants.filter(({ name }) => used.has(name));
}
