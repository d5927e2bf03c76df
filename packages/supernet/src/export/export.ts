import { writeFileAtomic } from "@supernet/base";
import type { NetworkSpace, Subnet } from "@supernet/nas";
import { encodeModel, exportBackbone, exportClassifier, type OnnxModel } from "@supernet/nas/onnx";
import { loadTensors } from "@supernet/torch";
import { loadBackbone, loadClassifier } from "../network/load.js";
import type { ImageShape } from "../network/model.js";
import { searchedSpace } from "../task/run-context.js";
import type { RunContext, TaskNetwork } from "../task/task.js";

/**
 * Exports a subnet with the weights of a file as an ONNX model, which names its space and its decisions.
 * @param input Default: the network's own.
 * @throws UserError that names the file if it is missing, damaged, or another network's
 */
export async function exportTaskNetwork(
  run: RunContext,
  network: TaskNetwork,
  {
    path,
    subnet,
    input,
  }: { readonly path: string; readonly subnet: Subnet; readonly input?: ImageShape | undefined },
): Promise<OnnxModel> {
  const { weights, onnx } = network;
  if (!weights || !onnx) throw new Error(`exportTaskNetwork: ${network.name} is not exported`);
  const space = await run.get(searchedSpace);
  const loaded = await weights.load(run, { path, tensors: loadTensors(path).tensors }, subnet);
  const { mean, std } = onnx.normalization(run.recipe);
  return onnx.export({
    space,
    subnet,
    input: input ?? onnx.input(run.recipe),
    weights: loaded.network.stateDict(),
    metadata: {
      ...subnetMetadata(space, subnet),
      mean: JSON.stringify(mean),
      std: JSON.stringify(std),
    },
  });
}

/**
 * Exports the classifier or the backbone of a space's subnet with the weights of a file.
 * @throws UserError that names the file if it is missing, damaged, or another network's
 */
export function exportSpaceNetwork(
  kind: "classifier" | "backbone",
  space: NetworkSpace,
  { path, subnet, input }: { readonly path: string; readonly subnet: Subnet; readonly input: ImageShape },
): OnnxModel {
  const file = { path, tensors: loadTensors(path).tensors };
  const load = kind === "backbone" ? loadBackbone : loadClassifier;
  const weights = load(space, file, subnet).stateDict();
  const exporter = kind === "backbone" ? exportBackbone : exportClassifier;
  return exporter({ space, subnet, input, weights, metadata: subnetMetadata(space, subnet) });
}

const subnetMetadata = (space: NetworkSpace, subnet: Subnet) => ({
  space: space.name,
  subnet: JSON.stringify(subnet),
});

/** Writes a model for ONNX Runtime and others, atomically. */
export const writeModel = (path: string, model: OnnxModel): void => writeFileAtomic(path, encodeModel(model));
