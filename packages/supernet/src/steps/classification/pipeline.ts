import { strategyDefinition } from "@supernet/nas";
import type { ClassificationRecipe } from "../../recipe/schema.js";
import { commonInputs, decisive } from "../common/inputs.js";
import type { Pipeline, PipelineStep } from "../pipeline.js";
import { RANKS, type StepKind } from "../step-kind.js";
import { checkSpace, searchProblem } from "./problem.js";

const kinds = {
  train: "training",
  search: "search",
  retrain: "training",
  test: "test",
} as const satisfies Readonly<Record<string, StepKind>>;

export type StepName = keyof typeof kinds;

/** A search for a classifier: the supernet is trained and searched, what is found is trained alone and tested. */
export function classificationPipeline(recipe: ClassificationRecipe): Pipeline {
  const inputs = inputsOf(recipe);
  const checkTrainingImages = async () => (await import("./check.js")).checkTrainingImages(recipe);
  const checkTestImages = async () => (await import("./check.js")).checkTestImages(recipe);
  return {
    steps: stepNames(recipe).map(
      (name): PipelineStep => ({
        name,
        kind: kinds[name],
        ranks: RANKS[kinds[name]],
        title: titleOf(recipe, name),
        inputs: () => inputs[name],
        check: name === "test" ? checkTestImages : checkTrainingImages,
        async run(run) {
          const { openContext } = await import("../common/engine.js");
          const bodies = await import("./bodies.js");
          await bodies[name](await openContext(recipe, run));
        },
      }),
    ),
    searchProblem: (space) => searchProblem(recipe, space),
    checkSpace: (space) => checkSpace(recipe, space),
  };
}

export const stepNames = ({ steps }: ClassificationRecipe): StepName[] =>
  (Object.keys(kinds) as StepName[]).filter((name) => name !== "retrain" || steps.retrain);

function titleOf({ steps }: ClassificationRecipe, name: StepName): string {
  switch (name) {
    case "train":
      return "supernet training";
    case "search":
      return `${strategyDefinition(steps.search.strategy.kind).title} by accuracy on held-out images`;
    case "retrain":
      return steps.retrain?.start === "scratch"
        ? "training the found subnet from scratch"
        : "fine-tuning the found subnet";
    case "test":
      return "test on images that no step has seen";
  }
}

/** Of each step, what its result hangs on beside the results before it. */
function inputsOf(recipe: ClassificationRecipe): Readonly<Record<StepName, unknown>> {
  const { classification, steps } = recipe;
  const { batchSize, images, randomSubnets } = steps.test;
  return {
    train: [commonInputs(recipe), classification, decisive(steps.train)],
    // Of a table of latencies it is what it says, not where it lies.
    search: { ...steps.search, latency: steps.search.latency?.content ?? steps.search.latency },
    retrain: steps.retrain && decisive(steps.retrain),
    // The report alone hangs on the sample images.
    test: [batchSize, images, randomSubnets],
  };
}
