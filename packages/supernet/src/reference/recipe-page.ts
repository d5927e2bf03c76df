import type { Recipe } from "../recipe/common.js";
import { exampleRecipes, findExample } from "./examples.js";
import {
  type Entry,
  type OpenSection,
  openSections,
  recipeSchemas,
  type Schemas,
  sectionSchema,
} from "./recipe-entries.js";

/**
 * Returns the recipe reference as Markdown.
 * @throws Error if a key has no description or no section
 */
export function recipePage(): string {
  const schemas = recipeSchemas();
  const sections = openSections(schemas);
  const undescribed = sections
    .flatMap(({ entries }) => entries)
    .flatMap(({ key }) => [
      ...(key.description ? [] : [key.path]),
      ...key.kinds.filter(({ description }) => !description).map(({ name }) => `${key.path} of kind ${name}`),
    ]);
  if (undescribed.length > 0) throw new Error(`recipe keys without a description: ${undescribed.join(", ")}`);
  const examples = exampleRecipes();
  const contents = sections.map(({ title }) => `- [${title}](#${title.toLowerCase().replaceAll(" ", "-")})`);
  const texts = sections.map((section) => sectionText(section, examples));
  return `${INTRODUCTION}\n${stepsText(schemas)}\n\n${contents.join("\n")}\n\n${texts.join("\n")}`;
}

const INTRODUCTION = `# Recipe reference

A recipe sets everything that determines the result of a run. \`supernet recipes\` lists the built-in recipes,
and \`supernet recipes NAME\` prints one.
Change single values of a recipe with \`--set KEY=VALUE\`, which you can repeat:

\`\`\`sh
supernet run detnas-quickstart --set seed=1 --set steps.search.images=50
\`\`\`

- A key is a path with dots. Items of lists have numbers, from 0: \`--set space.blocks.1=3\`.
- A value is YAML: \`3\`, \`null\`, \`[3, 5]\` or \`{kind: linear}\`. Quote it for the shell if it contains spaces or brackets.
- Another \`kind\`, \`mode\`, \`name\` or \`file\` of an object removes its other keys. Set those of the new kind too, or set
  the complete object: \`--set 'steps.retrain.schedule={kind: linear}'\`.

In a YAML or JSON file, \`extends\` names the built-in recipe that the other keys are merged into:

\`\`\`yaml
extends: detnas-quickstart
name: mine
steps:
  pretrain: {epochs: 0.5}
\`\`\`

A recipe is complete: every key is required, except for those with a default and optional ones.
A value without effect is an error.
The examples are values of the built-in recipes, if one has the key.

## Steps

A recipe runs the steps of its task in this order.
`;

function stepsText(schemas: Schemas): string {
  const rows = Object.entries(schemas).flatMap(([task, schema]) =>
    Object.entries(sectionSchema(schema, "steps")!.properties!).map(
      ([name, { description = "" }]) =>
        `| \`${task}\` | \`${name}\` | ${description.replace(/^\d+\. /, "")} |`,
    ),
  );
  return ["| Task | Step | |", "|---|---|---|", ...rows].join("\n");
}

function sectionText(section: OpenSection, examples: readonly Recipe[]): string {
  const { title, introduction, entries } = section;
  const texts = entries.map((entry, i) => {
    const isFirst = entries[i - 1]?.key.path !== entry.key.path;
    const heading = isFirst ? `### \`${entry.key.path}\`\n\n` : "";
    return `${heading}${entryText(section, entry, examples)}`;
  });
  return `## ${title}\n\n${introduction}\n\n${texts.join("\n")}`;
}

function entryText(section: OpenSection, entry: Entry, examples: readonly Recipe[]): string {
  const { key, defaults } = entry;
  const example = findExample(entry, examples);
  const lines = [
    scopeText(section, entry),
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
function scopeText({ roots, entries, hasSteps }: OpenSection, { key, roots: own, kinds }: Entry): string {
  const scopes: string[] = [];
  if (own.size < roots.length) {
    const names = [...own].map((root) => (hasSteps ? root.path.replace("steps.", "") : root.task));
    scopes.push(`${hasSteps ? "steps" : "tasks"} ${list(names)}`);
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
