import {
  requireArray,
  requireInstance,
  requireIterable,
  requireNumber,
  requireOneOf,
  requireOptions,
} from "@supernet/base";
import { Tensor } from "../engine/index.js";
import { Module, type Parameter } from "../nn/module.js";
import { BatchNorm2d, GroupNorm, LayerNorm } from "../nn/norm.js";

export type NamedParameter = readonly [name: string, parameter: Parameter];

/** Parameters with the same settings. Names are keys of the optimizer's saved state. */
export interface ParameterGroup {
  readonly params: Iterable<NamedParameter>;
  /** Default: the optimizer's weight decay. */
  readonly weightDecay?: number;
  /** Factor on the learning rate. Default: 1. */
  readonly lrScale?: number;
}

/** Groups with every choice made; what an optimizer steps through. */
export interface ResolvedGroup {
  readonly params: readonly NamedParameter[];
  readonly weightDecay: number;
  readonly lrScale: number;
}

/** Kinds of parameter that weight decay commonly leaves alone. */
export type NoDecayKind = (typeof NO_DECAY_KINDS)[number];

const NO_DECAY_KINDS = ["bias", "norm", "depthwise", "token", "position"] as const;

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
  requireInstance("noDecayGroups: module", module, Module);
  requireNumber("noDecayGroups: weightDecay", weightDecay, { min: 0 });
  requireArray("noDecayGroups: kinds", kinds);
  for (const kind of kinds) requireOneOf("noDecayGroups: kinds", kind, NO_DECAY_KINDS);
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
  const localName = name.slice(name.lastIndexOf(".") + 1);
  if (localName === "bias" && ndim <= 1) return "bias";
  if (localName === "cls_token") return "token";
  if (localName === "pos_embed" || localName.startsWith("embeddings_table_")) return "position";
  const grouped = "groups" in owner && typeof owner.groups === "number" && owner.groups > 1;
  return grouped && ndim === 4 && shape[1] === 1 ? "depthwise" : undefined;
}

/**
 * Fills in the defaults of parameter groups.
 * @param source groups, or a module, which stands for one group of all its parameters
 * @param optimizer its name, for messages
 * @throws RangeError if a name or a parameter occurs twice, or there are no parameters
 */
export function resolveGroups(
  optimizer: string,
  source: Module | readonly ParameterGroup[],
  defaultWeightDecay: number,
): ResolvedGroup[] {
  if (!isGroups(source)) requireInstance(`${optimizer}: parameters`, source, Module);
  const groups: readonly ParameterGroup[] = isGroups(source)
    ? source
    : [{ params: source.namedParameters() }];
  const names = new Set<string>();
  const tensors = new Set<Parameter>();
  const resolved = groups.map((group, i) => {
    const where = `${optimizer}: parameter group ${i}`;
    if (group instanceof Tensor)
      throw new TypeError(`${where} is a Tensor: pass the module, or groups of named parameters`);
    requireOptions<ParameterGroup>(where, group, ["params", "weightDecay", "lrScale"]);
    requireIterable(`${where}: params`, group.params);
    const params = [...group.params];
    const { weightDecay = defaultWeightDecay, lrScale = 1 } = group;
    requireNumber(`${where}: weightDecay`, weightDecay, { min: 0 });
    requireNumber(`${where}: lrScale`, lrScale, { min: 0 });
    for (const named of params) {
      if (!Array.isArray(named))
        throw new TypeError(`${where}: params must be [name, parameter] pairs, as namedParameters() returns`);
      const [name, tensor] = named;
      requireInstance(`${where}: parameter ${name}`, tensor, Tensor);
      if (names.has(name) || tensors.has(tensor))
        throw new RangeError(`${optimizer}: parameter ${name} is given twice`);
      names.add(name);
      tensors.add(tensor);
    }
    return { params, weightDecay, lrScale };
  });
  if (tensors.size === 0) throw new RangeError(`${optimizer}: there are no parameters to optimize`);
  return resolved;
}

function isGroups(source: Module | readonly ParameterGroup[]): source is readonly ParameterGroup[] {
  return Array.isArray(source);
}
