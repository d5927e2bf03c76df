import type { Cost, Estimator, NetworkSpace, Part, Resources, Subnet, Workload } from "@supernet/nas";
import type { OnnxModel } from "@supernet/nas/onnx";
import type { Timed } from "@supernet/nas/supernet";
import type { Tensor } from "@supernet/torch";

/** Shape of an image: [channels, height, width]. */
export type ImageShape = readonly [channels: number, height: number, width: number];

/** Returns the shape of a subnet's image. Without a subnet, the shape of the largest image is returned. */
export type InputOf = (subnet?: Subnet) => ImageShape;

/**
 * Kind of network that can be built from every subnet of a space, such as a classifier or a complete detector. Its cost
 * is computed from shapes. Only running and exporting it load the engine.
 */
export interface NetworkModel {
  /** Name in latency tables and reports, and the root of the cost tree, for example "classifier". */
  readonly name: string;
  readonly space: NetworkSpace;
  /** Layers of the network, as data. */
  readonly parts: readonly Part[];
  /**
   * Computes the cost of subnets from shapes; absent if it is that of the parts. A network with it has no surroundings.
   */
  estimator?(input: ImageShape): Pick<Estimator, "measure" | "smooth" | "profile">;
  /** Everything that the network of a subnet runs; absent if its latency is that of the parts and the surroundings. */
  readonly run?: NetworkRun;
  /** Rest of the network, which is the same for every subnet; absent if the parts are the complete network. */
  readonly surroundings?: Surroundings;
  /** Builds the network of a subnet with new weights, for inference. */
  forward(subnet: Subnet): Promise<(images: Tensor) => unknown>;
  /** Exports the network of a subnet with new weights; absent if ONNX export is not supported. */
  onnx?(subnet: Subnet, input: ImageShape): Promise<OnnxModel>;
}

/** What a network runs for one image, in the subnet's own image size. */
export interface NetworkRun {
  /** Settings that the workloads depend on, as plain JSON. */
  readonly identity: Readonly<Record<string, unknown>>;
  workloads(subnet: Subnet): readonly Workload[];
}

/** Rest of a network without its searched parts, such as a detector without its backbone. */
export interface Surroundings {
  /** Settings that the cost and the latency depend on, as plain JSON. */
  readonly identity: Readonly<Record<string, unknown>>;
  /**
   * Computes the cost without the parts. `memory` includes its own parameters, and the maximum size of the maps that
   * the complete network keeps at a time.
   */
  cost(input: ImageShape): Promise<Resources>;
  /** Computes the cost of the complete network of a subnet, module by module. */
  wholeCost(subnet: Subnet, input: ImageShape): Promise<Cost>;
  /** Prepares a timed run without the parts. */
  timed(input: ImageShape): Promise<Timed>;
}
