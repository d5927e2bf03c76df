import { join } from "node:path";
import { writeFileAtomic } from "@supernet/base";
import type { NetworkSpace, Subnet } from "@supernet/nas";
import { encodeModel, exportBackbone, exportClassifier, type OnnxModel } from "@supernet/nas/onnx";
import { activeStateDict } from "@supernet/nas/supernet";
import type { Tensor } from "@supernet/torch";
import { loadBackbone, loadClassifier, openWeightsFile } from "../network/load.js";
import type { ImageShape } from "../network/model.js";
import { requireOwner, type SpaceIdentity } from "../network/owner.js";
import type { WeightsSource } from "../recipe/weights.js";
import { MODEL_FILE } from "../run/work-dir.js";
import { readSubnet } from "../search/found-subnet.js";
import { canonicalSubnet, networkOwner, openNetwork, requireOwnerOf } from "../task/owner.js";
import { requireStep, searchedSpace } from "../task/run-context.js";
import { ownerMetadata, weightsFile } from "../task/step-context.js";
import type { ExportedImages, RunContext, StepContext, TaskNetwork } from "../task/task.js";
import { exportedSteps } from "../task/weights.js";

/** A subnet with the weights of a file, and the images that its model accepts. */
export interface ExportedFile extends Partial<ExportedImages> {
  readonly path: string;
  readonly subnet: Subnet;
  /** Shape of the input. Default: the task's input shape for this network. */
  readonly input?: ImageShape | undefined;
}

/**
 * Exports a subnet with the weights of a file as an ONNX model. The model's metadata contains its space, its decisions
 * and the normalization of its input.
 * @throws UserError that names the file if it is missing, corrupt, or contains another network
 */
export async function exportTaskNetwork(
  run: RunContext,
  network: TaskNetwork,
  { path, subnet, input, anySize = false, padded = false }: ExportedFile,
): Promise<OnnxModel> {
  const { weights, onnx } = network;
  if (!weights || !onnx) throw new Error(`exportTaskNetwork: ${network.name} is not exported`);
  const space = await run.get(searchedSpace);
  const loaded = await openNetwork(run, network, { source: { file: path }, subnet });
  const { mean, std } = onnx.normalization?.(run.recipe) ?? {};
  const options = {
    space,
    subnet,
    input: input ?? onnx.input(run.recipe, subnet),
    weights: loaded.network.stateDict(),
    metadata: {
      ...subnetMetadata(space, subnet),
      ...(mean && { mean: JSON.stringify(mean) }),
      ...(std && { std: JSON.stringify(std) }),
    },
  };
  return onnx.export(options, run, { anySize, padded });
}

/**
 * Exports the classifier or backbone of a space's subnet with the weights of a file, as an ONNX model.
 * @throws UserError that names the file if it is missing, corrupt, or contains another network
 */
export function exportSpaceNetwork(
  kind: "classifier" | "backbone",
  { space, identity }: { readonly space: NetworkSpace; readonly identity: SpaceIdentity },
  {
    source,
    subnet,
    input,
  }: { readonly source: WeightsSource; readonly subnet: Subnet; readonly input: ImageShape },
): OnnxModel {
  const file = openWeightsFile(source, space);
  requireOwner(file.owner, { space: identity, subnet: canonicalSubnet(space, subnet) }, file.path);
  const load = kind === "backbone" ? loadBackbone : loadClassifier;
  const weights = load(space, file, subnet).stateDict();
  const exporter = kind === "backbone" ? exportBackbone : exportClassifier;
  return exporter({ space, subnet, input, weights, metadata: subnetMetadata(space, subnet) });
}

/** Returns the metadata of a subnet's model. */
export const subnetMetadata = (space: NetworkSpace, subnet: Subnet) => ({
  space: space.name,
  subnet: JSON.stringify(subnet),
});

/** Writes a model atomically. */
export const writeModel = (path: string, model: OnnxModel): void => writeFileAtomic(path, encodeModel(model));

/**
 * Exports the found subnet, with the weights of the last training, to `model.onnx` in the work-dir. Does nothing if the
 * task exports no network. Call it in the last step of a task.
 * @throws UserError if the weights or the subnet cannot be read
 * @example
 * await exportFound(context);
 */
export async function exportFound(context: StepContext): Promise<void> {
  requireStep("exportFound: context", context);
  const { run, root } = context;
  const [exported] = exportedSteps(run);
  if (!exported) return;
  const { step, network } = exported;
  const any = network.onnx?.anyImages ?? false;
  const file = { path: weightsFile(context, step), subnet: readSubnet(context), anySize: any, padded: any };
  writeModel(join(root, MODEL_FILE), await exportTaskNetwork(run, network, file));
}

/** Weights of a subnet, and the metadata that says what they belong to. */
export interface ExtractedWeights {
  readonly state: Map<string, Tensor>;
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * Extracts the weights of one subnet from those that a step of a run saved. Their names and shapes are those of the
 * standalone network. Its outputs equal those of a supernet with that subnet active.
 * @param path file with the weights
 * @param whole whether they are those of a supernet
 * @throws UserError that names the file if it is missing, corrupt, or belongs to another recipe or subnet
 */
export async function extractSubnet(
  run: RunContext,
  network: TaskNetwork,
  { path, subnet, whole }: { readonly path: string; readonly subnet: Subnet; readonly whole: boolean },
): Promise<ExtractedWeights> {
  const file = openWeightsFile({ file: path });
  const own = whole ? undefined : subnet;
  await requireOwnerOf(run, network, { file, subnet: own });
  const loaded = await network.weights!.load(run, file, own);
  if (whole) loaded.searched.activate(subnet);
  const state = whole
    ? (loaded.activeState?.() ?? activeStateDict(loaded.network))
    : loaded.network.stateDict();
  const space = await run.get(searchedSpace);
  // A backbone has the images of the network that contains it.
  const owner = { trainedOn: file.owner?.trainedOn, ...(await networkOwner(run, network)) };
  return { state, metadata: ownerMetadata({ owner, space }, subnet) };
}
