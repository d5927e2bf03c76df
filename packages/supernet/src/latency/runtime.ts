import { cpus } from "node:os";
import type { PlacedLayer, Subnet } from "@supernet/nas";
import type { Timed } from "@supernet/nas/supernet";
import type { ImageShape, NetworkModel } from "../network/model.js";

/** What runs networks on this machine's CPU, for one image. */
export interface Runtime {
  /** Its name and version, as a table has it. */
  readonly engine: string;
  readonly threads: number;
  layer(layer: PlacedLayer): Timed | Promise<Timed>;
  /**
   * Builds a whole network of a subnet, with new weights.
   * @throws UserError if the runtime does not run such networks
   */
  network(model: NetworkModel, input: ImageShape, subnet: Subnet): Promise<Timed>;
  /** Builds what surrounds a network's layers; absent if the runtime does not run that. */
  readonly surroundings?: (model: NetworkModel, input: ImageShape) => Promise<Timed>;
  /** A call that runs next to nothing, if calls take long compared with small layers. */
  readonly empty?: Timed;
}

/** Checks whether a runtime can run a complete network. */
export const canRun = ({ surroundings }: Runtime, model: NetworkModel): boolean =>
  surroundings !== undefined || model.onnx !== undefined;

/** Returns the name of this machine's processor, as tables contain it. */
export const processorName = (): string => cpus()[0]?.model.trim() ?? "unknown";

export const RUNTIMES = ["libtorch", "onnxruntime"] as const;

export type RuntimeName = (typeof RUNTIMES)[number];

/** Returns the runtime that measured a table; undefined if supernet does not have it. */
export const findRuntime = (engine: string): RuntimeName | undefined =>
  RUNTIMES.find((name) => engine.split(" ")[0] === name);
