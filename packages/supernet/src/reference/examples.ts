import { child } from "@supernet/base";
import type { Recipe } from "../recipe/common.js";
import { withSettings } from "../recipes/define.js";
import { recipes } from "../recipes/index.js";
import { flow } from "./flow.js";
import type { Entry } from "./recipe-entries.js";

/** Settings that no built-in recipe has, with a recipe that they fit. */
const VARIANTS: readonly (readonly [recipe: string, ...settings: string[]])[] = [
  ...[
    "{kind: random, candidates: 48}",
    "{kind: regularized-evolution, candidates: 48, populationSize: 12, sample: 4, children: 4, maxTries: 10}",
    "{kind: successive-halving, candidates: 32, reduction: 2, rungs: 3}",
    "{kind: predictor, candidates: 48, initial: 12, batch: 4, pool: 100, exploration: 1}",
    "{kind: nsga2, minimize: [flops], populationSize: 12, generations: 4, crossoverProbability: 0.9, " +
      "mutationProbability: 0.1, maxTries: 10}",
    "{kind: predictor-front, minimize: [flops], candidates: 48, initial: 12, batch: 4, pool: 1000, exploration: 1}",
    "{kind: random, candidates: 48, refinement: {candidates: 12, batch: 4}}",
    "{file: my-strategy.ts, settings: {candidates: 48}}",
  ].map((strategy) => ["mixed-quickstart", `steps.search.strategy=${strategy}`] as const),
  [
    "mixed-quickstart",
    "steps.search.prefilter={score: zen, draws: 4}",
    "steps.search.earlyStop={risk: 0.05}",
  ],
  ["mixed-quickstart", "space={file: my-space.ts}"],
  [
    "autoformer-photographs",
    "classification.augmentation.policy={kind: auto-augment, learnedOn: imagenet}",
    "classification.augmentation.mix={kind: mixup, alpha: 0.2}",
  ],
  [
    "detnas-quickstart",
    "detector={kind: fcos, pyramid: {strides: [8, 16, 32, 64, 128], channels: 64, norm: none, " +
      "extraLevels: conv-on-output}, head: {convs: [64, 64], norm: group, prior: 0.01, " +
      "focal: {gamma: 2, alpha: 0.25}, radius: 1.5}, preNms: 1000, scoreThreshold: 0.05, nms: 0.6, " +
      "detectionsPerImage: 100}",
  ],
  ["detnas-quickstart", "detector={file: my-detector.ts, settings: {channels: 64}}"],
  [
    "detnas-quickstart",
    "steps.search.latency={table: latency.json}",
    ...["", "backbone.", "detector."].flatMap((part) =>
      [
        "flops={max: 1e9}",
        "macs={max: 5e8}",
        "operations={max: 2e9}",
        "params={min: 1e6, max: 4e6}",
        "activations={max: 5e6}",
        "memory={max: 3e7}",
        "latency={max: 20}",
      ].map((limit) => `steps.search.constraints.${part}${limit}`),
    ),
  ],
];

const FIRST = [
  "detnas-quickstart",
  "mixed-quickstart",
  "autoformer-quickstart",
  "detnas-retinanet-quickstart",
];

/** Returns recipes whose values are examples in the reference, the most important first. */
export function exampleRecipes(): Recipe[] {
  const first = FIRST.map((name) => recipes[name]!);
  const others = Object.values(recipes).filter(({ name }) => !FIRST.includes(name));
  const variants = VARIANTS.map(([name, ...settings]) => withSettings(recipes[name]!, settings));
  return [...first, ...others, ...variants];
}

/** Maximum length of an example. */
const EXAMPLE_LENGTH = 100;

/** Returns a setting from a recipe that has the key, with a value other than null and the default if there is one. */
export function findExample(
  { key, heading, roots, kinds }: Entry,
  examples: readonly Recipe[],
): string | undefined {
  // A setting cannot change the task.
  if (key.path === "task") return undefined;
  const [kind] = kinds.values();
  const settings = examples.flatMap((recipe) =>
    [...roots].flatMap(({ task, path }): [path: string, value: unknown][] => {
      if (recipe.task !== task) return [];
      const real = (text: string) => path + text.slice(heading.length);
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

/** Quotes a word for the shell, if needed. */
const quote = (word: string): string =>
  /^[\w./:=+-]+$/.test(word) ? word : `'${word.replaceAll("'", `'"'"'`)}'`;
