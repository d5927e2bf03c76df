import { requireObject, requireString, UserError } from "@supernet/base";
import { isMap, isScalar, isSeq, type Node, parseDocument, stringify, type YAMLMap } from "yaml";
import { requireSpace } from "./require.js";
import type { Space, Subnet } from "./space.js";
import { validateSubnet } from "./validate.js";

/** Characters: ten times what the largest space needs, and little enough that any content is parsed at once. */
const LONGEST = 1 << 16;

/**
 * How published subnets spell the names of decisions, and how we do: MMRazor names a block of a backbone by the
 * module's path in the classifier or detector, versions before 1.0 by its stage and place.
 */
const SPELLINGS: readonly (readonly [theirs: RegExp, ours: string])[] = [
  [/^backbone\./, ""],
  [/^architecture\.backbone\./, ""],
  [/^stage_(\d+)_block_(\d+)$/, "layers.$1.$2"],
];

/**
 * Reads a subnet from YAML or JSON: a mapping of decision to choice, `layers.0.0: shuffle_5x5`, or one of the forms
 * in which subnets are published, `backbone.layers.0.0: {chosen: shuffle_5x5}`, `stage_0_block_0: {chosen:
 * [shuffle_5x5]}`, or all under `modules`. The syntax tree is walked, never expanded: aliases, tags and nested
 * values are refused.
 * @param source the file's path, for messages
 * @throws UserError naming the source and what is wrong with it
 */
export function parseSubnet(space: Space, text: string, source: string): Subnet {
  requireSpace("parseSubnet", space);
  requireString("parseSubnet: text", text);
  const fields = decisionFields(parseMapping(text, source), source);
  const spell = spellingOf(space, [...fields.keys()]);
  const known = new Set(space.decisions.map(({ name }) => name));
  // An unknown decision is reported as such, whatever its value is.
  const choices = Array.from(fields, ([name, node]) => {
    const decision = spell(name);
    return [decision, known.has(decision) ? readChoice(name, node, source) : undefined] as const;
  });
  return validateSubnet(space, Object.fromEntries(choices), source);
}

/** Our name of a decision by its name in a file; a file that mixes spellings is taken as it is. */
function spellingOf(space: Space, names: readonly string[]): (name: string) => string {
  const spelling = SPELLINGS.find(
    ([theirs]) =>
      names.every((name) => theirs.test(name)) && !space.decisions.some(({ name }) => theirs.test(name)),
  );
  return (name) => (spelling ? name.replace(...spelling) : name);
}

/** The fields that are decisions: all, or those under `modules` where nothing else but an empty `channels` is. */
function decisionFields(root: YAMLMap, source: string): Map<string, unknown> {
  const fields = uniqueFields(root, source);
  const { modules, channels, ...others } = Object.fromEntries(fields);
  const empty = channels === undefined || (isScalar(channels) && channels.value === null);
  return isMap(modules) && empty && Object.keys(others).length === 0 ? uniqueFields(modules, source) : fields;
}

/** A subnet as YAML, one decision a line in the space's order; `parseSubnet` reads it back. */
export function formatSubnet(space: Space, subnet: Subnet): string {
  requireSpace("formatSubnet", space);
  requireObject("formatSubnet: subnet", subnet);
  return stringify(new Map(space.decisions.map(({ name }) => [name, subnet[name]!])), { lineWidth: 0 });
}

function parseMapping(text: string, source: string): YAMLMap {
  if (text.length > LONGEST) throw new UserError(`${source}: too long for a subnet file`);
  const root = parseRoot(text, source);
  if (!isMap(root)) throw new UserError(`${source}: a subnet file is a mapping of decision to choice`);
  return root;
}

function parseRoot(text: string, source: string): Node | null {
  let fault: unknown;
  try {
    // Repeated keys are found by uniqueFields, which takes linear time and names the key.
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
  // The parser is recursive: a hostile depth of brackets ends its stack.
  if (message.includes("call stack")) return "nested too deeply";
  return message.split("\n")[0]!.replace(/:$/, "");
}

function uniqueFields(map: YAMLMap, source: string): Map<string, unknown> {
  const fields = new Map<string, unknown>();
  for (const { key, value } of map.items) {
    if (!isScalar(key) || !(typeof key.value === "string" || typeof key.value === "number")) {
      throw new UserError(`${source}: every key is the name of a decision, in plain text`);
    }
    const name = String(key.value);
    if (fields.has(name))
      throw new UserError(`${source}: ${name.slice(0, 60)} is given twice; keep one of them`);
    fields.set(name, value);
  }
  return fields;
}

function readChoice(name: string, node: unknown, source: string): unknown {
  const chosen = isMap(node) ? onlyItem(uniqueFields(node, source).get("chosen")) : node;
  if (isScalar(chosen)) return chosen.value;
  throw new UserError(`${source}: the value of ${name.slice(0, 60)} is a choice, or {chosen: a choice}`);
}

/** The one item of a list of one, else the node itself. */
function onlyItem(node: unknown): unknown {
  return isSeq(node) && node.items.length === 1 ? node.items[0] : node;
}
