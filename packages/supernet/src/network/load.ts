import { UserError, withErrorPrefix } from "@supernet/base";
import type { NetworkSpace, Subnet } from "@supernet/nas";
import { SpaceBackbone, SpaceClassifier } from "@supernet/nas/supernet";
import type { Tensor } from "@supernet/torch";

/** Tensors of a file, and its path for messages. */
export interface WeightsFile {
  readonly path: string;
  readonly tensors: ReadonlyMap<string, Tensor>;
}

/**
 * Builds a space's classifier with the weights of a file. The number of classes is determined by the file.
 * @param subnet subnet to build; default: the supernet
 * @throws UserError if the weights belong to another network
 */
export function loadClassifier(
  space: NetworkSpace,
  { path, tensors }: WeightsFile,
  subnet?: Subnet,
): SpaceClassifier {
  const classes = tensors.get("fc.bias")?.shape[0];
  if (classes === undefined) throw new UserError(`${path} is not a classifier: fc.bias is missing`);
  const classifier = new SpaceClassifier(space, classes, subnet);
  withErrorPrefix(path, () => classifier.loadStateDict(tensors));
  return classifier;
}

/**
 * Builds a space's backbone with the weights of a file, which may contain it as "backbone" in a larger network.
 * @param subnet subnet to build; default: the supernet
 * @throws UserError if the weights belong to another network
 */
export function loadBackbone(
  space: NetworkSpace,
  { path, tensors }: WeightsFile,
  subnet?: Subnet,
): SpaceBackbone {
  const within = underPrefix(tensors, "backbone.");
  const backbone = new SpaceBackbone(space, subnet);
  withErrorPrefix(path, () => backbone.loadStateDict(within.size > 0 ? within : tensors));
  return backbone;
}

/** Returns the tensors whose names begin with `prefix`, and removes it from the names. */
export function underPrefix(tensors: ReadonlyMap<string, Tensor>, prefix: string): Map<string, Tensor> {
  const found = [...tensors].filter(([name]) => name.startsWith(prefix));
  return new Map(found.map(([name, tensor]) => [name.slice(prefix.length), tensor]));
}
