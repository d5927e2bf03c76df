import { UserError } from "@supernet/base";
import { Inert, type Pickled } from "./pickle.js";
import { quote } from "./source.js";
import { TensorReference, UnsupportedTensor } from "./torch-pickle.js";

/** A state dict in a checkpoint. */
export interface StateDict {
  /** Its path in the saved value, such as "model"; undefined if it is the saved value. */
  readonly key: string | undefined;
  readonly tensors: Map<string, TensorReference>;
  /** Paths of the other state dicts in the checkpoint, such as "model_ema". */
  readonly otherKeys: readonly string[];
}

/** Usual keys of a network's state dict, the first one first. Others, such as those of averages, are read on request. */
const USUAL = ["state_dict", "model", "model_state_dict", "model_state", "net", "network"];
/** State of an optimizer has the shapes of weights, but is none. */
const NEVER = /optim/i;
const MAX_DEPTH = 3;
const MAX_LIST_ITEMS = 16;
/** Maximum number of parts of a key. */
const MAX_PARTS = 12;
const LISTED = 8;

/**
 * Finds the state dict in a saved value: the dictionary at `key` if specified; otherwise the only one, or the one with a
 * usual key, or the saved value itself if it has the most tensors.
 * @param key path with dots, such as "state_dict" or "ema.model"
 * @throws UserError that names the file and the state dicts that it has
 */
export function findStateDict(file: string, root: Pickled, key?: string): StateDict {
  const found = candidatesIn(root);
  if (key !== undefined) {
    const own = valueAt(root, key.split(".").slice(0, MAX_PARTS));
    const tensors = tensorsIn(own);
    if (tensors === undefined) throw refuse(file, `${quote(key)} is not a state dict`, { root, found });
    return { key, tensors: supported(file, own, tensors), otherKeys: otherKeys(found, own) };
  }
  const chosen = choose(found);
  if (chosen === undefined) {
    const what = found.length === 0 ? "it has no state dict" : "it has several state dicts";
    throw refuse(file, what, { root, found });
  }
  const { path, value, tensors } = chosen;
  return {
    key: path.length === 0 ? undefined : path.join("."),
    tensors: supported(file, value, tensors),
    otherKeys: otherKeys(found, value),
  };
}

interface Candidate {
  readonly path: readonly string[];
  readonly value: Pickled;
  readonly tensors: Map<string, TensorReference>;
}

/** Finds the dictionaries with tensors, in the order of the file, each once. */
function candidatesIn(root: Pickled): Candidate[] {
  const found: Candidate[] = [];
  const seen = new Set<Pickled>();
  const visit = (value: Pickled, path: readonly string[]): void => {
    if (seen.has(value)) return;
    const isList = Array.isArray(value);
    if (!isList && !(value instanceof Map)) return;
    seen.add(value);
    const tensors = tensorsIn(value);
    if (tensors) found.push({ path, value, tensors });
    if (path.length === MAX_DEPTH) return;
    const items = isList ? value.slice(0, MAX_LIST_ITEMS).entries() : value;
    for (const [name, item] of items) {
      if (typeof name !== "string" && !isList) continue;
      if (!NEVER.test(String(name))) visit(item, [...path, String(name)]);
    }
  };
  visit(root, []);
  return found;
}

/** Returns the tensors of a dictionary, without other values; undefined if it has none. */
function tensorsIn(value: Pickled | undefined): Map<string, TensorReference> | undefined {
  if (!(value instanceof Map)) return undefined;
  const tensors = new Map<string, TensorReference>();
  for (const [name, item] of value)
    if (typeof name === "string" && item instanceof TensorReference) tensors.set(name, item);
  return tensors.size === 0 ? undefined : tensors;
}

function choose(found: readonly Candidate[]): Candidate | undefined {
  if (found.length <= 1) return found[0];
  const [first, ...others] = found;
  const root = first!.path.length === 0 ? first : undefined;
  const nested = root ? others : found;
  // Beside a state dict, a checkpoint may have a few tensors, such as the best accuracy.
  if (root && nested.every(({ tensors }) => tensors.size < root.tensors.size)) return root;
  if (nested.length === 1) return nested[0];
  const rank = ({ path }: Candidate) => path.map((name) => USUAL.indexOf(name));
  const usual = nested.filter((candidate) => rank(candidate).every((index) => index >= 0));
  const order = (a: Candidate, b: Candidate) =>
    a.path.length - b.path.length || (rank(a)[0] ?? 0) - (rank(b)[0] ?? 0);
  return [...usual].sort(order)[0];
}

/** Returns the value at a path. A key in the file may itself contain dots. */
function valueAt(value: Pickled, parts: readonly string[]): Pickled | undefined {
  if (parts.length === 0) return value;
  if (Array.isArray(value))
    return Object.hasOwn(value, parts[0]!) ? valueAt(value[Number(parts[0])]!, parts.slice(1)) : undefined;
  if (!(value instanceof Map)) return undefined;
  for (let length = parts.length; length > 0; length--) {
    const item = value.get(parts.slice(0, length).join("."));
    const found = item === undefined ? undefined : valueAt(item, parts.slice(length));
    if (found !== undefined) return found;
  }
  return undefined;
}

const otherKeys = (found: readonly Candidate[], chosen: Pickled | undefined): string[] =>
  found.filter(({ path, value }) => path.length > 0 && value !== chosen).map(({ path }) => path.join("."));

/** @throws UserError if the dictionary has a tensor that cannot be read */
function supported<T>(file: string, dictionary: Pickled | undefined, tensors: T): T {
  if (!(dictionary instanceof Map)) return tensors;
  for (const [name, value] of dictionary)
    if (value instanceof UnsupportedTensor)
      throw new UserError(
        `cannot read ${file}: tensor ${quote(name)} is made by ${quote(value.name)}, which is not supported: ` +
          "convert it to a dense tensor of floating-point numbers or integers",
      );
  return tensors;
}

/** What a file has instead of the state dict that was looked for. */
interface Contents {
  readonly root: Pickled;
  readonly found: readonly Candidate[];
}

function refuse(file: string, what: string, { root, found }: Contents): UserError {
  if (found.length > 0) {
    const named = found
      .filter(({ path }) => path.length > 0)
      .map(({ path, tensors }) => `${shortened(path.join("."))} (${tensors.size} tensors)`);
    const remedy = named.length === 0 ? "omit key" : `select one with key: ${shortList(named)}`;
    return new UserError(`cannot read ${file}: ${what}: ${remedy}`);
  }
  const again = "save it again with torch.save(model.state_dict(), path)";
  const whole = wholeModel(root);
  if (whole !== undefined)
    return new UserError(`cannot read ${file}: ${what}, but a whole ${quote(whole)}: ${again}`);
  const keys = root instanceof Map ? [...root.keys()].filter((name) => typeof name === "string") : [];
  const listed = keys.length === 0 ? "" : `; its keys are ${shortList(keys.map(shortened))}`;
  return new UserError(`cannot read ${file}: ${what}${listed}: ${again}`);
}

/** Returns the class of a value that was saved instead of its state dict; undefined if there is none. */
function wholeModel(root: Pickled): string | undefined {
  const values = root instanceof Map ? USUAL.map((name) => root.get(name)) : [root];
  return values.find((value) => value instanceof Inert)?.name;
}

const shortened = (name: string): string => (name.length <= 60 ? name : `${name.slice(0, 60)}...`);

const shortList = (names: readonly string[]): string =>
  names.slice(0, LISTED).join(", ") + (names.length > LISTED ? `, and ${names.length - LISTED} more` : "");
