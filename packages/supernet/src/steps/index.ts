import { availableParallelism } from "node:os";
import { engineInfo, setNumThreads } from "@supernet/torch";
import { UserError } from "@supernet/torch/errors";
import { openSpace } from "../recipe/open-space.js";
import type { Recipe } from "../recipe/schema.js";
import type { StepRun } from "../run/pipeline.js";
import { compare } from "./compare/step.js";
import type { StepContext } from "./context.js";
import { detector, finetune } from "./finetune.js";
import type { StepName } from "./plan.js";
import { pretrain, retrain } from "./pretrain.js";
import { search } from "./search.js";
import { test } from "./test.js";

const bodies: Readonly<Record<StepName, (context: StepContext) => Promise<void>>> = {
  pretrain,
  finetune,
  search,
  retrain,
  detector,
  test,
  compare,
};

/** Runs one step of the DetNAS pipeline on the engine. */
export async function runStepBody(name: StepName, run: StepRun): Promise<void> {
  const device = prepareEngine(run.recipe);
  await bodies[name]({ ...run, device, space: await openSpace(run.recipe.space) });
}

/**
 * Sets the engine up as a recipe asks.
 * @returns the device, "cpu" or "cuda:N"
 * @throws UserError where there is no such device
 */
export function prepareEngine({ device, threads }: Recipe): string {
  setNumThreads(threads || availableParallelism());
  const { cudaDevices, version } = engineInfo();
  if (device === "auto") return cudaDevices > 0 ? "cuda:0" : "cpu";
  if (device !== "cpu" && Number(device.slice("cuda:".length)) >= cudaDevices) {
    throw new UserError(
      `device: got ${device}, but libtorch ${version} sees ${cudaDevices} CUDA devices: take "auto" or "cpu"`,
    );
  }
  return device;
}
