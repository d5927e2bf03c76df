import { Random } from "@supernet/base";
import { type NetworkSpace, quantile, type Subnet, sampleSubnet } from "@supernet/nas";
import type { Timed } from "@supernet/nas/supernet";
import type { InputOf, NetworkModel } from "../network/model.js";
import { predictLatency } from "./predict.js";
import { processorName, type Runtime } from "./runtime.js";
import type { OpenTable } from "./table-file.js";

/** Number of networks that tell the speed of the machine. */
const REFERENCES = 8;

/** Returns the random subnets that a table is fitted to. */
export const fittedSubnets = (space: NetworkSpace, count: number): Subnet[] =>
  Array.from({ length: count }, (_, i) => sampleSubnet(space, Random.of("latency fit", i)));

/** Networks that tell how fast a machine is now. */
export interface References {
  readonly prepare: readonly (() => Promise<Timed>)[];
  /** Returns how long the networks take now, divided by how long the table predicts: the median. */
  slowdown(milliseconds: readonly number[]): number;
}

/**
 * Returns some of the networks that a run fits its table to. The speed of a machine changes within minutes. Measured beside
 * other networks, these tell how far the table's predictions are off for this reason. Returns undefined if the table is
 * from another machine or runtime, or has no complete networks of this kind.
 */
export function openReferences(
  open: OpenTable,
  model: NetworkModel,
  {
    runtime,
    space,
    inputOf,
  }: { readonly runtime: Runtime; readonly space: NetworkSpace; readonly inputOf: InputOf },
): References | undefined {
  const { networks = [], measured } = open.table;
  const { engine, threads, processor } = measured;
  const isComparable =
    engine === runtime.engine && threads === runtime.threads && processor === processorName();
  if (!isComparable || !networks.some(({ network }) => network === model.name)) return undefined;
  const subnets = fittedSubnets(space, REFERENCES);
  const predict = predictLatency(open, model, inputOf);
  return {
    prepare: subnets.map((subnet) => () => runtime.network(model, inputOf(subnet), subnet)),
    slowdown(milliseconds) {
      const ratios = subnets.map((subnet, i) => milliseconds[i]! / predict(subnet));
      return quantile(
        ratios.sort((a, b) => a - b),
        0.5,
      );
    },
  };
}
