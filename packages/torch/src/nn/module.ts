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

/** A tensor that training updates. Created by {@link parameter}. */
export type Parameter = Tensor;

type Role = "parameter" | "buffer";
const roles = new WeakMap<Tensor, Role>();
const optionals = new WeakSet<Tensor>();

/**
 * Marks a leaf tensor as a module's parameter. It then requires a gradient and lives outside all scopes.
 *
 * @example
 * class Scale extends nn.Module {
 *   readonly scale = nn.parameter(ones([1]));
 *
 *   forward(x: Tensor): Tensor {
 *     return x.mul(this.scale);
 *   }
 * }
 */
export function parameter(tensor: Tensor): Parameter {
  requireInstance("parameter: tensor", tensor, Tensor);
  tensor.keep().requiresGrad = true;
  roles.set(tensor, "parameter");
  return tensor;
}

/**
 * Marks a tensor as a module's buffer: state that is saved but not trained. It lives outside all scopes.
 * @param options.optional whether it may be missing from a state dict; it then keeps its value. Default: false
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

/** Differences between the names in a state dict and in a module. */
export interface LoadReport {
  /** Names in the module that are missing from the state dict. */
  readonly missing: readonly string[];
  /** Names in the state dict that the module does not have. */
  readonly unexpected: readonly string[];
}

/**
 * Base class of all networks and layers. Parameters, buffers and child modules are the object's own properties. In the
 * state dict they are named as in PyTorch, in order of assignment. Use a `ModuleList` for a list of modules.
 * Subclasses declare `forward` with their input and output types.
 *
 * @example
 * class Net extends nn.Module {
 *   readonly conv = new nn.Conv2d(3, 8, 3, { padding: 1 });
 *   readonly fc = new nn.Linear(8, 10);
 *
 *   forward(images: Tensor): Tensor {
 *     return this.fc.forward(this.conv.forward(images).relu().mean([2, 3]));
 *   }
 * }
 */
export abstract class Module {
  /** Whether batch statistics and dropout are used. */
  training = true;

  /** Switches this module and all modules below it to training mode, or to evaluation if `mode` is false. */
  train(mode = true): this {
    requireBoolean("Module.train: mode", mode);
    this.training = mode;
    for (const [, child] of this.namedChildren()) child.train(mode);
    return this;
  }

  /** Switches this module and all modules below it to evaluation mode. */
  eval(): this {
    return this.train(false);
  }

  /** Yields the modules directly below this one, by name. */
  *namedChildren(): Generator<[string, Module]> {
    for (const [name, value] of Object.entries(this)) {
      if (value instanceof Module) yield [name, value];
    }
  }

  /** Yields this module and all modules below it by path, each once. */
  *namedModules(prefix = "", seen = new Set<Module>()): Generator<[string, Module]> {
    if (seen.has(this)) return;
    seen.add(this);
    yield [prefix, this];
    for (const [name, child] of this.namedChildren()) yield* child.namedModules(join(prefix, name), seen);
  }

  /** Yields the parameters of this module and, with `recurse`, of all modules below it by path, each once. */
  *namedParameters(prefix = "", recurse = true): Generator<[string, Parameter]> {
    yield* this.#named("parameter", prefix, recurse);
  }

  /** Returns all parameters, each once. */
  parameters(): Parameter[] {
    return Array.from(this.namedParameters(), ([, tensor]) => tensor);
  }

  /** Yields the buffers, like {@link namedParameters}. */
  *namedBuffers(prefix = "", recurse = true): Generator<[string, Tensor]> {
    yield* this.#named("buffer", prefix, recurse);
  }

  /** Returns the live parameters and buffers, with PyTorch's names and order. Copy those that must not change. */
  stateDict(): Map<string, Tensor> {
    const state = new Map<string, Tensor>();
    this.#collectState("", state);
    return state;
  }

  /**
   * Copies tensors into the parameters and buffers with the same names. If it throws, nothing is copied.
   * @param options.strict whether missing names, except optional ones, and unexpected names are errors. Default: true.
   *   Wrong shapes are always errors
   * @returns the names that differ
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
          `${name} is [${source.shape.join(", ")}], but the model has [${target.shape.join(", ")}]`,
        );
      }
    }
    if (misshapen.length > 0) problems.push(list(misshapen));
    if (problems.length > 0) {
      throw new UserError(
        `the state dict does not match the model: ${problems.join("; ")}: use a checkpoint of the same architecture`,
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
   * Moves all parameters and buffers to a device, and converts the floating-point ones to a type. This replaces the
   * tensors, so call it before you create an optimizer.
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

  /** Yields this module's own parameters and buffers. */
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

  // A shared tensor or module is listed under each of its names, as PyTorch saves it.
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

/** Copies a module's parameters and buffers by name. The copies are outside all scopes: dispose of them when done. */
export function copyState(module: Module): Map<string, Tensor> {
  requireInstance("copyState: module", module, Module);
  return noGrad(() =>
    tidy(() => new Map(Array.from(module.stateDict(), ([name, live]) => [name, live.clone().keep()]))),
  );
}
