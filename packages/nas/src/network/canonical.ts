import type { Layer } from "../layer/layer.js";
import { layerOf, type Part } from "../layer/part.js";
import { ChoiceTable } from "../space/choice-table.js";
import type { Choice, Decision, Subnet } from "../space/space.js";

/**
 * Returns the function that brings subnets of a network made of `parts` into canonical form. A decision is void if its
 * first choice leaves every layer unchanged, like the kernel of a block that the chosen depth omits. Void decisions get
 * their first choice.
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
    // Resetting one decision may make another one void.
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

/** Assigns numbers to layers. Equal layers get equal numbers. */
class Interned {
  readonly #numbers = new Map<string, number>();

  number(layer: Layer): number {
    const key = JSON.stringify(layer);
    const number = this.#numbers.get(key) ?? this.#numbers.size;
    this.#numbers.set(key, number);
    return number;
  }
}
