import { cpus } from "node:os";
import type { PlacedLayer, Subnet } from "@supernet/nas";
import type { Timed } from "@supernet/nas/supernet";
import type { LatencySubject, NetworkKind } from "./subject.js";

/** What runs networks on this machine's CPU, for one image. */
export interface Runtime {
  /** Its name and version, as a table says it. */
  readonly engine: string;
  readonly threads: number;
  layer(layer: PlacedLayer): Timed | Promise<Timed>;
  /** A whole subnet, with new weights. */
  network(kind: NetworkKind, subject: LatencySubject, subnet: Subnet): Timed | Promise<Timed>;
  /** A detector without its backbone; absent where the runtime runs none. */
  readonly roundBackbone?: (subject: LatencySubject) => Timed;
  /** A call that runs next to nothing, where calls take long beside small layers. */
  readonly empty?: Timed;
}

/** This machine's, as a table says it. */
export const processorName = (): string => cpus()[0]?.model.trim() ?? "unknown";

export const RUNTIMES = ["libtorch", "onnxruntime"] as const;

export type RuntimeName = (typeof RUNTIMES)[number];

/** The runtime of this machine by which a table was measured; undefined where it was another one. */
export const runtimeOf = (engine: string): RuntimeName | undefined =>
  RUNTIMES.find((name) => engine.split(" ")[0] === name);

/**
 * @param threads all processors unless told
 * @throws UserError where the runtime is not installed
 */
export async function openRuntime(name: RuntimeName, threads: number | undefined): Promise<Runtime> {
  switch (name) {
    case "libtorch":
      return (await import("./libtorch.js")).openLibtorch(threads);
    case "onnxruntime":
      return (await import("./onnxruntime.js")).openOnnxRuntime(threads);
  }
}
