import { availableParallelism } from "node:os";
import { UserError } from "@supernet/base";
import { distributed, engineInfo, setNumThreads } from "@supernet/torch";
import { openSpace } from "../../recipe/open-space.js";
import type { Recipe } from "../../recipe/schema.js";
import type { StepRun } from "../../run/pipeline.js";
import type { StepContext } from "./context.js";

/** The context of a step that runs on the engine. */
export async function openContext<R extends Recipe>(recipe: R, run: StepRun): Promise<StepContext<R>> {
  return { ...run, recipe, device: prepareEngine(recipe), space: await openSpace(recipe.space) };
}

/** The share of the engine's threads that each of so many scorers has. */
export const threadsOf = ({ threads }: Recipe, scorers: number): number =>
  Math.max(1, Math.floor((threads || availableParallelism()) / scorers));

/**
 * Sets the engine up as a recipe asks; where several ranks are on this host, they share its cores, and with "auto" each
 * takes a GPU of its own.
 * @returns the device, "cpu" or "cuda:N"
 * @throws UserError where there is no such device
 */
export function prepareEngine({ device, threads }: Recipe): string {
  const place = distributed.readRankInfo(process.env);
  setNumThreads(threads || Math.max(1, Math.floor(availableParallelism() / (place?.localWorldSize ?? 1))));
  const { cudaDevices, version } = engineInfo();
  if (device === "auto") return cudaDevices > 0 ? `cuda:${(place?.localRank ?? 0) % cudaDevices}` : "cpu";
  if (device !== "cpu" && Number(device.slice("cuda:".length)) >= cudaDevices) {
    throw new UserError(
      `device: got ${device}, but libtorch ${version} sees ${cudaDevices} CUDA devices: take "auto" or "cpu"`,
    );
  }
  return device;
}
