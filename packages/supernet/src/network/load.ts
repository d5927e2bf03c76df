import { UserError, withErrorPrefix } from "@supernet/base";
import type { NetworkSpace, Subnet } from "@supernet/nas";
import { SpaceBackbone, SpaceClassifier, withoutOtherCandidates } from "@supernet/nas/supernet";
import { loadTensors, type nn, type Tensor } from "@supernet/torch";
import type { WeightsSource } from "../recipe/weights.js";
import { readOwner, type WeightsOwner } from "./owner.js";
import { unwrapNames } from "./unwrap.js";

/** Tensors of a file, and its path for messages. */
export interface WeightsFile {
  readonly path: string;
  readonly tensors: ReadonlyMap<string, Tensor>;
  /** What the weights belong to; undefined if the file does not record it. */
  readonly owner?: WeightsOwner | undefined;
  /** What a log says about the choice of the tensors, such as that there are others. */
  readonly note?: string | undefined;
}

/**
 * Reads a file of weights. Prefixes of wrappers, such as `module.`, are removed from the names.
 * @throws UserError that names the file if it is missing or damaged, or no tensor has the prefix
 */
export function openWeightsFile({ file: path, key, prefix }: WeightsSource): WeightsFile {
  const file = loadTensors(path, { ...(key !== undefined && { key }) });
  const owner = readOwner(file.metadata, path);
  const all = owner === undefined ? unwrapNames(file.tensors) : file.tensors;
  const tensors = prefix === undefined ? all : underPrefix(all, prefix);
  if (tensors.size === 0) {
    const names = [...all.keys()].slice(0, 3).join(", ");
    throw new UserError(`${path}: no tensor's name begins with ${prefix}: the first ones are ${names}`);
  }
  const others = key === undefined && file.otherKeys.length > 0 ? shortList(file.otherKeys) : undefined;
  const note = others && `read ${file.key ?? "the file itself"}; select another with key: ${others}`;
  return { path, tensors, owner, note };
}

const LISTED = 5;

const shortList = (names: readonly string[]): string =>
  names.slice(0, LISTED).join(", ") + (names.length > LISTED ? ", ..." : "");

/** Checks whether a file has every tensor of a module, in its shape, and no others. */
export function fits(module: nn.Module, { tensors }: WeightsFile): boolean {
  const state = module.stateDict();
  return (
    state.size === tensors.size &&
    [...state].every(([name, { shape }]) => tensors.get(name)?.shape.join() === shape.join())
  );
}

/**
 * Builds a space's classifier with the weights of a file. A supernet may have more choices in the file. The number of classes is determined by the file.
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
  withErrorPrefix(path, () => classifier.loadStateDict(withoutOtherCandidates(classifier, tensors)));
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
  const own = withoutOtherCandidates(backbone, within.size > 0 ? within : tensors);
  withErrorPrefix(path, () => backbone.loadStateDict(own));
  return backbone;
}

/** Returns the tensors whose names begin with `prefix`, and removes it from the names. */
export function underPrefix(tensors: ReadonlyMap<string, Tensor>, prefix: string): Map<string, Tensor> {
  const found = [...tensors].filter(([name]) => name.startsWith(prefix));
  return new Map(found.map(([name, tensor]) => [name.slice(prefix.length), tensor]));
}
