import { requireObject, requireString, UserError, withErrorPrefix } from "@supernet/base";
import {
  isMap,
  isScalar,
  isSeq,
  type Node,
  parseDocument,
  stringify,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";
import { DERIVED, mmrazorNames, renamingOf } from "./published-names.js";
import { requireSpace } from "./require.js";
import type { Space, Subnet } from "./space.js";
import { validateSubnet } from "./validate.js";

/** Maximum number of characters. Ten times what the largest space needs, and small enough to parse immediately. */
const MAX_LENGTH = 1 << 16;

/**
 * Reads a subnet from YAML or JSON that maps decisions to choices. These forms are accepted:
 *
 * - `layers.0.0: shuffle_5x5`, as `formatSubnet` writes it
 * - `backbone.layers.0.0: {chosen: shuffle_5x5}` or `stage_0_block_0: {chosen: [shuffle_5x5]}`, as in MMRazor's subnets,
 *   also inside `modules`, `mutable_cfg` or `fix_subnet`; for AutoFormer with the names of its modules, such as
 *   `backbone.mutable_embed_dims`
 * - `RETRAIN: {EMBED_DIM: 192, DEPTH: 12, NUM_HEADS: [...], MLP_RATIO: [...]}`, as in AutoFormer's repository
 * - `[0, 0, 3, ...]`, one index from 0 for each decision, as in SPOS's and DetNAS's repositories; only in spaces whose choices
 *   have names
 *
 * Aliases, tags and nested values are rejected. The syntax tree is never expanded, so hostile files are harmless.
 *
 * @example
 * const subnet = parseSubnet(space, readFileSync("subnet.yaml", "utf8"), "subnet.yaml");
 * @param source path of the file, for messages
 * @throws UserError naming the source and what is wrong with it
 */
export function parseSubnet(space: Space, text: string, source: string): Subnet {
  requireSpace("parseSubnet", space);
  requireString("parseSubnet: text", text);
  return validateSubnet(
    space,
    withErrorPrefix(source, () => readChoices(space, text)),
    source,
  );
}

/** Returns the choices in a file, by names of decisions where those are known. */
function readChoices(space: Space, text: string): Readonly<Record<string, unknown>> {
  if (text.length > MAX_LENGTH) throw new UserError("too long for a subnet file");
  // A tuple of Python, as a search prints it, is a list with other brackets.
  const root = parseRoot(/^\s*\([\d\s,]*\)\s*$/.test(text) ? text.replace("(", "[").replace(")", "]") : text);
  if (isSeq(root) && root.items.every((item) => isScalar(item) && typeof item.value === "number"))
    return byIndex(space, root);
  if (!isMap(root)) throw new UserError("a subnet file must map decisions to choices");
  const fields = decisionFields(root);
  const retrain = fields.get("RETRAIN");
  if (isMap(retrain)) return byBlock(space, uniqueFields(retrain));
  const rename = renamingOf(space, [...fields.keys()]);
  const known = new Set(space.decisions.map(({ name }) => name));
  // Report an unknown decision as unknown, whatever its value is.
  const choices = Array.from(fields, ([name, node]) => {
    const decision = rename(name);
    if (decision === DERIVED) return undefined;
    return [decision, known.has(decision) ? readChoice(name, node) : undefined] as const;
  });
  return Object.fromEntries(choices.filter((choice) => choice !== undefined));
}

/** Keys that contain the decisions of a published subnet. */
const WRAPPERS = ["modules", "mutable_cfg", "fix_subnet"];

/**
 * Returns the fields that are decisions: those inside a wrapper if there is nothing else but an empty `channels`,
 * otherwise all.
 */
function decisionFields(root: YAMLMap): Map<string, unknown> {
  const fields = uniqueFields(root);
  const { channels, ...others } = Object.fromEntries(fields);
  const empty = channels === undefined || (isScalar(channels) && channels.value === null);
  const [[wrapper, inner] = [], ...rest] = Object.entries(others);
  const isWrapped = empty && rest.length === 0 && WRAPPERS.includes(wrapper ?? "") && isMap(inner);
  return isWrapped ? uniqueFields(inner) : fields;
}

/** Formats a subnet as YAML, one decision per line in the space's order. `parseSubnet` reads it. */
export function formatSubnet(space: Space, subnet: Subnet): string {
  requireSpace("formatSubnet", space);
  requireObject("formatSubnet: subnet", subnet);
  return stringify(new Map(space.decisions.map(({ name }) => [name, subnet[name]!])), { lineWidth: 0 });
}

/**
 * Formats a subnet as MMRazor's `load_fix_subnet` reads it, for the backbone of a detector or classifier: one `{chosen:
 * ...}` for each of its mutable modules.
 * @throws UserError if MMRazor has no networks of the space
 */
export function formatSubnetForMMRazor(space: Space, subnet: Subnet): string {
  requireSpace("formatSubnetForMMRazor", space);
  requireObject("formatSubnetForMMRazor: subnet", subnet);
  const names = mmrazorNames(space);
  if (names === undefined) throw new UserError(`MMRazor has no networks of the space ${space.name}`);
  const fields = Array.from(
    names,
    ([name, decision]) =>
      [name, { chosen: typeof decision === "string" ? subnet[decision]! : decision.fixed }] as const,
  );
  return stringify(new Map(fields), { lineWidth: 0 });
}

/** Reads one index for each decision. */
function byIndex(space: Space, list: YAMLSeq): Record<string, unknown> {
  const { decisions } = space;
  if (decisions.some(({ choices }) => choices.some((choice) => typeof choice === "number")))
    throw new UserError(
      `a list of indices needs choices with names, which ${space.name} does not have: map decisions to choices`,
    );
  const indices = scalars("the list", list);
  if (indices.length !== decisions.length)
    throw new UserError(
      `the list has ${indices.length} indices, but ${space.name} has ${decisions.length} decisions, from ` +
        `${decisions[0]!.name} to ${decisions.at(-1)!.name}`,
    );
  return Object.fromEntries(
    decisions.map(({ name, choices }, i) => {
      const index = indices[i];
      const choice = Number.isSafeInteger(index) ? choices[index as number] : undefined;
      if (choice !== undefined) return [name, choice];
      const last = choices.length - 1;
      throw new UserError(
        `index ${JSON.stringify(index)?.slice(0, 60)} for ${name} is not valid: expected 0 (${choices[0]}) to ${last} (${choices[last]})`,
      );
    }),
  );
}

/** Reads the sizes of an AutoFormer by block. Blocks beyond the depth have the first choices, which are void. */
function byBlock(space: Space, fields: ReadonlyMap<string, unknown>): Record<string, unknown> {
  const known = ["EMBED_DIM", "DEPTH", "LAYER_NUM", "NUM_HEADS", "MLP_RATIO"];
  const other = [...fields.keys()].find((name) => !known.includes(name));
  if (other !== undefined)
    throw new UserError(
      `RETRAIN: unknown size ${JSON.stringify(other.slice(0, 60))}: valid: ${known.join(", ")}`,
    );
  const required = (name: string, node = fields.get(name)): unknown => {
    if (node === undefined) throw new UserError(`RETRAIN: ${name} is missing`);
    return node;
  };
  const size = (name: string, node: unknown): unknown => {
    if (isScalar(node)) return node.value;
    const all = isSeq(node) ? scalars(`RETRAIN: ${name}`, node) : [];
    if (all.length > 0 && all.every((value) => value === all[0])) return all[0];
    throw new UserError(`RETRAIN: ${name} must be one number`);
  };
  const depth = size("DEPTH", required("DEPTH", fields.get("DEPTH") ?? fields.get("LAYER_NUM")));
  const width = size("EMBED_DIM", required("EMBED_DIM"));
  const perBlock = (name: string, decision: string): [string, unknown][] => {
    const node = required(name);
    const values = isSeq(node) ? scalars(`RETRAIN: ${name}`, node) : [];
    if (values.length !== depth)
      throw new UserError(
        `RETRAIN: ${name} has ${values.length} values, but DEPTH is ${JSON.stringify(depth)}`,
      );
    const own = space.decisions.filter((own) => new RegExp(`^blocks\\.\\d+\\.${decision}$`).test(own.name));
    return [
      ...values.map((value, i): [string, unknown] => [`blocks.${i}.${decision}`, value]),
      ...own.slice(values.length).map((own): [string, unknown] => [own.name, own.choices[0]]),
    ];
  };
  return Object.fromEntries([
    ["width", width],
    ["depth", depth],
    ...perBlock("NUM_HEADS", "heads"),
    ...perBlock("MLP_RATIO", "ratio"),
  ]);
}

function scalars(what: string, { items }: YAMLSeq): unknown[] {
  if (!items.every(isScalar)) throw new UserError(`${what} must have only numbers`);
  return items.map(({ value }) => value);
}

function parseRoot(text: string): Node | null {
  let fault: unknown;
  try {
    // `uniqueFields` finds repeated keys in linear time and names the key.
    const document = parseDocument(text, { uniqueKeys: false, prettyErrors: true, logLevel: "error" });
    if (document.errors.length === 0) return document.contents;
    fault = document.errors[0];
  } catch (error) {
    fault = error;
  }
  throw new UserError(`neither YAML nor JSON: ${reasonOf(fault)}`, { cause: fault });
}

function reasonOf(fault: unknown): string {
  const message = (fault as Error).message;
  // The parser is recursive, so very deep nesting overflows its stack.
  if (message.includes("call stack")) return "nested too deeply";
  return message.split("\n")[0]!.replace(/:$/, "");
}

function uniqueFields(map: YAMLMap): Map<string, unknown> {
  const fields = new Map<string, unknown>();
  for (const { key, value } of map.items) {
    if (!isScalar(key) || !(typeof key.value === "string" || typeof key.value === "number")) {
      throw new UserError("every key must be the name of a decision, in plain text");
    }
    const name = String(key.value);
    if (fields.has(name)) throw new UserError(`${name.slice(0, 60)} occurs twice; keep one of them`);
    fields.set(name, value);
  }
  return fields;
}

function readChoice(name: string, node: unknown): unknown {
  const chosen = isMap(node) ? onlyItem(uniqueFields(node).get("chosen")) : node;
  if (isScalar(chosen)) return chosen.value;
  throw new UserError(`the value of ${name.slice(0, 60)} must be a choice, or {chosen: a choice}`);
}

/** Returns the item of a list with one item, otherwise the node itself. */
function onlyItem(node: unknown): unknown {
  return isSeq(node) && node.items.length === 1 ? node.items[0] : node;
}
