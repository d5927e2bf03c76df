import { choicesOf, type Part } from "../layer/part.js";
import { ChoiceTable } from "../space/choice-table.js";
import type { Subnet } from "../space/space.js";
import { type Cost, NOTHING, type Resources, sumCosts } from "./cost.js";
import { estimateLayer } from "./estimate.js";
import type { Shape } from "./shape.js";

export interface Estimator {
  /** Totals alone, from tables: microseconds a subnet once each part has been seen. */
  readonly measure: (subnet: Subnet) => Resources;
  /** The whole tree, module by module. */
  readonly profile: (subnet: Subnet) => Cost;
  /** Shape of what each part puts out. */
  readonly shapes: (subnet: Subnet) => readonly Shape[];
}

/** Estimates the network made of `parts` at one input shape, without batch: `[3, 224, 224]`. */
export function createEstimator(
  name: string,
  parts: readonly Omit<Part, "sharing">[],
  input: Shape,
): Estimator {
  const tables = parts.map(() => new Map<string, Table>());
  const first = tableAt(0, input);

  // A part's cost hangs on its choices and its input shape alone: one table for each such shape, and in it
  // an entry for each choice, which knows the table where the walk goes on.
  function tableAt(index: number, shape: Shape): Table {
    const key = shape.join("x");
    const existing = tables[index]?.get(key);
    if (existing !== undefined) return existing;
    const table: Table = { input: shape, entries: new ChoiceTable(parts[index]?.decisions ?? []) };
    tables[index]?.set(key, table);
    return table;
  }

  function walk(subnet: Subnet, visit: (entry: Entry) => void): void {
    let table = first;
    for (const [i, part] of parts.entries()) {
      const { input } = table;
      const entry = table.entries.get(subnet, () => {
        const { cost, output } = estimateLayer(part.layer(choicesOf(part, subnet)), part.name, input);
        return { cost, output, next: tableAt(i + 1, output) };
      });
      visit(entry);
      table = entry.next;
    }
  }

  return {
    measure(subnet) {
      let { params, macs, flops } = NOTHING;
      walk(subnet, ({ cost }) => {
        params += cost.params;
        macs += cost.macs;
        flops += cost.flops;
      });
      return { params, macs, flops };
    },
    profile(subnet) {
      const costs: Cost[] = [];
      walk(subnet, ({ cost }) => costs.push(cost));
      return sumCosts(name, costs);
    },
    shapes(subnet) {
      const shapes: Shape[] = [];
      walk(subnet, ({ output }) => shapes.push(output));
      return shapes;
    },
  };
}

interface Table {
  readonly input: Shape;
  readonly entries: ChoiceTable<Entry>;
}

interface Entry {
  readonly cost: Cost;
  readonly output: Shape;
  readonly next: Table;
}
