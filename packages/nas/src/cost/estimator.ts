import type { Choice, Subnet } from "../space/space.js";
import { type Cost, NOTHING, type Resources, sumCosts } from "./cost.js";
import type { Layer, Shape } from "./layers.js";

/**
 * One stretch of a network, in order of execution, whose layers are settled by few decisions.
 *
 * A size that is derived from decisions (heads x 64), or a block that the chosen depth leaves out, names every
 * decision it hangs on; `layer` is handed those alone.
 */
export interface CostPart {
  readonly name: string;
  readonly decisions: readonly string[];
  readonly layer: (choices: Subnet) => Layer;
}

export interface Estimator {
  /** Totals alone, from tables: microseconds a subnet once each part has been seen. */
  readonly measure: (subnet: Subnet) => Resources;
  /** The whole tree, module by module. */
  readonly profile: (subnet: Subnet) => Cost;
}

/** Estimates the network made of `parts` at one input shape, without batch: `[3, 224, 224]`. */
export function createEstimator(name: string, parts: readonly CostPart[], input: Shape): Estimator {
  const tables = parts.map(() => new Map<string, Table>());
  const first = tableAt(0, input);

  // A part's cost hangs on its choices and its input shape alone: one table for each such shape, and in it
  // an entry for each choice, which knows the table where the walk goes on.
  function tableAt(index: number, shape: Shape): Table {
    const key = shape.join("x");
    const existing = tables[index]?.get(key);
    if (existing !== undefined) return existing;
    const table: Table = { input: shape, entries: new Map() };
    tables[index]?.set(key, table);
    return table;
  }

  function entryAt(index: number, table: Table, subnet: Subnet): Entry {
    const part = parts[index]!;
    const key = choiceKey(part, subnet);
    const existing = table.entries.get(key);
    if (existing !== undefined) return existing;
    const { cost, output } = part.layer(choicesOf(part, subnet))(part.name, table.input);
    const entry = { cost, next: tableAt(index + 1, output) };
    table.entries.set(key, entry);
    return entry;
  }

  function* walk(subnet: Subnet): Generator<Cost> {
    let table = first;
    for (let i = 0; i < parts.length; i++) {
      const entry = entryAt(i, table, subnet);
      yield entry.cost;
      table = entry.next;
    }
  }

  return {
    measure(subnet) {
      let { params, macs, flops } = NOTHING;
      for (const cost of walk(subnet)) {
        params += cost.params;
        macs += cost.macs;
        flops += cost.flops;
      }
      return { params, macs, flops };
    },
    profile: (subnet) => sumCosts(name, [...walk(subnet)]),
  };
}

interface Table {
  readonly input: Shape;
  readonly entries: Map<Choice, Entry>;
}

interface Entry {
  readonly cost: Cost;
  readonly next: Table;
}

function choiceKey(part: CostPart, subnet: Subnet): Choice {
  const { decisions } = part;
  if (decisions.length === 1) return subnet[decisions[0]!]!;
  return decisions.length === 0 ? "" : JSON.stringify(decisions.map((decision) => subnet[decision]));
}

function choicesOf(part: CostPart, subnet: Subnet): Subnet {
  return Object.fromEntries(
    part.decisions.map((decision) => {
      const choice = subnet[decision];
      if (choice === undefined)
        throw new RangeError(`${part.name}: the subnet has no choice for ${decision}`);
      return [decision, choice];
    }),
  );
}
