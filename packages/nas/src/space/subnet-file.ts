import { requireObject, requireString, UserError } from "@supernet/base";
import { isMap, isScalar, isSeq, type Node, parseDocument, stringify, type YAMLMap } from "yaml";
import { requireSpace } from "./require.js";
import type { Space, Subnet } from "./space.js";
import { validateSubnet } from "./validate.js";

/** Maximum number of characters. Ten times what the largest space needs, and small enough to parse immediately. */
const MAX_LENGTH = 1 << 16;
/** The same for a list of subnets. */
const MAX_LIST_LENGTH = 1 << 22;

/**
 * Names of decisions in published subnets, and in supernet. MMRazor names a block of a backbone by its module's path in
 * the classifier or detector. Versions before 1.0 name it by its stage and index.
 */
const SPELLINGS: readonly (readonly [published: RegExp, name: string])[] = [
  [/^backbone\./, ""],
  [/^architecture\.backbone\./, ""],
  [/^stage_(\d+)_block_(\d+)$/, "layers.$1.$2"],
];

/**
 * Reads a subnet from YAML or JSON that maps decisions to choices. These forms are accepted:
 *
 * - `layers.0.0: shuffle_5x5`, as `formatSubnet` writes it
 * - `backbone.layers.0.0: {chosen: shuffle_5x5}` or `stage_0_block_0: {chosen: [shuffle_5x5]}`, as in published subnets
 * - any of these inside `modules`
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
  return subnetOf(space, parseMapping(text, source), source);
}

function subnetOf(space: Space, root: YAMLMap, source: string): Subnet {
  const fields = decisionFields(root, source);
  const spell = spellingOf(space, [...fields.keys()]);
  const known = new Set(space.decisions.map(({ name }) => name));
  // Report an unknown decision as unknown, whatever its value is.
  const choices = Array.from(fields, ([name, node]) => {
    const decision = spell(name);
    return [decision, known.has(decision) ? readChoice(name, node, source) : undefined] as const;
  });
  return validateSubnet(space, Object.fromEntries(choices), source);
}

/**
 * Reads a YAML or JSON file with a list of subnets, each in a form that {@link parseSubnet} accepts, or a single one.
 *
 * @param source path of the file, for messages
 * @throws UserError naming the source, the number of the subnet and what is wrong with it
 */
export function parseSubnets(space: Space, text: string, source: string): Subnet[] {
  requireSpace("parseSubnets", space);
  requireString("parseSubnets: text", text);
  if (text.length > MAX_LIST_LENGTH) throw new UserError(`${source}: too long for a list of subnets`);
  const root = parseRoot(text, source);
  if (!isSeq(root)) return [parseSubnet(space, text, source)];
  if (root.items.length === 0) throw new UserError(`${source}: the list is empty: add a subnet`);
  return root.items.map((item, i) => {
    const own = `${source}: subnet ${i + 1}`;
    if (!isMap(item)) throw new UserError(`${own} must map decisions to choices`);
    return subnetOf(space, item, own);
  });
}

/**
 * Returns a function that converts names in a file to names of decisions. Files with mixed spellings stay as they are.
 */
function spellingOf(space: Space, names: readonly string[]): (name: string) => string {
  const spelling = SPELLINGS.find(
    ([published]) =>
      names.every((name) => published.test(name)) &&
      !space.decisions.some(({ name }) => published.test(name)),
  );
  return (name) => (spelling ? name.replace(...spelling) : name);
}

/**
 * Returns the fields that are decisions: those inside `modules` if there is nothing else but an empty `channels`,
 * otherwise all.
 */
function decisionFields(root: YAMLMap, source: string): Map<string, unknown> {
  const fields = uniqueFields(root, source);
  const { modules, channels, ...others } = Object.fromEntries(fields);
  const empty = channels === undefined || (isScalar(channels) && channels.value === null);
  return isMap(modules) && empty && Object.keys(others).length === 0 ? uniqueFields(modules, source) : fields;
}

/** Formats a subnet as YAML, one decision per line in the space's order. `parseSubnet` reads it. */
export function formatSubnet(space: Space, subnet: Subnet): string {
  requireSpace("formatSubnet", space);
  requireObject("formatSubnet: subnet", subnet);
  return stringify(new Map(space.decisions.map(({ name }) => [name, subnet[name]!])), { lineWidth: 0 });
}

function parseMapping(text: string, source: string): YAMLMap {
  if (text.length > MAX_LENGTH) throw new UserError(`${source}: too long for a subnet file`);
  const root = parseRoot(text, source);
  if (!isMap(root)) throw new UserError(`${source}: a subnet file must map decisions to choices`);
  return root;
}

function parseRoot(text: string, source: string): Node | null {
  let fault: unknown;
  try {
    // `uniqueFields` finds repeated keys in linear time and names the key.
    const document = parseDocument(text, { uniqueKeys: false, prettyErrors: true, logLevel: "error" });
    if (document.errors.length === 0) return document.contents;
    fault = document.errors[0];
  } catch (error) {
    fault = error;
  }
  throw new UserError(`${source}: neither YAML nor JSON: ${reasonOf(fault)}`, { cause: fault });
}

function reasonOf(fault: unknown): string {
  const message = (fault as Error).message;
  // The parser is recursive, so very deep nesting overflows its stack.
  if (message.includes("call stack")) return "nested too deeply";
  return message.split("\n")[0]!.replace(/:$/, "");
}

function uniqueFields(map: YAMLMap, source: string): Map<string, unknown> {
  const fields = new Map<string, unknown>();
  for (const { key, value } of map.items) {
    if (!isScalar(key) || !(typeof key.value === "string" || typeof key.value === "number")) {
      throw new UserError(`${source}: every key must be the name of a decision, in plain text`);
    }
    const name = String(key.value);
    if (fields.has(name))
      throw new UserError(`${source}: ${name.slice(0, 60)} occurs twice; keep one of them`);
    fields.set(name, value);
  }
  return fields;
}

function readChoice(name: string, node: unknown, source: string): unknown {
  const chosen = isMap(node) ? onlyItem(uniqueFields(node, source).get("chosen")) : node;
  if (isScalar(chosen)) return chosen.value;
  throw new UserError(`${source}: the value of ${name.slice(0, 60)} must be a choice, or {chosen: a choice}`);
}

/** Returns the item of a list with one item, otherwise the node itself. */
function onlyItem(node: unknown): unknown {
  return isSeq(node) && node.items.length === 1 ? node.items[0] : node;
}
