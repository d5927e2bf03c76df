import { stringify } from "yaml";
import { type Recipe, recipeSchema } from "../recipe/common.js";
import { child } from "../recipe/keys.js";
import { taskSchema } from "../recipes/define.js";
import { TASKS } from "../tasks/index.js";
import { exampleRecipes } from "./examples.js";
import { alternatives, type JsonSchema, toJsonSchema } from "./json-schema.js";
import { type Kind, type RecipeKey, recipeKeys } from "./recipe-keys.js";
import { type Root, SECTIONS, type Section } from "./sections.js";

/** Keys of several tasks, steps or kinds that have the same path, type and description. */
interface Entry {
  readonly key: RecipeKey;
  readonly roots: Set<Root>;
  /** Kinds that have the key. Empty if it does not depend on a kind. */
  readonly kinds: Map<string, Kind>;
  /** Defaults, with the kinds that they are for. */
  readonly defaults: Map<string, Set<string>>;
}

/**
 * Returns the recipe reference as Markdown.
 * @throws Error if a key has no description or no section
 */
export function recipePage(): string {
  const schemas = Object.fromEntries(
    Object.values(TASKS).map(({ name, settings }) => [
      name,
      toJsonSchema(recipeSchema(taskSchema, settings)),
    ]),
  );
  const entries = SECTIONS.map((section) => sectionEntries(section, schemas));
  const undescribed = entries
    .flat()
    .flatMap(({ key }) => [
      ...(key.description ? [] : [key.path]),
      ...key.kinds.filter(({ description }) => !description).map(({ name }) => `${key.path} of kind ${name}`),
    ]);
  if (undescribed.length > 0) throw new Error(`recipe keys without a description: ${undescribed.join(", ")}`);
  const examples = exampleRecipes();
  const sections = SECTIONS.map((section, i) => sectionText(section, entries[i]!, examples));
  const contents = SECTIONS.map(({ title }) => `- [${title}](#${title.toLowerCase().replaceAll(" ", "-")})`);
  return `${INTRODUCTION}\n${stepsText(schemas)}\n\n${contents.join("\n")}\n\n${sections.join("\n")}`;
}

const INTRODUCTION = `# Recipe reference

A recipe sets everything that determines the result of a run. \`supernet recipes\` lists the built-in recipes.
Change single values of a recipe with \`--set KEY=VALUE\`, which you can repeat:

\`\`\`sh
supernet run detnas-quickstart --set seed=1 --set steps.pretrain.epochs=2
\`\`\`

- A key is a path with dots. Items of lists have numbers, from 0: \`--set space.blocks.1=3\`.
- A value is YAML: \`3\`, \`null\`, \`[3, 5]\` or \`{kind: linear}\`. Quote it for the shell if it contains spaces or brackets.
- To switch an object to another kind, set the complete object: \`--set 'steps.retrain.schedule={kind: linear}'\`.

In a YAML or JSON file, \`extends\` names the built-in recipe that the other keys are merged into:

\`\`\`yaml
extends: detnas-quickstart
name: mine
steps:
  pretrain: {epochs: 2}
\`\`\`

A recipe is complete: every key is required, except for those with a default and optional ones.
A value without effect is an error.
The examples are values of the built-in recipes, if one has the key.

## Steps

A recipe runs the steps of its task in this order.
`;

function stepsText(schemas: Readonly<Record<string, JsonSchema>>): string {
  const rows = Object.entries(schemas).flatMap(([task, schema]) =>
    Object.entries(at(schema, "steps").properties!).map(
      ([name, { description = "" }]) =>
        `| \`${task}\` | \`${name}\` | ${description.replace(/^\d+\. /, "")} |`,
    ),
  );
  return ["| Task | Step | |", "|---|---|---|", ...rows].join("\n");
}

/** Returns the schema of a section of a recipe. */
const at = (schema: JsonSchema, path: string): JsonSchema =>
  path === "" ? schema : path.split(".").reduce((inner, key) => property(inner, key), schema);

function property(schema: JsonSchema, key: string): JsonSchema {
  const found = alternatives(schema).find(({ properties }) => properties?.[key])?.properties?.[key];
  if (found === undefined)
    throw new Error(`the recipe reference has a section for ${key}, which no recipe has`);
  return found;
}

/** Lists the keys of a section in a task's recipes. */
function rootKeys(schema: JsonSchema, { path }: Root, heading: string): RecipeKey[] {
  if (path !== "") {
    const keys = [...recipeKeys({ properties: { [heading]: at(schema, path) }, required: [heading] })];
    // The table of steps has those that are a section.
    return path.startsWith("steps.") ? keys.slice(1) : keys;
  }
  const claimed = new Set(["steps", ...SECTIONS.flatMap(({ roots }) => roots.map((root) => root.path))]);
  const missing = Object.keys(at(schema, "steps").properties!).filter(
    (step) => !claimed.has(`steps.${step}`),
  );
  if (missing.length > 0) throw new Error(`the recipe reference has no section for steps.${missing.join()}`);
  const own = Object.entries(schema.properties!).filter(([name]) => !claimed.has(name));
  return [...recipeKeys({ ...schema, properties: Object.fromEntries(own) })];
}

function sectionEntries({ roots, path }: Section, schemas: Readonly<Record<string, JsonSchema>>): Entry[] {
  const entries = new Map<string, Entry>();
  for (const root of roots) {
    for (const key of rootKeys(schemas[root.task]!, root, path ?? root.path)) {
      const id = JSON.stringify([key.path, key.type, key.description]);
      const entry = entries.get(id) ?? { key, roots: new Set(), kinds: new Map(), defaults: new Map() };
      entries.set(id, entry);
      entry.roots.add(root);
      if (key.kind) entry.kinds.set(key.kind.name, key.kind);
      if (key.default === undefined) continue;
      const value = flow(key.default);
      entry.defaults.set(value, (entry.defaults.get(value) ?? new Set()).add(key.kind?.name ?? ""));
    }
  }
  // Entries with the same path follow each other.
  const paths = [...new Set([...entries.values()].map(({ key }) => key.path))];
  return paths.flatMap((each) => [...entries.values()].filter(({ key }) => key.path === each));
}

function sectionText(section: Section, entries: readonly Entry[], examples: readonly Recipe[]): string {
  const texts = entries.map((entry, i) => {
    const isFirst = entries[i - 1]?.key.path !== entry.key.path;
    const heading = isFirst ? `### \`${entry.key.path}\`\n\n` : "";
    return `${heading}${entryText(section, entry, entries, examples)}`;
  });
  return `## ${section.title}\n\n${section.introduction}\n\n${texts.join("\n")}`;
}

function entryText(
  section: Section,
  entry: Entry,
  entries: readonly Entry[],
  examples: readonly Recipe[],
): string {
  const { key, defaults } = entry;
  const example = findExample(section, entry, examples);
  const lines = [
    scopeText(section, entry, entries),
    `- Type: ${key.type}${key.optional ? " (optional)" : ""}`,
    defaults.size === 0 ? "" : `- Default: ${defaultsText(defaults)}`,
    example === undefined ? "" : `- Example: \`--set ${example}\``,
  ].filter((line) => line !== "");
  const kinds = key.kinds.map(
    ({ key: name, name: kind, description }) => `| \`${name}: ${kind}\` | ${description} |`,
  );
  const table = kinds.length === 0 ? "" : `\n| Kind | |\n|---|---|\n${kinds.join("\n")}\n`;
  return `${key.description}\n\n${lines.join("\n")}\n${table}`;
}

/** Describes the tasks, steps and kinds that have a key. Empty if all of the section have it. */
function scopeText(
  { roots, path }: Section,
  { key, roots: own, kinds }: Entry,
  entries: readonly Entry[],
): string {
  const scopes: string[] = [];
  if (own.size < roots.length) {
    const names = [...own].map((root) => (path === undefined ? root.task : root.path.split(".").at(-1)!));
    scopes.push(`${path === undefined ? "tasks" : "steps"} ${list(names)}`);
  }
  const [kind] = kinds.values();
  const all = entries.find((entry) => entry.key.path === kind?.path)?.key.kinds ?? [];
  if (kind !== undefined && kinds.size < all.length) {
    const names = [...kinds.keys()];
    const parent = key.path.startsWith(`${kind.path}.`) ? `${kind.path}.` : "";
    scopes.push(`\`${parent}${kind.key}\` ${list(names)}`);
  }
  return scopes.length === 0 ? "" : `- Only for ${scopes.join("; ")}`;
}

const list = (names: readonly string[]): string =>
  [...new Set(names)].map((name) => `\`${name}\``).join(", ");

function defaultsText(defaults: Entry["defaults"]): string {
  const texts = [...defaults].map(([value, kinds]) =>
    defaults.size === 1 ? `\`${value}\`` : `\`${value}\` (${[...kinds].join(", ")})`,
  );
  return texts.join("; ");
}

/** Maximum length of an example. */
const EXAMPLE_LENGTH = 100;

/** Returns a setting from a recipe that has the key, with a value other than null and the default if there is one. */
function findExample(
  section: Section,
  { key, roots, kinds }: Entry,
  recipes: readonly Recipe[],
): string | undefined {
  // A setting cannot change the task.
  if (key.path === "task") return undefined;
  const [kind] = kinds.values();
  const settings = recipes.flatMap((recipe) =>
    [...roots].flatMap(({ task, path }): [path: string, value: unknown][] => {
      if (recipe.task !== task) return [];
      const real = (text: string) => (section.path === undefined ? text : text.replace(section.path, path));
      if (kind !== undefined && !kinds.has(String(child(valueAt(recipe, real(kind.path)), kind.key))))
        return [];
      return [[real(key.path), valueAt(recipe, real(key.path))]];
    }),
  );
  const short = settings
    .filter(([, value]) => value !== undefined)
    .map(([path, value]) => ({ value, text: quote(`${path}=${flow(value)}`) }))
    .filter(({ text }) => text.length <= EXAMPLE_LENGTH);
  const others = short.filter(({ value }) => JSON.stringify(value) !== JSON.stringify(key.default));
  return (others.find(({ value }) => value !== null) ?? others[0])?.text;
}

const valueAt = (recipe: Recipe, path: string): unknown => path.split(".").reduce<unknown>(child, recipe);

/** Formats a value as YAML on one line. */
const flow = (value: unknown): string =>
  stringify(value, { collectionStyle: "flow", lineWidth: 0, flowCollectionPadding: false }).trim();

/** Quotes a word for the shell, if needed. */
const quote = (word: string): string =>
  /^[\w./:=+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'"'"'`)}'`;
