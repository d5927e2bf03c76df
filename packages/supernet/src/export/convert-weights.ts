import type { NetworkSpace, Subnet } from "@supernet/nas";
import { activeStateDict } from "@supernet/nas/supernet";
import type { Tensor } from "@supernet/torch";
import { loadBackbone, loadClassifier, openWeightsFile } from "../network/load.js";
import { mapToTheirs } from "../network/mappings/index.js";
import { requireOwner, type SpaceIdentity } from "../network/owner.js";
import type { MappingName } from "../recipe/mappings.js";
import type { WeightsSource } from "../recipe/weights.js";
import { canonicalSubnet } from "../task/owner.js";

/** A network that weights are converted for. */
export interface ConvertedNetwork {
  readonly space: NetworkSpace;
  readonly identity: SpaceIdentity;
  /** Undefined for a supernet. */
  readonly subnet: Subnet | undefined;
}

/** Converted weights. */
export interface ConvertedWeights {
  readonly state: ReadonlyMap<string, Tensor>;
  readonly kind: "classifier" | "backbone" | "detector";
  /** What a log says about the choice of the tensors. */
  readonly note: string | undefined;
}

/**
 * Converts the weights of a classifier, a backbone or a detector around one from or to another project's layout. The
 * classifier or backbone is built, so its weights are checked.
 * @param to layout to convert to. Default: supernet's
 * @throws UserError if the weights are of another network, or the layout has no such one
 */
export function convertWeights(
  source: WeightsSource,
  { space, identity, subnet }: ConvertedNetwork,
  to: MappingName | undefined,
): ConvertedWeights {
  const file = openWeightsFile(source, space);
  const { note } = file;
  const own = subnet === undefined ? null : canonicalSubnet(space, subnet);
  requireOwner(file.owner, { space: identity, subnet: own }, file.path);
  const names = [...file.tensors.keys()];
  const isClassifier = names.includes("fc.bias");
  const built = (isClassifier ? loadClassifier : loadBackbone)(space, file, subnet).stateDict();
  if (isClassifier)
    return { state: to ? mapToTheirs(built, to, { space, subnet }) : built, kind: "classifier", note };
  const backbone = [...built].map(([name, tensor]) => [`backbone.${name}`, tensor] as const);
  const around = names.some((name) => name.startsWith("neck."))
    ? [...file.tensors].filter(([name]) => !name.startsWith("backbone."))
    : [];
  const kind = around.length > 0 ? "detector" : "backbone";
  const whole = new Map([...backbone, ...around]);
  if (to) return { state: mapToTheirs(whole, to, { space, subnet }), kind, note };
  return { state: kind === "backbone" ? built : whole, kind, note };
}

/**
 * Extracts the weights of a subnet from a supernet in a file: of the classifier, or of the backbone if there is none.
 * @throws UserError if the file is not of a supernet of the space
 */
export function extractFromFile(
  source: WeightsSource,
  { space, identity, subnet }: ConvertedNetwork & { readonly subnet: Subnet },
): ConvertedWeights {
  const file = openWeightsFile(source, space);
  requireOwner(file.owner, { space: identity, subnet: null }, file.path);
  const kind = file.tensors.has("fc.bias") ? "classifier" : "backbone";
  const network = (kind === "classifier" ? loadClassifier : loadBackbone)(space, file);
  network.activate(subnet);
  return { kind, state: activeStateDict(network), note: file.note };
}
