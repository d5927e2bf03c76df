import type { Cost, NetworkSpace, Part, Resources, Subnet } from "@supernet/nas";
import type { OnnxModel } from "@supernet/nas/onnx";
import type { Timed } from "@supernet/nas/supernet";
import type { Tensor } from "@supernet/torch";

/** Shape of an image: [channels, height, width]. */
export type ImageShape = readonly [channels: number, height: number, width: number];

/**
 * A network that every subnet of a space makes, such as a classifier or a whole detector. Its cost comes from shapes;
 * only running and exporting it load the engine.
 */
export interface NetworkModel {
  /** For example "classifier"; the root of its cost tree, and its name in latency tables and reports. */
  readonly name: string;
  readonly space: NetworkSpace;
  /** Its layers as data. */
  readonly parts: readonly Part[];
  /** What runs around these parts and is the same for every subnet; absent if the parts are the whole network. */
  readonly surroundings?: Surroundings;
  /** Builds one subnet with new weights, for inference. */
  forward(subnet: Subnet): Promise<(images: Tensor) => unknown>;
  /** Exports one subnet with new weights; absent if such networks are not exported. */
  onnx?(subnet: Subnet, input: ImageShape): Promise<OnnxModel>;
}

/** What runs around the searched parts of a network: a detector without its backbone. */
export interface Surroundings {
  /** All that its cost and latency depend on, as plain JSON. */
  readonly identity: Readonly<Record<string, unknown>>;
  /**
   * Costs without the parts. `memory` is that of its own parameters and of the maps that the whole network holds at
   * once.
   */
  cost(input: ImageShape): Promise<Resources>;
  /** Cost of the whole network of one subnet, module by module. */
  wholeCost(subnet: Subnet, input: ImageShape): Promise<Cost>;
  /** Ready to be timed without the parts. */
  timed(input: ImageShape): Promise<Timed>;
}
