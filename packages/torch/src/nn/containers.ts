import { requireArray, requireInstance, requireIterable, requireObject, requireString } from "@supernet/base";
import type { Tensor } from "../engine/index.js";
import { Module } from "./module.js";

/** Module with one input tensor and one output tensor. */
export type Layer = Module & { forward(x: Tensor): Tensor };

/**
 * Chain of modules, each called with the output of the previous one. Names are "0", "1", ...
 *
 * @example
 * const model = new nn.Sequential(new nn.Linear(784, 128), new nn.ReLU(), new nn.Linear(128, 10));
 * const scores = model.forward(images); // [N, 784] to [N, 10]
 */
export class Sequential extends Module {
  #layers: readonly Layer[];

  constructor(...layers: readonly Layer[]) {
    super();
    requireModules("Sequential", layers);
    this.#layers = layers;
  }

  /** Number of layers. */
  get length(): number {
    return this.#layers.length;
  }

  override *namedChildren(): Generator<[string, Module]> {
    yield* numbered(this.#layers);
    yield* super.namedChildren();
  }

  [Symbol.iterator](): Iterator<Layer> {
    return this.#layers[Symbol.iterator]();
  }

  /** Returns a layer; negative indices count from the end. */
  at(index: number): Layer | undefined {
    return this.#layers.at(index);
  }

  /** Replaces all layers. Their names start again at "0". */
  replace(layers: readonly Layer[]): void {
    requireArray("Sequential.replace: layers", layers);
    requireModules("Sequential.replace", layers);
    this.#layers = layers;
  }

  // Intermediate results are visible only here, so they are released immediately instead of at the end of the scope.
  // The next layer then uses memory that is still in the cache. Autograd keeps the tensors that it needs.
  forward(x: Tensor): Tensor {
    let y = x;
    for (const layer of this.#layers) {
      const next = layer.forward(y);
      if (y !== x && y !== next && !y.kept) y.dispose();
      y = next;
    }
    return y;
  }
}

/** List of modules, named "0", "1", ... The module that contains the list calls them. */
export class ModuleList<T extends Module = Module> extends Module {
  readonly #modules: T[];

  constructor(modules: Iterable<T> = []) {
    super();
    requireIterable("ModuleList: modules", modules);
    this.#modules = [...modules];
    requireModules("ModuleList", this.#modules);
  }

  /** Number of modules. */
  get length(): number {
    return this.#modules.length;
  }

  override *namedChildren(): Generator<[string, Module]> {
    yield* numbered(this.#modules);
    yield* super.namedChildren();
  }

  [Symbol.iterator](): Iterator<T> {
    return this.#modules[Symbol.iterator]();
  }

  /** Returns a module; negative indices count from the end. */
  at(index: number): T | undefined {
    return this.#modules.at(index);
  }

  /** Appends a module. */
  push(module: T): void {
    requireInstance("ModuleList.push: module", module, Module);
    this.#modules.push(module);
  }
}

/** Modules by name. The module that contains the dictionary calls them. */
export class ModuleDict<T extends Module = Module> extends Module {
  readonly #modules = new Map<string, T>();

  /** @throws RangeError if a name contains a dot, which would make the names in the state dict ambiguous */
  constructor(modules: Readonly<Record<string, T>> | Iterable<readonly [string, T]> = {}) {
    super();
    if (!Array.isArray(modules)) requireObject("ModuleDict: modules", modules);
    const entries = Symbol.iterator in modules ? modules : Object.entries(modules);
    for (const [name, module] of entries as Iterable<readonly [string, T]>) this.set(name, module);
  }

  override *namedChildren(): Generator<[string, Module]> {
    yield* this.#modules;
    yield* super.namedChildren();
  }

  [Symbol.iterator](): Iterator<[string, T]> {
    return this.#modules[Symbol.iterator]();
  }

  /** Returns the module with a name, or undefined if there is none. */
  get(name: string): T | undefined {
    return this.#modules.get(name);
  }

  /**
   * Adds a module, or replaces the one with the same name.
   * @throws RangeError if the name is empty or contains a dot
   */
  set(name: string, module: T): void {
    requireString("ModuleDict: the name of a module", name);
    if (name === "" || name.includes("."))
      throw new RangeError(`ModuleDict: a module cannot be named ${JSON.stringify(name)}`);
    requireInstance(`ModuleDict: module ${name}`, module, Module);
    this.#modules.set(name, module);
  }
}

function* numbered(modules: readonly Module[]): Generator<[string, Module]> {
  for (const [index, module] of modules.entries()) yield [String(index), module];
}

function requireModules(name: string, modules: readonly Module[]): void {
  for (const [index, module] of modules.entries())
    requireInstance(`${name}: module ${index}`, module, Module);
}
