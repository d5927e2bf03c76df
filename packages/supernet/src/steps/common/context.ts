import { join } from "node:path";
import { Random, withErrorPrefix } from "@supernet/base";
import type { NetworkSpace, Sampler } from "@supernet/nas";
import { loadTensors, manualSeed, type nn, type Tensor, tidy } from "@supernet/torch";
import type { SamplingRecipe } from "../../recipe/sampling-schema.js";
import type { Recipe } from "../../recipe/schema.js";
import type { StepRun } from "../../run/pipeline.js";
import { saveWithDigest } from "../../training/intact.js";
import { samplerOf } from "../../training/sampling.js";

/** What the steps of a recipe's pipeline share. */
export interface StepContext<R extends Recipe = Recipe> extends StepRun {
  readonly recipe: R;
  /** "cpu" or "cuda:N". */
  readonly device: string;
  /** What the recipe searches. */
  readonly space: NetworkSpace;
}

export const weightsIn = (folder: string): string => join(folder, "weights.safetensors");

/** The result of the step that a context is for, or of an earlier one. */
export const weightsFile = (context: StepContext, step?: string): string => weightsIn(context.folder(step));

/** Saves a step's result, which the first of several ranks has. */
export function saveWeights(context: StepContext, model: nn.Module): void {
  if (context.world && !context.world.isMainRank) return;
  saveWithDigest(weightsFile(context), model.stateDict());
}

/**
 * Loads what an earlier step saved.
 * @param under the part of the saved model that `model` is, such as "backbone."
 */
export function loadWeights(context: StepContext, step: string, model: nn.Module, under = ""): void {
  // The first rank, which has the file, gives its weights to all when the training begins.
  if (context.world && !context.world.isMainRank) return;
  const path = weightsFile(context, step);
  tidy(() => {
    const { tensors } = loadTensors(path);
    const own = new Map<string, Tensor>();
    for (const [name, tensor] of tensors)
      if (name.startsWith(under)) own.set(name.slice(under.length), tensor);
    withErrorPrefix(path, () => model.loadStateDict(own));
  });
}

/** Builds a network whose initial weights hang on the recipe's seed and the step alone. */
export function seeded<M extends nn.Module>(context: StepContext, step: string, build: () => M): M {
  manualSeed(Random.of(context.recipe.seed, "weights", step).uint32());
  return build().to({ device: context.device });
}

/** The subnets that each iteration of a step trains. */
export function stepSampler({ recipe, space }: StepContext, step: string, sampling: SamplingRecipe): Sampler {
  return samplerOf(space, sampling, { seed: recipe.seed, step, imageSize: recipe.classification.imageSize });
}
