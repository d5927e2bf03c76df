/** Prefixes that wrappers give to all names: DataParallel and averages, torch.compile, Lightning and EMA classes. */
const WRAPPERS = ["module.", "_orig_mod.", "model."];
/** Counters that averages of weights have beside them. */
const COUNTERS = ["n_averaged", "steps", "num_updates"];

/**
 * Removes the prefixes that wrappers of a network gave to all names of its state dict, such as those of
 * `module.model.stem.weight`, and the counters of averaged weights.
 */
export function unwrapNames<T>(state: ReadonlyMap<string, T>): Map<string, T> {
  let names = [...state.keys()];
  const counted = names.filter((name) => !COUNTERS.includes(name));
  if (counted.some((name) => name.includes("."))) names = counted;
  let length = 0;
  for (;;) {
    const prefix = WRAPPERS.find((wrapper) => names.every((name) => name.startsWith(wrapper, length)));
    if (prefix === undefined || names.length === 0) break;
    length += prefix.length;
  }
  return new Map(names.map((name) => [name.slice(length), state.get(name)!]));
}
