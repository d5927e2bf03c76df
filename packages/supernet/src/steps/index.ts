import { availableParallelism } from "node:os";
import { engineInfo, setNumThreads } from "@supernet/torch";
import { UserError } from "@supernet/torch/errors";
import { openSpace } from "../recipe/open-space.js";
import type { Recipe } from "../recipe/schema.js";
import type { StepRun } from "../run/pipeline.js";
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
};

/** Runs one step of the DetNAS pipeline on the engine. */
export async function runStepBody(name: StepName, run: StepRun): Promise<void> {
  setNumThreads(run.recipe.threads || availableParallelism());
  const space = await openSpace(run.recipe.space);
  await bodies[name]({ ...run, device: deviceOf(run.recipe), space });
}

function deviceOf({ device }: Recipe): string {
  const { cudaDevices, version } = engineInfo();
  if (device === "auto") return cudaDevices > 0 ? "cuda:0" : "cpu";
  if (device !== "cpu" && Number(device.slice("cuda:".length)) >= cudaDevices) {
    throw new UserError(
      `device: got ${device}, but libtorch ${version} sees ${cudaDevices} CUDA devices: take "auto" or "cpu"`,
    );
  }
  return device;
}
