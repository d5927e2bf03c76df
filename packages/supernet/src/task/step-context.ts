import { join } from "node:path";
import { Random, requireFunction, requireInstance, requireString, withErrorPrefix } from "@supernet/base";
import type { Subnet } from "@supernet/nas";
import { loadTensors, manualSeed, nn, tidy } from "@supernet/torch";
import { underPrefix } from "../network/load.js";
import { OWNER_KEY, type WeightsOwner } from "../network/owner.js";
import type { Recipe } from "../recipe/common.js";
import { prepareEngine } from "../run/engine.js";
import type { StepRun } from "../run/step.js";
import { saveChecksummed } from "../training/checkpoints.js";
import { canonicalSubnet, networkOfStep, networkOwner } from "./owner.js";
import { networksOf, requireStep, searchedSpace } from "./run-context.js";
import type { RunContext, StepContext } from "./task.js";

/** Opens the context of a step, which loads the engine. */
export async function openContext<R extends Recipe>(
  run: RunContext<R>,
  stepRun: StepRun,
): Promise<StepContext<R>> {
  const { recipe, task } = run;
  const space = await run.get(searchedSpace);
  const network =
    networkOfStep(run, stepRun.host.step) ??
    networksOf(run).find(({ name }) => name === task.candidates?.network);
  const owner = network && (await networkOwner(run, network));
  return { ...stepRun, run, recipe, device: prepareEngine(recipe), space, owner };
}

export const weightsIn = (folder: string): string => join(folder, "weights.safetensors");

/** Returns the path of the weights that this step, or another step, saves. */
export const weightsFile = (context: StepContext, step?: string): string => weightsIn(context.folder(step));

/**
 * Saves the weights of a step, with what they belong to. With several ranks, only rank 0 writes the file.
 * @param subnet subnet that the model is. Default: the supernet.
 * @example
 * await train(training, context.host);
 * saveWeights(context, model);
 */
export function saveWeights(context: StepContext, model: nn.Module, subnet?: Subnet): void {
  requireStep("saveWeights: context", context);
  requireInstance("saveWeights: model", model, nn.Module);
  if (context.world && !context.world.isMainRank) return;
  saveChecksummed(weightsFile(context), model.stateDict(), ownerMetadata(context, subnet));
}

/** Returns the metadata of a file with weights of a step: what they belong to. */
export function ownerMetadata(
  { owner, space }: Pick<StepContext, "owner" | "space">,
  subnet: Subnet | undefined,
): Readonly<Record<string, string>> {
  if (owner === undefined) return {};
  const own: WeightsOwner = { ...owner, subnet: subnet ? canonicalSubnet(space, subnet) : null };
  return { [OWNER_KEY]: JSON.stringify(own) };
}

/**
 * Loads the weights that an earlier step saved. With several ranks, only rank 0 does; `train` sends them to the others.
 * @param prefix prefix of the weights to load, such as "backbone."; the names in `model` are without it. Default: all
 *   weights.
 * @example
 * loadWeights(context, "train", model);
 */
export function loadWeights(context: StepContext, step: string, model: nn.Module, prefix = ""): void {
  requireStep("loadWeights: context", context);
  requireString("loadWeights: step", step);
  requireInstance("loadWeights: model", model, nn.Module);
  requireString("loadWeights: prefix", prefix);
  // Only rank 0 has the file. It sends the weights to the other ranks when the training starts.
  if (context.world && !context.world.isMainRank) return;
  const path = weightsFile(context, step);
  tidy(() => {
    const { tensors } = loadTensors(path);
    withErrorPrefix(path, () => model.loadStateDict(underPrefix(tensors, prefix)));
  });
}

/**
 * Builds a network on the step's device. Its initial weights depend only on the recipe's seed and on `step`.
 * @example
 * const model = buildSeeded(context, "train", () => new SpaceClassifier(space, classes));
 */
export function buildSeeded<M extends nn.Module>(context: StepContext, step: string, build: () => M): M {
  requireStep("buildSeeded: context", context);
  requireString("buildSeeded: step", step);
  requireFunction("buildSeeded: build", build);
  manualSeed(Random.of(context.recipe.seed, "weights", step).uint32());
  return build().to({ device: context.device });
}
