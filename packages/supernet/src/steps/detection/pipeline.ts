import { requireImageSize, requireMaps, strategyDefinition } from "@supernet/nas";
import type { DetectionRecipe } from "../../recipe/schema.js";
import { checkCandidates, checkTraining } from "../common/check-training.js";
import { commonInputs, decisive } from "../common/inputs.js";
import { checkPrefilter, checkStrategy } from "../common/strategy.js";
import type { Pipeline, PipelineStep } from "../pipeline.js";
import { RANKS, type StepKind } from "../step-kind.js";
import { handMadeSubnet } from "./compare/comparison.js";
import { searchProblem } from "./problem.js";

const kinds = {
  pretrain: "training",
  finetune: "training",
  search: "search",
  retrain: "training",
  detector: "training",
  test: "test",
  compare: "comparison",
} as const satisfies Readonly<Record<string, StepKind>>;

export type StepName = keyof typeof kinds;

const titles: Readonly<Record<Exclude<StepName, "search">, string>> = {
  pretrain: "supernet pre-training for classification",
  finetune: "supernet fine-tuning inside the detector",
  retrain: "retraining the found subnet for classification",
  detector: "fine-tuning the found subnet inside the detector",
  test: "test on images that no step has seen",
  compare: "comparison with networks that are trained alike",
};

/** DetNAS: its five steps in order, the test, and the comparison where the recipe asks for it. */
export function detectionPipeline(recipe: DetectionRecipe): Pipeline {
  const { steps } = recipe;
  const inputs = inputsOf(recipe);
  const checkClassification = async () => (await import("./check.js")).checkClassification(recipe);
  const checkDetection = async () => (await import("./check.js")).checkDetection(recipe);
  return {
    steps: stepNames(recipe).map(
      (name): PipelineStep => ({
        name,
        kind: kinds[name],
        ranks: RANKS[kinds[name]],
        title:
          name === "search"
            ? `${strategyDefinition(steps.search.strategy.kind).title} by box AP`
            : titles[name],
        inputs: () => inputs[name],
        check: name === "pretrain" || name === "retrain" ? checkClassification : checkDetection,
        async run(run) {
          const { openContext } = await import("../common/engine.js");
          const bodies = await import("./bodies.js");
          await bodies[name](await openContext(recipe, run));
        },
      }),
    ),
    searchProblem: (space) => searchProblem(recipe, space),
    checkSpace(space) {
      requireMaps(space);
      requireImageSize(space, recipe.classification.imageSize, "classification.imageSize");
      for (const step of ["pretrain", "finetune", "retrain", "detector"] as const)
        checkTraining(space, step, steps[step]);
      checkCandidates(space, "pretrain", steps.pretrain);
      checkStrategy(space, steps.search.strategy);
      checkPrefilter(space, steps.search.prefilter);
      const handMade = steps.compare?.handMade ?? null;
      if (handMade !== null) handMadeSubnet(space, handMade);
    },
  };
}

export const stepNames = ({ steps }: DetectionRecipe): StepName[] =>
  (Object.keys(kinds) as StepName[]).filter((name) => name !== "compare" || steps.compare);

/** Of each step, what its result hangs on beside the results before it. */
function inputsOf(recipe: DetectionRecipe): Readonly<Record<StepName, unknown>> {
  const { classification, detection, detector, steps } = recipe;
  const { batchNorm, batchSize, images } = steps.search;
  return {
    pretrain: [commonInputs(recipe), classification, decisive(steps.pretrain)],
    // It is evaluated as the search evaluates, which tells its best weights.
    finetune: [detection, detector, decisive(steps.finetune), { batchNorm, batchSize, images }],
    // Of a table of latencies it is what it says, not where it lies.
    search: { ...steps.search, latency: steps.search.latency?.content ?? steps.search.latency },
    retrain: decisive(steps.retrain),
    detector: decisive(steps.detector),
    // The report alone hangs on the sample images.
    test: [steps.test.batchSize, steps.test.randomSubnets],
    compare: steps.compare,
  };
}
