import { UserError, withErrorPrefix, writeFileAtomic } from "@supernet/base";
import type { NetworkSpace, Subnet } from "@supernet/nas";
import {
  encodeModel,
  exportBackbone,
  exportClassifier,
  type OnnxModel,
  type Weights,
} from "@supernet/nas/onnx";
import { SpaceBackbone, SpaceClassifier } from "@supernet/nas/supernet";
import { loadTensors, type nn, type Tensor } from "@supernet/torch";
import type { ExportedKind } from "./steps.js";

export interface ExportedWeights {
  readonly kind: ExportedKind;
  readonly space: NetworkSpace;
  readonly subnet: Subnet;
  /** Shape of an image, [3, height, width]. */
  readonly input: readonly number[];
  /** A state dict of the stand-alone classifier; of a backbone alone, or whatever holds it as "backbone". */
  readonly file: string;
  readonly metadata?: Readonly<Record<string, string>>;
}

/**
 * A subnet with the weights of a file as an ONNX model, which says its space and its decisions.
 * @throws UserError naming the file where it is missing, damaged, or another network's
 */
export function exportWeights({ kind, file, metadata, ...subject }: ExportedWeights): OnnxModel {
  const { tensors } = loadTensors(file);
  const { space, subnet } = subject;
  const told = { space: space.name, subnet: JSON.stringify(subnet), ...metadata };
  if (kind === "backbone") {
    const within = under("backbone.", tensors);
    const backbone = new SpaceBackbone(space, subnet);
    const weights = loaded(backbone, within.size > 0 ? within : tensors, file);
    return exportBackbone({ ...subject, weights, metadata: told });
  }
  const classes = tensors.get("fc.bias")?.shape[0];
  if (classes === undefined) throw new UserError(`${file}: it holds no classifier, as fc.bias is missing`);
  const weights = loaded(new SpaceClassifier(space, classes, subnet), tensors, file);
  return exportClassifier({ ...subject, weights, metadata: told });
}

/** Writes a model for ONNX Runtime and others, atomically. */
export const writeModel = (path: string, model: OnnxModel): void => writeFileAtomic(path, encodeModel(model));

/** The state of a network that took it from a file. */
function loaded(network: nn.Module, state: ReadonlyMap<string, Tensor>, file: string): Weights {
  withErrorPrefix(file, () => network.loadStateDict(state));
  return network.stateDict();
}

const under = (prefix: string, tensors: ReadonlyMap<string, Tensor>): Map<string, Tensor> =>
  new Map(
    [...tensors]
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, tensor]) => [name.slice(prefix.length), tensor]),
  );
