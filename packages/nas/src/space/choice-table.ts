import type { Choice, Subnet } from "./space.js";

interface Node<T> {
  value?: T;
  readonly next: Map<Choice, Node<T>>;
}

const newNode = <T>(): Node<T> => ({ next: new Map() });

/** Caches values that depend on the choices of a few decisions. Each combination is computed when first needed. */
export class ChoiceTable<T extends NonNullable<unknown>> {
  readonly #decisions: readonly string[];
  readonly #root = newNode<T>();

  constructor(decisions: readonly string[]) {
    this.#decisions = decisions;
  }

  get(subnet: Subnet, compute: () => T): T {
    let node = this.#root;
    for (const decision of this.#decisions) {
      const choice = subnet[decision]!;
      let next = node.next.get(choice);
      if (next === undefined) {
        next = newNode<T>();
        node.next.set(choice, next);
      }
      node = next;
    }
    node.value ??= compute();
    return node.value;
  }
}
