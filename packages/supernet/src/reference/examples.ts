import type { Recipe } from "../recipe/common.js";
import { withSettings } from "../recipes/define.js";
import { recipes } from "../recipes/index.js";

/** Settings that no built-in recipe has, with a recipe that they fit. */
const VARIANTS: readonly (readonly [recipe: string, ...settings: string[]])[] = [
  ...[
    "{kind: random, candidates: 48}",
    "{kind: regularized-evolution, candidates: 48, populationSize: 12, sample: 4, children: 4, maxTries: 10}",
    "{kind: successive-halving, candidates: 32, reduction: 2, rungs: 3}",
    "{kind: predictor, candidates: 48, initial: 12, batch: 4, pool: 100, exploration: 1}",
    "{kind: nsga2, minimize: [flops], populationSize: 12, generations: 4, crossoverProbability: 0.9, " +
      "mutationProbability: 0.1, maxTries: 10}",
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
  ["detnas-quickstart", "detector={file: my-detector.ts, settings: {channels: 64}}"],
  [
    "detnas-quickstart",
    "steps.search.latency={table: latency.json}",
    ...["", "backbone.", "detector."].flatMap((part) =>
      [
        "flops={max: 1e9}",
        "macs={max: 5e8}",
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
