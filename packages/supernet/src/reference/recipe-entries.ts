import { recipeSchema } from "../recipe/common.js";
import { taskSchema } from "../recipes/define.js";
import { TASKS } from "../tasks/index.js";
import { flow } from "./flow.js";
import { alternatives, type JsonSchema, toJsonSchema } from "./json-schema.js";
import { type Kind, type RecipeKey, recipeKeys } from "./recipe-keys.js";
import { SECTIONS, type Section } from "./sections.js";

/** A part of the recipes of a task. */
export interface Root {
  readonly task: string;
  readonly path: string;
}

/** Keys of several tasks, steps or kinds that have the same path, type and description. */
export interface Entry {
  readonly key: RecipeKey;
  /** Path of the section in the headings. */
  readonly heading: string;
  readonly roots: Set<Root>;
  /** Kinds that have the key. Empty if it does not depend on a kind. */
  readonly kinds: Map<string, Kind>;
  /** Defaults, with the kinds that they are for. */
  readonly defaults: Map<string, Set<string>>;
}

/** A section with the keys that it describes. */
export interface OpenSection extends Section {
  readonly roots: readonly Root[];
  readonly entries: readonly Entry[];
  /** Whether the roots are several steps, and not one part of several tasks. */
  readonly hasSteps: boolean;
}

/** Schemas of recipes by task. */
export type Schemas = Readonly<Record<string, JsonSchema>>;

export const recipeSchemas = (): Schemas =>
  Object.fromEntries(
    Object.values(TASKS).map(({ name, settings }) => [
      name,
      toJsonSchema(recipeSchema(taskSchema, settings)),
    ]),
  );

/**
 * Lists the keys of every section.
 * @throws Error if a step has no section
 */
export const openSections = (schemas: Schemas): OpenSection[] =>
  Object.entries(SECTIONS).map(([heading, section]) => {
    const paths = section.paths ?? [heading];
    const roots = paths.flatMap((path) =>
      Object.entries(schemas)
        .filter(([, schema]) => sectionSchema(schema, path) !== undefined)
        .map(([task]) => ({ task, path })),
    );
    return { ...section, roots, entries: mergedEntries(heading, roots, schemas), hasSteps: paths.length > 1 };
  });

/** Returns the schema at a path of a recipe; undefined if the recipe does not have it. */
export const sectionSchema = (schema: JsonSchema, path: string): JsonSchema | undefined =>
  path === "" ? schema : path.split(".").reduce<JsonSchema | undefined>(property, schema);

const property = (schema: JsonSchema | undefined, key: string): JsonSchema | undefined =>
  schema && alternatives(schema).find(({ properties }) => properties?.[key])?.properties?.[key];

function mergedEntries(heading: string, roots: readonly Root[], schemas: Schemas): Entry[] {
  const entries = new Map<string, Entry>();
  for (const root of roots) {
    for (const key of rootKeys(schemas[root.task]!, root, heading)) {
      const id = JSON.stringify([key.path, key.type, key.description]);
      const entry = entries.get(id) ?? {
        key,
        heading,
        roots: new Set(),
        kinds: new Map(),
        defaults: new Map(),
      };
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

/** Lists the keys of a section in a task's recipes. */
function rootKeys(schema: JsonSchema, { path }: Root, heading: string): RecipeKey[] {
  const claimed = new Set(Object.entries(SECTIONS).flatMap(([name, { paths }]) => paths ?? [name]));
  if (path !== "") {
    const section = sectionSchema(schema, path)!;
    const keys = [...recipeKeys({ properties: { [heading]: section }, required: [heading] })];
    const inOtherSection = (key: RecipeKey) =>
      [...claimed].some(
        (other) =>
          other.startsWith(`${path}.`) && `${path}${key.path.slice(heading.length)}`.startsWith(`${other}.`),
      );
    // Steps are described by the table of steps.
    return keys.slice(path.startsWith("steps.") ? 1 : 0).filter((key) => !inOtherSection(key));
  }
  const steps = Object.keys(sectionSchema(schema, "steps")!.properties!);
  const missing = steps.filter((step) => !claimed.has(`steps.${step}`));
  if (missing.length > 0) throw new Error(`the recipe reference has no section for steps.${missing.join()}`);
  const own = Object.entries(schema.properties!).filter(([name]) => name !== "steps" && !claimed.has(name));
  return [...recipeKeys({ ...schema, properties: Object.fromEntries(own) })];
}
