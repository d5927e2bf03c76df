import { UserError } from "@supernet/torch/errors";
import { isMap, isScalar, type Node, parseDocument, stringify, type YAMLMap } from "yaml";
import type { Space, Subnet } from "./space.js";
import { validateSubnet } from "./validate.js";

/** Characters: ten times what the largest space needs, and little enough that any content is parsed at once. */
const LONGEST = 1 << 16;
const PREFIX = "backbone.";

/**
 * Reads a subnet from YAML or JSON: a mapping of decision to choice, `layers.0.0: shuffle_5x5`, or the form in
 * which subnets are published, `layers.0.0: {chosen: shuffle_5x5}`, with or without `backbone.` before every name.
 * The syntax tree is walked, never expanded: aliases, tags and nested values are refused.
 * @param source the file's path, for messages
 * @throws UserError naming the source and what is wrong with it
 */
export function parseSubnet(space: Space, text: string, source: string): Subnet {
  const fields = uniqueFields(parseMapping(text, source), source);
  const entries = [...fields].map(([name, node]) => [name, readChoice(name, node, source)] as const);
  const prefixed = entries.length > 0 && entries.every(([name]) => name.startsWith(PREFIX));
  const ours = space.decisions.some((decision) => decision.name.startsWith(PREFIX));
  const cut = prefixed && !ours ? PREFIX.length : 0;
  return validateSubnet(space, Object.fromEntries(entries.map(([name, c]) => [name.slice(cut), c])), source);
}

/** A subnet as YAML, one decision a line in the space's order; `parseSubnet` reads it back. */
export function formatSubnet(space: Space, subnet: Subnet): string {
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
  const chosen = isMap(node) ? uniqueFields(node, source).get("chosen") : node;
  if (isScalar(chosen)) return chosen.value;
  throw new UserError(`${source}: the value of ${name.slice(0, 60)} is a choice, or {chosen: a choice}`);
}
