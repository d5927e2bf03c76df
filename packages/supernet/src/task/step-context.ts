import { join } from "node:path";
import { Random, requireFunction, requireInstance, requireString, withErrorPrefix } from "@supernet/base";
import { loadTensors, manualSeed, nn, tidy } from "@supernet/torch";
import { underPrefix } from "../network/load.js";
import type { Recipe } from "../recipe/common.js";
import { prepareEngine } from "../run/engine.js";
import type { StepRun } from "../run/step.js";
import { saveChecksummed } from "../training/checkpoints.js";
import { requireStep, searchedSpace } from "./run-context.js";
import type { RunContext, StepContext } from "./task.js";

/** Opens the context of a step that runs on the engine. */
export async function openContext<R extends Recipe>(
  run: RunContext<R>,
  stepRun: StepRun,
): Promise<StepContext<R>> {
  const { recipe } = run;
  return { ...stepRun, run, recipe, device: prepareEngine(recipe), space: await run.get(searchedSpace) };
}

export const weightsIn = (folder: string): string => join(folder, "weights.safetensors");

/** The result of the step that a context is for, or of an earlier one. */
export const weightsFile = (context: StepContext, step?: string): string => weightsIn(context.folder(step));

/** Saves a step's result, which the first of several ranks has. */
export function saveWeights(context: StepContext, model: nn.Module): void {
  requireStep("saveWeights: context", context);
  requireInstance("saveWeights: model", model, nn.Module);
  if (context.world && !context.world.isMainRank) return;
  saveChecksummed(weightsFile(context), model.stateDict());
}

/**
 * Loads what an earlier step saved.
 * @param prefix the part of the saved model that `model` is, such as "backbone."
 */
export function loadWeights(context: StepContext, step: string, model: nn.Module, prefix = ""): void {
  requireStep("loadWeights: context", context);
  requireString("loadWeights: step", step);
  requireInstance("loadWeights: model", model, nn.Module);
  requireString("loadWeights: prefix", prefix);
  // The first rank, which has the file, gives its weights to all when the training begins.
  if (context.world && !context.world.isMainRank) return;
  const path = weightsFile(context, step);
  tidy(() => {
    const { tensors } = loadTensors(path);
    withErrorPrefix(path, () => model.loadStateDict(underPrefix(tensors, prefix)));
  });
}

/** Builds a network whose initial weights depend only on the recipe's seed and the step. */
export function buildSeeded<M extends nn.Module>(context: StepContext, step: string, build: () => M): M {
  requireStep("buildSeeded: context", context);
  requireString("buildSeeded: step", step);
  requireFunction("buildSeeded: build", build);
  manualSeed(Random.of(context.recipe.seed, "weights", step).uint32());
  return build().to({ device: context.device });
}
