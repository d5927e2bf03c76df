import { requireArray, requireInstance, requireIterable, requireObject, requireString } from "@supernet/base";
import type { Tensor } from "../engine/index.js";
import { Module } from "./module.js";

/** A module from one tensor to one tensor. */
export type Layer = Module & { forward(x: Tensor): Tensor };

/** Modules called in turn, each with what the one before gave; named "0", "1", ... */
export class Sequential extends Module {
  #layers: readonly Layer[];

  constructor(...layers: readonly Layer[]) {
    super();
    requireModules("Sequential", layers);
    this.#layers = layers;
  }

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

  at(index: number): Layer | undefined {
    return this.#layers.at(index);
  }

  /** Takes other layers in place of its own; their names follow. */
  replace(layers: readonly Layer[]): void {
    requireArray("Sequential.replace: layers", layers);
    requireModules("Sequential.replace", layers);
    this.#layers = layers;
  }

  // What is between two layers is seen by nobody else, so it is released at once rather than at the scope's end:
  // the next layer then works in memory that is still in the cache. Autograd keeps what it needs itself.
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

/** Modules in a list, named "0", "1", ...; whoever holds it calls them. */
export class ModuleList<T extends Module = Module> extends Module {
  readonly #modules: T[];

  constructor(modules: Iterable<T> = []) {
    super();
    requireIterable("ModuleList: modules", modules);
    this.#modules = [...modules];
    requireModules("ModuleList", this.#modules);
  }

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

  at(index: number): T | undefined {
    return this.#modules.at(index);
  }

  push(module: T): void {
    requireInstance("ModuleList.push: module", module, Module);
    this.#modules.push(module);
  }
}

/** Modules by name; whoever holds it calls them. */
export class ModuleDict<T extends Module = Module> extends Module {
  readonly #modules = new Map<string, T>();

  /** @throws RangeError if a name has a dot, which would make the state dict's names ambiguous */
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

  get(name: string): T | undefined {
    return this.#modules.get(name);
  }

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
