import { Random } from "@supernet/base";
import { kendallTau, sampleSubnet } from "@supernet/nas";
import { type MeasuringOptions, measureInterleaved } from "@supernet/nas/supernet";
import type { Predictions } from "./predict.js";
import { canRun, type Runtime } from "./runtime.js";
import type { LatencySubject } from "./subject.js";

/** Comparison of a table's predictions for random subnets with measurements of complete networks. */
export interface LatencyCheck {
  readonly subnets: number;
  /** Means over the subnets of |predicted - measured| / measured, and of the same with its sign. */
  readonly error: number;
  readonly bias: number;
  /** Kendall's tau between predicted and measured; null if there is nothing to rank. */
  readonly kendallTau: number | null;
  readonly predicted: readonly number[];
  readonly measured: readonly number[];
}

/** What predictions are compared with, and how it is measured. */
export interface LatencyCheckOptions extends Omit<MeasuringOptions, "empty"> {
  readonly predictions: Predictions;
  /** Number of random subnets to measure. */
  readonly subnets: number;
}

/**
 * Compares predictions with measurements of complete random subnets, which are measured interleaved, one network after
 * the other. Networks that the runtime cannot run are omitted.
 */
export async function checkLatency(
  subject: LatencySubject,
  runtime: Runtime,
  { predictions, subnets: count, onProgress, ...options }: LatencyCheckOptions,
): Promise<Readonly<Record<string, LatencyCheck>>> {
  const subnets = Array.from({ length: count }, (_, i) =>
    sampleSubnet(subject.space, Random.of("latency check", i)),
  );
  const checks: Record<string, LatencyCheck> = {};
  const models = subject.models.filter((model) => model.name in predictions && canRun(runtime, model));
  for (const [i, model] of models.entries()) {
    const prepare = subnets.map((subnet) => () => runtime.network(model, subject.input, subnet));
    const measured = await measureInterleaved(prepare, {
      ...options,
      empty: runtime.empty,
      onProgress: (share) => onProgress?.((i + share) / models.length),
    });
    checks[model.name] = compare(subnets.map(predictions[model.name]!), measured);
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
