import type { Layer } from "../layer/layer.js";
import { layerOf, type Part } from "../layer/part.js";
import { ChoiceTable } from "../space/choice-table.js";
import type { Choice, Decision, Subnet } from "../space/space.js";

/**
 * The canonical form of subnets of a network made of `parts`: a decision is void, and takes its first choice, where
 * that leaves every layer as it is (the kernel of a block that the chosen depth leaves out).
 */
export function canonicalForm(
  decisions: readonly Decision[],
  parts: readonly Part[],
): (subnet: Subnet) => Subnet {
  const layers = new Interned();
  const searched = parts.map((part) => ({ part, table: new ChoiceTable<number>(part.decisions) }));
  const affected = new Map(
    decisions.map(({ name }) => [name, searched.filter(({ part }) => part.decisions.includes(name))]),
  );
  const layersAt = (name: string, subnet: Subnet) =>
    affected
      .get(name)!
      .map(({ part, table }) => table.get(subnet, () => layers.number(layerOf(part, subnet))));

  return (subnet) => {
    const current: Record<string, Choice> = { ...subnet };
    // A decision may become void once another has taken its first choice.
    for (let changed = true; changed; ) {
      changed = false;
      for (const { name, choices } of decisions) {
        const chosen = current[name]!;
        if (chosen === choices[0]) continue;
        const before = layersAt(name, current);
        current[name] = choices[0]!;
        const after = layersAt(name, current);
        if (after.every((layer, i) => layer === before[i])) changed = true;
        else current[name] = chosen;
      }
    }
    return current;
  };
}

/** Numbers for layers, equal for equal layers. */
class Interned {
  readonly #numbers = new Map<string, number>();

  number(layer: Layer): number {
    const key = JSON.stringify(layer);
    const number = this.#numbers.get(key) ?? this.#numbers.size;
    this.#numbers.set(key, number);
    return number;
  }
}
