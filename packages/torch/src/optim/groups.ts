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

/** A parameter with its name, as `namedParameters` yields it. */
export type NamedParameter = readonly [name: string, parameter: Parameter];

/** Parameters with the same settings. The names are keys of the optimizer's saved state. */
export interface ParameterGroup {
  readonly params: Iterable<NamedParameter>;
  /** Default: the optimizer's weight decay. */
  readonly weightDecay?: number;
  /** Factor on the learning rate. Default: 1. */
  readonly lrScale?: number;
}

/** Parameter group with all defaults filled in. */
export interface ResolvedGroup {
  readonly params: readonly NamedParameter[];
  readonly weightDecay: number;
  readonly lrScale: number;
}

/** Kinds of parameters that are commonly excluded from weight decay. */
export type NoDecayKind = (typeof NO_DECAY_KINDS)[number];

const NO_DECAY_KINDS = ["bias", "norm", "depthwise", "token", "position"] as const;

/**
 * Divides a module's parameters into two groups: with weight decay, and without it for the given kinds.
 *
 * - "bias": biases of all layers.
 * - "norm": weights and biases of batch, group and layer norms.
 * - "depthwise": kernels of grouped convolutions with one input channel per group.
 * - "token": learned tokens, named `cls_token`.
 * - "position": positional embeddings, named `pos_embed` or `embeddings_table_...`.
 *
 * @example
 * const optimizer = new optim.SGD(optim.noDecayGroups(model, 4e-5), { lr: 0.1, momentum: 0.9 });
 *
 * @param kinds default: "bias", "norm" and "depthwise"
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
 * @param source groups, or a module whose parameters are one group
 * @param optimizer name of the optimizer, for messages
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
    const subject = `${optimizer}: parameter group ${i}`;
    if (group instanceof Tensor)
      throw new TypeError(`${subject} is a Tensor: pass the module, or groups of named parameters`);
    requireOptions<ParameterGroup>(subject, group, ["params", "weightDecay", "lrScale"]);
    requireIterable(`${subject}: params`, group.params);
    const params = [...group.params];
    const { weightDecay = defaultWeightDecay, lrScale = 1 } = group;
    requireNumber(`${subject}: weightDecay`, weightDecay, { min: 0 });
    requireNumber(`${subject}: lrScale`, lrScale, { min: 0 });
    for (const named of params) {
      if (!Array.isArray(named))
        throw new TypeError(
          `${subject}: params must be [name, parameter] pairs, as namedParameters() returns`,
        );
      const [name, tensor] = named;
      requireInstance(`${subject}: parameter ${name}`, tensor, Tensor);
      if (names.has(name) || tensors.has(tensor))
        throw new RangeError(`${optimizer}: parameter ${name} occurs twice`);
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
