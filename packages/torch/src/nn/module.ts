import {
  nearest,
  requireBoolean,
  requireInstance,
  requireOneOf,
  requireOptions,
  UserError,
} from "@supernet/base";
import { noGrad, Tensor, tidy } from "../engine/index.js";
import { requireDevice } from "../engine/tensor.js";

/** A tensor that training changes; made by {@link parameter}. */
export type Parameter = Tensor;

type Role = "parameter" | "buffer";
const roles = new WeakMap<Tensor, Role>();
const optionals = new WeakSet<Tensor>();

/** Declares a leaf tensor to be a module's parameter: it requires a gradient and lives outside all scopes. */
export function parameter(tensor: Tensor): Parameter {
  requireInstance("parameter: tensor", tensor, Tensor);
  tensor.keep().requiresGrad = true;
  roles.set(tensor, "parameter");
  return tensor;
}

/**
 * Declares a tensor to be a module's buffer: state that is saved but not trained. It lives outside all scopes.
 * @param options.optional whether a state dict may lack it; it keeps its value then
 */
export function buffer(tensor: Tensor, options: { optional?: boolean } = {}): Tensor {
  requireInstance("buffer: tensor", tensor, Tensor);
  requireOptions<{ optional: boolean }>("buffer", options, ["optional"]);
  const { optional = false } = options;
  requireBoolean("buffer: optional", optional);
  roles.set(tensor.keep(), "buffer");
  if (optional) optionals.add(tensor);
  return tensor;
}

const FLOAT_TYPES = ["float32", "float64", "float16", "bfloat16"] as const;
type FloatType = (typeof FLOAT_TYPES)[number];

/** What a state dict and a module do not share. */
export interface LoadReport {
  /** Names that the module has and the dict lacks. */
  readonly missing: readonly string[];
  /** Names that the dict has and the module lacks. */
  readonly unexpected: readonly string[];
}

/**
 * A part of a network. Parameters, buffers and child modules are the object's own properties, named as in
 * PyTorch's state dicts, in order of assignment; a list of modules belongs in a `ModuleList`. Subclasses
 * declare `forward` with the types that they take and give.
 */
export abstract class Module {
  /** Whether batch statistics and dropout are in force. */
  training = true;

  train(mode = true): this {
    requireBoolean("Module.train: mode", mode);
    this.training = mode;
    for (const [, child] of this.namedChildren()) child.train(mode);
    return this;
  }

  eval(): this {
    return this.train(false);
  }

  /** The modules directly below this one. */
  *namedChildren(): Generator<[string, Module]> {
    for (const [name, value] of Object.entries(this)) {
      if (value instanceof Module) yield [name, value];
    }
  }

  /** This module and all below it, each once. */
  *namedModules(prefix = "", seen = new Set<Module>()): Generator<[string, Module]> {
    if (seen.has(this)) return;
    seen.add(this);
    yield [prefix, this];
    for (const [name, child] of this.namedChildren()) yield* child.namedModules(join(prefix, name), seen);
  }

  /** The parameters of this module and, with `recurse`, of all below it, each once. */
  *namedParameters(prefix = "", recurse = true): Generator<[string, Parameter]> {
    yield* this.#named("parameter", prefix, recurse);
  }

  parameters(): Parameter[] {
    return Array.from(this.namedParameters(), ([, tensor]) => tensor);
  }

  *namedBuffers(prefix = "", recurse = true): Generator<[string, Tensor]> {
    yield* this.#named("buffer", prefix, recurse);
  }

  /** The live parameters and buffers by PyTorch's names, in PyTorch's order. Copy what must not change. */
  stateDict(): Map<string, Tensor> {
    const state = new Map<string, Tensor>();
    this.#collectState("", state);
    return state;
  }

  /**
   * Copies tensors into the parameters and buffers of the same names; nothing is copied where it throws.
   * @param options.strict whether missing names (of what is not optional) and unexpected ones are errors (default
   *   true); wrong shapes always are
   * @throws UserError that names the keys
   */
  loadStateDict(dict: ReadonlyMap<string, Tensor>, options: { strict?: boolean } = {}): LoadReport {
    requireInstance("loadStateDict: dict", dict, Map);
    requireOptions<{ strict: boolean }>("loadStateDict", options, ["strict"]);
    const { strict = true } = options;
    requireBoolean("loadStateDict: strict", strict);
    const state = this.stateDict();
    const missing = [...state.keys()].filter((name) => !dict.has(name));
    const unexpected = [...dict.keys()].filter((name) => !state.has(name));
    const problems: string[] = [];
    if (strict) {
      const needed = missing.filter((name) => !optionals.has(state.get(name)!));
      if (needed.length > 0) problems.push(`missing ${list(needed)}`);
      if (unexpected.length > 0)
        problems.push(`unexpected ${list(unexpected.map((name) => suggest(name, missing)))}`);
    }
    const misshapen: string[] = [];
    for (const [name, target] of state) {
      const source = dict.get(name);
      if (source !== undefined && !sameShape(source.shape, target.shape)) {
        misshapen.push(
          `${name} is [${source.shape.join(", ")}] where the model has [${target.shape.join(", ")}]`,
        );
      }
    }
    if (misshapen.length > 0) problems.push(list(misshapen));
    if (problems.length > 0) {
      throw new UserError(
        `the state dict does not fit the model: ${problems.join("; ")}: use the checkpoint of this very model`,
      );
    }
    noGrad(() =>
      tidy(() => {
        for (const [name, target] of state) {
          const source = dict.get(name);
          if (source !== undefined) target.copy_(source);
        }
      }),
    );
    return { missing, unexpected };
  }

  /**
   * Moves every parameter and buffer; those that are not floating-point keep their type. The tensors are
   * replaced by others, so call this before an optimizer is made.
   */
  to(target: { device?: string; dtype?: FloatType }): this {
    requireOptions<{ device: string; dtype: FloatType }>("Module.to", target, ["device", "dtype"]);
    const { device, dtype } = target;
    if (device !== undefined) requireDevice("Module.to: device", device);
    if (dtype !== undefined) requireOneOf("Module.to: dtype", dtype, FLOAT_TYPES);
    const moved = new Map<Tensor, Tensor>();
    for (const [, module] of this.namedModules()) module.#move(target, moved);
    return this;
  }

  #move(target: { device?: string; dtype?: FloatType }, moved: Map<Tensor, Tensor>): void {
    for (const [name, tensor] of this.#localTensors()) {
      let replacement = moved.get(tensor);
      if (replacement === undefined) {
        const dtype = isFloating(tensor) ? target.dtype : undefined;
        const copy = noGrad(() => tensor.to({ device: target.device, dtype }));
        if (copy === tensor) continue;
        const { requiresGrad } = tensor;
        replacement =
          roles.get(tensor) === "parameter"
            ? parameter(copy)
            : buffer(copy, { optional: optionals.has(tensor) });
        replacement.requiresGrad = requiresGrad;
        moved.set(tensor, replacement);
      }
      Object.assign(this, { [name]: replacement });
    }
  }

  /** This module's own parameters and buffers. */
  *#localTensors(): Generator<[string, Tensor, Role]> {
    for (const [name, value] of Object.entries(this)) {
      const role = roles.get(value);
      if (role !== undefined) yield [name, value, role];
    }
  }

  *#named(wanted: Role, prefix: string, recurse: boolean): Generator<[string, Tensor]> {
    const seen = new Set<Tensor>();
    for (const [path, module] of this.namedModules(prefix)) {
      for (const [name, tensor, role] of module.#localTensors()) {
        if (role !== wanted || seen.has(tensor)) continue;
        seen.add(tensor);
        yield [join(path, name), tensor];
      }
      if (!recurse) return;
    }
  }

  // A tensor or module that is shared comes under each of its names, as PyTorch saves it.
  #collectState(prefix: string, state: Map<string, Tensor>): void {
    const tensors = [...this.#localTensors()];
    for (const wanted of ["parameter", "buffer"]) {
      for (const [name, tensor, role] of tensors) if (role === wanted) state.set(join(prefix, name), tensor);
    }
    for (const [name, child] of this.namedChildren()) child.#collectState(join(prefix, name), state);
  }
}

function join(prefix: string, name: string): string {
  return prefix === "" ? name : `${prefix}.${name}`;
}

function isFloating(tensor: Tensor): boolean {
  return tensor.dtype.includes("float");
}

function sameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((size, axis) => size === b[axis]);
}

const MAX_LISTED = 5;

function list(items: readonly string[]): string {
  const hidden = items.length - MAX_LISTED;
  return items.slice(0, MAX_LISTED).join(", ") + (hidden > 0 ? ` and ${hidden} more` : "");
}

function suggest(name: string, missing: readonly string[]): string {
  const near = missing.length <= 1000 ? nearest(name, missing) : undefined;
  return near === undefined ? name : `${name} (did you mean ${near}?)`;
}

/** Copies a module's parameters and buffers by name. The copies are outside of all scopes: dispose of them when done. */
export function copyState(module: Module): Map<string, Tensor> {
  requireInstance("copyState: module", module, Module);
  return noGrad(() =>
    tidy(() => new Map(Array.from(module.stateDict(), ([name, live]) => [name, live.clone().keep()]))),
  );
}
