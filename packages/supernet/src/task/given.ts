// What a run reads from files instead of running the steps that would make it.
import { UserError, writeFileAtomic } from "@supernet/base";
import { formatSubnet, parseSubnet, type Subnet } from "@supernet/nas";
import { activeStateDict, disposeModule } from "@supernet/nas/supernet";
import type { Tensor } from "@supernet/torch";
import { openWeightsFile, type WeightsFile } from "../network/load.js";
import { readSubnetFile, subnetIn } from "../network/subnet-file.js";
import type { StartRecipe } from "../recipe/start.js";
import type { WeightsSource } from "../recipe/weights.js";
import { saveChecksummed } from "../training/checkpoints.js";
import { requireOwnerOf } from "./owner.js";
import { ownerMetadata, weightsFile } from "./step-context.js";
import type { RunContext, StepContext, TaskNetwork } from "./task.js";

/**
 * Takes the subnet of a run from its file, or from what the weights belong to.
 * @throws UserError if the file has no subnet of the space, or the weights are not of a subnet
 */
export async function takeSubnet(
  context: StepContext,
  { subnet: path, weights }: StartRecipe,
): Promise<void> {
  const { space } = context;
  const subnet = path === undefined ? ownSubnet(context, weights!) : readSubnetFile(space, path);
  for (const folder of [context.folder(), context.root])
    writeFileAtomic(subnetIn(folder), formatSubnet(space, subnet));
}

function ownSubnet({ space }: StepContext, source: WeightsSource): Subnet {
  const { owner } = openWeightsFile(source);
  if (owner?.subnet) return parseSubnet(space, JSON.stringify(owner.subnet), source.file);
  throw new UserError(
    `${source.file}: ${owner ? "these are weights of a supernet" : "the file does not say which subnet it is"}: ` +
      "add --subnet FILE",
  );
}

/**
 * Takes the weights of a step from a file. If the step leaves a subnet and the file has a supernet, the subnet gets its
 * share of the supernet's weights, with batch-norm statistics of its own.
 * @throws UserError if the weights belong to another network
 */
export async function takeWeights(
  context: StepContext,
  network: TaskNetwork,
  source: WeightsSource,
): Promise<void> {
  const { device, host, run, space, log } = context;
  const file = openWeightsFile(source);
  if (file.note) log(`${file.path}: ${file.note}`);
  const { weights } = network;
  const isSubnet = weights!.subnetSteps.includes(host.step);
  const subnet = isSubnet ? readSubnetFile(space, subnetIn(context.folder("search"))) : undefined;
  const save = (state: ReadonlyMap<string, Tensor>) =>
    saveChecksummed(weightsFile(context), state, ownerMetadata(context, subnet));
  if (subnet !== undefined && (await isSupernet(run, network, { file, subnet }))) {
    await requireOwnerOf(run, network, { file, subnet: undefined });
    const supernet = await weights!.load(run, file);
    supernet.network.to({ device });
    supernet.searched.activate(subnet);
    await weights!.prepare?.(context, supernet, subnet);
    save(supernet.activeState?.() ?? activeStateDict(supernet.network));
    log(`${file.path}: ${file.tensors.size} tensors of a supernet; the subnet has its share of them`);
    return;
  }
  await requireOwnerOf(run, network, { file, subnet });
  const loaded = await weights!.load(run, file, subnet);
  save(loaded.network.stateDict());
  log(`${file.path}: ${file.tensors.size} tensors`);
}

/** Checks whether a file has the weights of a supernet. A file that does not say so is one if only the supernet fits. */
async function isSupernet(
  run: RunContext,
  { weights }: TaskNetwork,
  { file, subnet }: { readonly file: WeightsFile; readonly subnet: Subnet },
): Promise<boolean> {
  if (file.owner) return file.owner.subnet === null;
  const loads = async (given?: Subnet) => {
    try {
      disposeModule((await weights!.load(run, file, given)).network);
      return true;
    } catch (error) {
      if (error instanceof UserError) return false;
      throw error;
    }
  };
  return !(await loads(subnet)) && (await loads());
}
