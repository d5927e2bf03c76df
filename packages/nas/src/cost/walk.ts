import type { Layer } from "../layer/layer.js";
import { layerOf, type Part } from "../layer/part.js";
import { ChoiceTable } from "../space/choice-table.js";
import type { Subnet } from "../space/space.js";
import type { Shape } from "./shape.js";

/** Shows what stands at each part of a subnet, in order of execution. */
export type Walk<T> = (subnet: Subnet, visit: (found: T) => void) => void;

/**
 * A walk through the network made of `parts`, from tables: what a part comes to depends on its choices and its input
 * shape alone, so that it is settled once for each of them.
 * @param input shape without batch
 * @param at settles what stands at a part, and its output shape, for a layer and an input shape
 */
export function createWalk<T extends { readonly output: Shape }>(
  parts: readonly Omit<Part, "sharing">[],
  input: Shape,
  at: (layer: Layer, name: string, input: Shape) => T,
): Walk<T> {
  const tables = parts.map(() => new Map<string, Table<T>>());
  const first = tableAt(0, input);

  // One table for each input shape of a part, and in it an entry for each choice, which knows the table where the
  // walk goes on.
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
