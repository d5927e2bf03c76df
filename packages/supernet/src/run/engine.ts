import { availableParallelism } from "node:os";
import { UserError } from "@supernet/base";
import { distributed, engineInfo, setNumThreads } from "@supernet/torch";
import type { Recipe } from "../recipe/common.js";

/** Returns the number of engine threads for each of `scorers` scorers. */
export const threadsOf = ({ threads }: Recipe, scorers: number): number =>
  Math.max(1, Math.floor((threads || availableParallelism()) / scorers));

/**
 * Sets the engine's number of threads and chooses the device. Several ranks on one host share its cores, and with the
 * device "auto" they are spread over its GPUs.
 * @returns the device, "cpu" or "cuda:N"
 * @throws UserError if the recipe's device does not exist
 */
export function prepareEngine({ device, threads }: Recipe): string {
  const rankInfo = distributed.readRankInfo(process.env);
  setNumThreads(threads || Math.max(1, Math.floor(availableParallelism() / (rankInfo?.localWorldSize ?? 1))));
  const { cudaDevices, version } = engineInfo();
  if (device === "auto") return cudaDevices > 0 ? `cuda:${(rankInfo?.localRank ?? 0) % cudaDevices}` : "cpu";
  if (device !== "cpu" && Number(device.slice("cuda:".length)) >= cudaDevices) {
    throw new UserError(
      `device: got ${device}, but libtorch ${version} sees ${cudaDevices} CUDA devices: use "auto" or "cpu"`,
    );
  }
  return device;
}
