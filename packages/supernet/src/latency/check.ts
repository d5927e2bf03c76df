import { Random } from "@supernet/base";
import { kendallTau, type Subnet, sampleSubnet } from "@supernet/nas";
import { type MeasuringOptions, measureInterleaved } from "@supernet/nas/supernet";
import type { Predictions } from "./predict.js";
import type { Runtime } from "./runtime.js";
import type { LatencySubject, NetworkKind } from "./subject.js";

/** How a table's predictions for random subnets compare with what whole networks take. */
export interface LatencyCheck {
  readonly subnets: number;
  /** Means over the subnets of |predicted - measured| / measured, and of the same with its sign. */
  readonly error: number;
  readonly bias: number;
  /** Kendall's tau between predicted and measured; null where nothing is ranked. */
  readonly kendallTau: number | null;
  readonly predicted: readonly number[];
  readonly measured: readonly number[];
}

/**
 * Measures random subnets whole, in turn, and compares; one kind of network after the other.
 */
export async function checkLatency(
  subject: LatencySubject,
  runtime: Runtime,
  predictions: Predictions,
  count: number,
  { onProgress, ...options }: Omit<MeasuringOptions, "empty"> = {},
): Promise<Readonly<Record<string, LatencyCheck>>> {
  const subnets = Array.from({ length: count }, (_, i) =>
    sampleSubnet(subject.space, Random.of("latency check", i)),
  );
  const checks: Record<string, LatencyCheck> = {};
  const kinds = Object.entries(predictions) as [NetworkKind, (subnet: Subnet) => number][];
  for (const [i, [kind, predict]] of kinds.entries()) {
    const prepare = subnets.map((subnet) => () => runtime.network(kind, subject, subnet));
    const measured = await measureInterleaved(prepare, {
      ...options,
      empty: runtime.empty,
      onProgress: (share) => onProgress?.((i + share) / kinds.length),
    });
    checks[kind] = compare(subnets.map(predict), measured);
  }
  return checks;
}

function compare(predicted: readonly number[], measured: readonly number[]): LatencyCheck {
  const errors = predicted.map((time, i) => time / measured[i]! - 1);
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const tau = kendallTau(predicted, measured);
  return {
    subnets: predicted.length,
    error: mean(errors.map(Math.abs)),
    bias: mean(errors),
    kendallTau: Number.isFinite(tau) ? tau : null,
    predicted,
    measured,
  };
}
