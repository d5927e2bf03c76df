import { UserError } from "@supernet/base";
import type { NetworkSpace } from "@supernet/nas";
import type { MappingName } from "../../recipe/mappings.js";
import { creamAutoFormer, timmVit } from "./autoformer.js";
import type { MappedNetwork, Mapping, State } from "./mapping.js";
import { detnasShuffleNet, mmrazorShuffleNet, sposShuffleNet } from "./shufflenet.js";
import { torchvisionFasterRcnn, torchvisionFcos, torchvisionRetinaNet } from "./torchvision.js";
import { torchvisionResNet50 } from "./torchvision-backbones.js";

export type { MappedNetwork, Mapping, State } from "./mapping.js";

export const mappings: Readonly<Record<MappingName, Mapping>> = {
  "cream-autoformer": creamAutoFormer,
  "timm-vit": timmVit,
  "spos-shufflenetv2": sposShuffleNet,
  "detnas-shufflenetv2": detnasShuffleNet,
  "mmrazor-shufflenetv2": mmrazorShuffleNet,
  "torchvision-resnet50": torchvisionResNet50,
  "torchvision-faster-rcnn": torchvisionFasterRcnn,
  "torchvision-retinanet": torchvisionRetinaNet,
  "torchvision-fcos": torchvisionFcos,
};

/** Returns the only mapping whose layout weights have, judging by their names; undefined if there is none. */
export function detectMapping(state: State): MappingName | undefined {
  const names = [...state.keys()];
  const found = (Object.keys(mappings) as MappingName[]).filter((name) => mappings[name].matches(names));
  return found.length === 1 ? found[0] : undefined;
}

/**
 * Converts weights from the layout of a mapping to supernet's.
 * @throws UserError if the weights do not fit the space
 */
export function mapToOurs(state: State, name: MappingName, space: NetworkSpace): State {
  const problem = mappings[name].problem?.(space);
  if (problem !== undefined) throw new UserError(`mapping ${name}: ${problem}`);
  return mappings[name].toOurs(state, space);
}

/**
 * Converts weights to the layout of a mapping.
 * @throws UserError if the other project has no such network
 */
export function mapToTheirs(state: State, name: MappingName, network: MappedNetwork): State {
  const { problem, toTheirs } = mappings[name];
  const what = problem?.(network.space);
  if (what !== undefined) throw new UserError(`mapping ${name}: ${what}`);
  if (toTheirs === undefined)
    throw new UserError(`mapping ${name}: it only reads: the other project's networks are different ones`);
  return toTheirs(state, network);
}
