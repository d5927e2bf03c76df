import { cpus } from "node:os";
import type { PlacedLayer, Subnet } from "@supernet/nas";
import type { OnnxModel } from "@supernet/nas/onnx";
import type { Timed } from "@supernet/nas/supernet";
import type { ImageShape, NetworkModel } from "../network/model.js";
import { RUNTIMES, type RuntimeName } from "../recipe/runtimes.js";

/** Library that runs networks on this machine's CPU, one image at a time. */
export interface Runtime {
  /** Name and version, as stored in a table. */
  readonly engine: string;
  readonly threads: number;
  /** Builds a single layer with new weights. */
  layer(layer: PlacedLayer): Timed | Promise<Timed>;
  /**
   * Builds a complete network of a subnet with new weights.
   * @param input shape of the image
   * @throws UserError if the runtime cannot run it
   */
  network(model: NetworkModel, input: ImageShape, subnet: Subnet): Promise<Timed>;
  /**
   * Prepares an exported model; absent if the runtime does not run ONNX.
   * @param input shape of the image. Default: the model's fixed one.
   */
  readonly model?: (model: OnnxModel, input?: ImageShape) => Promise<Timed>;
  /** Builds the surroundings of a network's parts; absent if the runtime cannot run them. */
  readonly surroundings?: (model: NetworkModel, input: ImageShape) => Promise<Timed>;
  /** An almost empty call, for a runtime whose calls are slow compared with small layers. Its time is subtracted. */
  readonly empty?: Timed;
}

/** Checks whether a runtime can run a complete network. */
export const canRun = ({ surroundings }: Runtime, model: NetworkModel): boolean =>
  surroundings !== undefined || model.onnx !== undefined;

/** Checks whether the latency of a network is that of everything that it runs, not of its parts and surroundings. */
export const isWhole = ({ surroundings }: Runtime, { run, estimator }: NetworkModel): boolean =>
  run !== undefined && (estimator !== undefined || surroundings === undefined);

/** Returns the name of this machine's processor, as stored in tables. */
export const processorName = (): string => cpus()[0]?.model.trim() ?? "unknown";

/** Returns the runtime that measured a table; undefined if supernet does not support it. */
export const findRuntime = (engine: string): RuntimeName | undefined =>
  RUNTIMES.find((name) => engine.split(" ")[0] === name);
