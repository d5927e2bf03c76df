import { UserError, withErrorPrefix } from "@supernet/base";
import type { NetworkSpace, Subnet } from "@supernet/nas";
import { SpaceBackbone, SpaceClassifier, withoutOtherCandidates } from "@supernet/nas/supernet";
import { loadTensors, type nn, type Tensor } from "@supernet/torch";
import type { WeightsSource } from "../recipe/weights.js";
import { detectMapping, type Mapping, mappings, mapToOurs } from "./mappings/index.js";
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
  /** Choices of the subnet that the file is of, if the names of another project's layout contain them. */
  readonly subnet?: Subnet | undefined;
  /** Fits tensors of another project's layout to a network's state dict. See `stateFor`. */
  readonly fit?: Mapping["fit"];
}

/**
 * Reads a file of weights. Prefixes of wrappers, such as `module.`, are removed from the names. Weights in another
 * project's layout are converted: in that of `mapping`, or in the one that their names identify.
 * @param space space of the network that the weights are for. Without one, nothing is converted
 * @throws UserError that names the file if it is missing or damaged, no tensor has the prefix, or the layout does not fit
 *   the space
 */
export function openWeightsFile(
  { file: path, key, prefix, mapping: named }: WeightsSource,
  space?: NetworkSpace,
): WeightsFile {
  const file = loadTensors(path, { ...(key !== undefined && { key }) });
  const owner = readOwner(file.metadata, path);
  const all = owner === undefined ? unwrapNames(file.tensors) : file.tensors;
  const tensors = prefix === undefined ? all : underPrefix(all, prefix);
  if (tensors.size === 0) {
    const names = [...all.keys()].slice(0, 3).join(", ");
    throw new UserError(`${path}: no tensor's name begins with ${prefix}: the first ones are ${names}`);
  }
  const others = key === undefined && file.otherKeys.length > 0 ? shortList(file.otherKeys) : undefined;
  const chosen = others && `read ${file.key ?? "the file itself"}; select another with key: ${others}`;
  const mapping = named ?? (owner === undefined ? detectMapping(tensors) : undefined);
  if (mapping === undefined || space === undefined) return { path, tensors, owner, note: chosen };
  return {
    path,
    tensors: withErrorPrefix(path, () => mapToOurs(tensors, mapping, space)),
    owner,
    note: [chosen, `mapping ${mapping}${named ? "" : ", identified by the names"}`]
      .filter((text) => text !== undefined)
      .join("; "),
    fit: mappings[mapping].fit,
    subnet: mappings[mapping].choices?.(tensors, space),
  };
}

/**
 * Returns the tensors of a file for a module: without candidates that a supernet does not have, and if the file is in
 * another layout, fitted to the module.
 * @param tensors those of the file that are for the module. Default: all
 */
export function stateFor(
  module: nn.Module,
  file: WeightsFile,
  tensors: ReadonlyMap<string, Tensor> = file.tensors,
): ReadonlyMap<string, Tensor> {
  return withoutOtherCandidates(module, file.fit?.(tensors, module.stateDict()) ?? tensors);
}

const LISTED = 5;

const shortList = (names: readonly string[]): string =>
  names.slice(0, LISTED).join(", ") + (names.length > LISTED ? ", ..." : "");

/**
 * Builds a space's classifier with the weights of a file. A supernet may have more choices in the file. The number of
 * classes is determined by the file.
 * @param subnet subnet to build; default: the supernet
 * @throws UserError if the weights belong to another network
 */
export function loadClassifier(space: NetworkSpace, file: WeightsFile, subnet?: Subnet): SpaceClassifier {
  const { path, tensors } = file;
  const classes = tensors.get("fc.bias")?.shape[0];
  if (classes === undefined) throw new UserError(`${path} is not a classifier: fc.bias is missing`);
  const classifier = new SpaceClassifier(space, classes, subnet);
  withErrorPrefix(path, () => classifier.loadStateDict(stateFor(classifier, file)));
  return classifier;
}

/**
 * Builds a space's backbone with the weights of a file, which may contain it as "backbone" in a larger network.
 * @param subnet subnet to build; default: the supernet
 * @throws UserError if the weights belong to another network
 */
export function loadBackbone(space: NetworkSpace, file: WeightsFile, subnet?: Subnet): SpaceBackbone {
  const { path, tensors } = file;
  const within = underPrefix(tensors, "backbone.");
  const backbone = new SpaceBackbone(space, subnet);
  const own = stateFor(backbone, file, within.size > 0 ? within : tensors);
  withErrorPrefix(path, () => backbone.loadStateDict(own));
  return backbone;
}

/** Returns the tensors whose names begin with `prefix`, and removes it from the names. */
export function underPrefix(tensors: ReadonlyMap<string, Tensor>, prefix: string): Map<string, Tensor> {
  const found = [...tensors].filter(([name]) => name.startsWith(prefix));
  return new Map(found.map(([name, tensor]) => [name.slice(prefix.length), tensor]));
}
