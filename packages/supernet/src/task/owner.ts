import { basename } from "node:path";
import type { NetworkSpace, Subnet } from "@supernet/nas";
import type { WeightsFile } from "../network/load.js";
import { requireOwner, spaceIdentity, type WeightsOwner } from "../network/owner.js";
import { taskName } from "../recipe/common.js";
import type { WeightsSource } from "../recipe/weights.js";
import { networksOf, searchedSpace } from "./run-context.js";
import type { LoadedNetwork, RunContext, TaskNetwork } from "./task.js";

/** What the weights of a run's network belong to, besides the subnet. */
export type NetworkOwner = Omit<WeightsOwner, "subnet">;

export async function networkOwner(run: RunContext, network: TaskNetwork): Promise<NetworkOwner> {
  const trainedOn = await network.weights?.trainedOn?.(run);
  return {
    task: basename(taskName(run.recipe.task)),
    network: network.name,
    space: await spaceIdentity(run.recipe.space),
    ...(trainedOn && { trainedOn }),
  };
}

/** Returns the network whose weights a step saves; undefined if it saves none. */
export const networkOfStep = (run: RunContext, step: string): TaskNetwork | undefined =>
  networksOf(run).find(
    ({ weights }) =>
      weights &&
      weights.contained !== true &&
      [...weights.subnetSteps, ...weights.supernetSteps].includes(step),
  );

/** Returns the form of a subnet in which the same networks have the same choices. */
export const canonicalSubnet = (space: NetworkSpace, subnet: Subnet): Subnet =>
  space.canonical?.(subnet) ?? subnet;

/**
 * Builds a network of a run with the weights of a file: a subnet, or the supernet by default.
 * @throws UserError if the file is missing or damaged, or its weights belong to another network
 */
export async function openNetwork(
  run: RunContext,
  network: TaskNetwork,
  { source, subnet }: { readonly source: WeightsSource; readonly subnet?: Subnet | undefined },
): Promise<LoadedNetwork> {
  const { openWeightsFile } = await import("../network/load.js");
  const file = openWeightsFile(source, await run.get(searchedSpace));
  await requireOwnerOf(run, network, { file, subnet });
  return network.weights!.load(run, file, subnet);
}

/**
 * Checks that the weights of a file belong to a network of a run.
 * @throws UserError that names the first difference
 */
export async function requireOwnerOf(
  run: RunContext,
  network: TaskNetwork,
  { file, subnet }: { readonly file: WeightsFile; readonly subnet: Subnet | undefined },
): Promise<void> {
  if (file.owner === undefined) return;
  const { network: name, space, trainedOn } = await networkOwner(run, network);
  const searched = await run.get(searchedSpace);
  requireOwner(
    file.owner,
    {
      // A backbone is also read from the larger networks that contain it.
      ...(network.weights?.contained !== true && { network: name }),
      space,
      subnet: subnet === undefined ? null : canonicalSubnet(searched, subnet),
      trainedOn,
    },
    file.path,
  );
}
