import type { Layer } from "../layer/layer.js";
import { layerOf, type Part } from "../layer/part.js";
import { ChoiceTable } from "../space/choice-table.js";
import type { Subnet } from "../space/space.js";
import type { Shape } from "./shape.js";

/** Calls `visit` with the result for each part of a subnet, in order of execution. */
export type Walk<T> = (subnet: Subnet, visit: (found: T) => void) => void;

/**
 * Creates a walk through the network made of `parts`. The result for a part depends only on its choices and its input
 * shape, so it is computed once for each combination and then read from a table.
 *
 * @param input shape without batch
 * @param at computes the result for a layer and an input shape, with the output shape
 */
export function createWalk<T extends { readonly output: Shape }>(
  parts: readonly Omit<Part, "sharing">[],
  input: Shape,
  at: (layer: Layer, name: string, input: Shape) => T,
): Walk<T> {
  const tables = parts.map(() => new Map<string, Table<T>>());
  const first = tableAt(0, input);

  // One table per input shape of a part. It has an entry per choice, which links to the table of the next part.
  function tableAt(index: number, shape: Shape): Table<T> {
    const key = shape.join("x");
    const existing = tables[index]?.get(key);
    if (existing !== undefined) return existing;
    const table: Table<T> = { input: shape, entries: new ChoiceTable(parts[index]?.decisions ?? []) };
    tables[index]?.set(key, table);
    return table;
  }

  return (subnet, visit) => {
    let table = first;
    for (const [i, part] of parts.entries()) {
      const { input: shape } = table;
      const entry = table.entries.get(subnet, () => {
        const found = at(layerOf(part, subnet), part.name, shape);
        return { found, next: tableAt(i + 1, found.output) };
      });
      visit(entry.found);
      table = entry.next;
    }
  };
}

interface Table<T> {
  readonly input: Shape;
  readonly entries: ChoiceTable<{ readonly found: T; readonly next: Table<T> }>;
}
