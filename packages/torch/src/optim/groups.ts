import type { Module, Parameter } from "../nn/module.js";
import { BatchNorm2d, GroupNorm, LayerNorm } from "../nn/norm.js";

export type NamedParameter = readonly [name: string, parameter: Parameter];

/** Parameters that are updated alike. Names key the optimiser's saved state. */
export interface ParameterGroup {
  readonly params: Iterable<NamedParameter>;
  /** The optimiser's own unless told. */
  readonly weightDecay?: number;
  /** Factor on the learning rate; 1 unless told. */
  readonly lrScale?: number;
}

/** Groups with every choice made; what an optimiser steps through. */
export interface ResolvedGroup {
  readonly params: readonly NamedParameter[];
  readonly weightDecay: number;
  readonly lrScale: number;
}

/** Kinds of parameter that weight decay commonly leaves alone. */
export type NoDecayKind = "bias" | "norm" | "depthwise" | "token" | "position";

/**
 * Two groups: with weight decay, and without it for the given kinds. Depth-wise is a kernel with one input
 * channel a group in a grouped convolution; a norm's parameters are the weight and bias of a batch, group or
 * layer norm. Of a transformer, a learned token is named `cls_token`, and positions are named `pos_embed` or, where
 * they are tables, `embeddings_table_...`, as the field names them.
 */
export function noDecayGroups(
  module: Module,
  weightDecay: number,
  kinds: readonly NoDecayKind[] = ["bias", "norm", "depthwise"],
): ParameterGroup[] {
  const decayed: NamedParameter[] = [];
  const free: NamedParameter[] = [];
  const seen = new Set<Parameter>();
  for (const [path, owner] of module.namedModules()) {
    for (const named of owner.namedParameters(path, false)) {
      if (seen.has(named[1])) continue;
      seen.add(named[1]);
      const kind = kindOf(owner, named);
      (kind !== undefined && kinds.includes(kind) ? free : decayed).push(named);
    }
  }
  return [
    { params: decayed, weightDecay },
    { params: free, weightDecay: 0 },
  ];
}

function kindOf(owner: Module, [name, { ndim, shape }]: NamedParameter): NoDecayKind | undefined {
  if (owner instanceof BatchNorm2d || owner instanceof GroupNorm || owner instanceof LayerNorm) return "norm";
  const own = name.slice(name.lastIndexOf(".") + 1);
  if (own === "bias" && ndim <= 1) return "bias";
  if (own === "cls_token") return "token";
  if (own === "pos_embed" || own.startsWith("embeddings_table_")) return "position";
  const grouped = "groups" in owner && typeof owner.groups === "number" && owner.groups > 1;
  return grouped && ndim === 4 && shape[1] === 1 ? "depthwise" : undefined;
}

/**
 * @param source a module stands for one group of all its parameters
 * @throws RangeError where a name or a parameter comes twice
 */
export function resolveGroups(
  source: Module | readonly ParameterGroup[],
  weightDecay: number,
): ResolvedGroup[] {
  const groups: readonly ParameterGroup[] = isGroups(source)
    ? source
    : [{ params: source.namedParameters() }];
  const names = new Set<string>();
  const tensors = new Set<Parameter>();
  return groups.map((group) => {
    const params = [...group.params];
    for (const [name, tensor] of params) {
      if (names.has(name) || tensors.has(tensor)) throw new RangeError(`parameter ${name} is given twice`);
      names.add(name);
      tensors.add(tensor);
    }
    return { params, weightDecay: group.weightDecay ?? weightDecay, lrScale: group.lrScale ?? 1 };
  });
}

function isGroups(source: Module | readonly ParameterGroup[]): source is readonly ParameterGroup[] {
  return Array.isArray(source);
}
