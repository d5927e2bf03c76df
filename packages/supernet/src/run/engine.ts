import { availableParallelism } from "node:os";
import { UserError } from "@supernet/base";
import { distributed, engineInfo, setNumThreads } from "@supernet/torch";
import type { Recipe } from "../recipe/common.js";

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
