import type { NetworkSpace, SearchProblem } from "@supernet/nas";
import type { Recipe } from "../recipe/schema.js";
import type { Step } from "../run/step.js";
import { classificationPipeline } from "./classification/pipeline.js";
import { detectionPipeline } from "./detection/pipeline.js";
import type { StepKind } from "./step-kind.js";

export interface PipelineStep extends Step {
  readonly kind: StepKind;
}

/** What a recipe's task makes of it. Its steps are known without the engine, which loads when the first one runs. */
export interface Pipeline {
  /** In their order. */
  readonly steps: readonly PipelineStep[];
  /**
   * What is searched, and under which constraints.
   * @throws UserError where that hangs on data which is not there
   */
  searchProblem(space: NetworkSpace): Promise<SearchProblem>;
  /** @throws UserError where a setting is at odds with the space that is searched */
  checkSpace(space: NetworkSpace): void;
}

export function pipelineOf(recipe: Recipe): Pipeline {
  switch (recipe.task) {
    case "detection":
      return detectionPipeline(recipe);
    case "classification":
      return classificationPipeline(recipe);
  }
}
