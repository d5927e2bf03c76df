import { requireFunction, requireInteger } from "@supernet/base";

/** Step that one or more subnets share. */
export interface PrefixNode<Value> {
  readonly value: Value;
  /** Next steps of these subnets, by key. */
  readonly children: ReadonlyMap<string, PrefixNode<Value>>;
  /** Indices of the subnets that end with this step. */
  readonly subnets: ReadonlySet<number>;
}

interface Node<Value> extends PrefixNode<Value> {
  readonly children: Map<string, Node<Value>>;
  readonly subnets: Set<number>;
}

/** Step of a subnet. Two subnets share it if its key, and those of all steps before it, are equal. */
export interface PrefixStep<Value> {
  readonly key: string;
  /** Creates the value of a step that no subnet has yet. */
  readonly create: () => Value;
}

/**
 * Prefix tree of what subnets compute, step by step. Each shared step has one value.
 *
 * @example
 * using tree = new PrefixTree<Tensor>((tensor) => tensor.dispose());
 * tree.add(0, [{ key: "stem", create: () => weights.clone() }]);
 */
export class PrefixTree<Value> implements Disposable {
  readonly #roots = new Map<string, Node<Value>>();
  readonly #release: (value: Value) => void;

  /** @param release frees a value that no subnet uses any more */
  constructor(release: (value: Value) => void) {
    requireFunction("PrefixTree: release", release);
    this.#release = release;
  }

  /** First steps, by key. */
  get roots(): ReadonlyMap<string, PrefixNode<Value>> {
    return this.#roots;
  }

  /** Adds a subnet. */
  add(subnet: number, steps: Iterable<PrefixStep<Value>>): void {
    requireInteger("PrefixTree.add: subnet", subnet, { min: 0 });
    let siblings = this.#roots;
    let last: Node<Value> | undefined;
    for (const { key, create } of steps) {
      last = siblings.get(key) ?? { value: create(), children: new Map(), subnets: new Set() };
      siblings.set(key, last);
      siblings = last.children;
    }
    last?.subnets.add(subnet);
  }

  /** Removes a subnet, and the steps that no other subnet has. */
  drop(subnet: number): void {
    const prune = (nodes: Map<string, Node<Value>>) => {
      for (const [key, { value, children, subnets }] of nodes) {
        prune(children);
        subnets.delete(subnet);
        if (subnets.size > 0 || children.size > 0) continue;
        this.#release(value);
        nodes.delete(key);
      }
    };
    prune(this.#roots);
  }

  /** Values of all steps, each before those that follow it. */
  *values(): Generator<Value> {
    yield* valuesOf(this.#roots);
  }

  [Symbol.dispose](): void {
    for (const value of this.values()) this.#release(value);
    this.#roots.clear();
  }
}

function* valuesOf<Value>(nodes: ReadonlyMap<string, PrefixNode<Value>>): Generator<Value> {
  for (const { value, children } of nodes.values()) {
    yield value;
    yield* valuesOf(children);
  }
}
