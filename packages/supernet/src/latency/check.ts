import { Random } from "@supernet/base";
import { kendallTau, sampleSubnet } from "@supernet/nas";
import { measureNetworks } from "./measure.js";
import type { Predictions } from "./predict.js";
import { canRun, type Runtime } from "./runtime.js";
import type { LatencySubject } from "./subject.js";

/** Comparison of a table's predictions with measurements of complete networks, over random subnets. */
export interface LatencyCheck {
  readonly subnets: number;
  /** Mean of |predicted - measured| / measured over the subnets. */
  readonly error: number;
  /** Mean of (predicted - measured) / measured over the subnets. */
  readonly bias: number;
  /** Kendall's tau between predicted and measured; null if it is undefined, for example for a single subnet. */
  readonly kendallTau: number | null;
  /** Milliseconds of each subnet. */
  readonly predicted: readonly number[];
  /** Milliseconds of each subnet. */
  readonly measured: readonly number[];
}

/** Options of `checkLatency`. */
export interface LatencyCheckOptions {
  readonly predictions: Predictions;
  /** Number of random subnets to measure. */
  readonly subnets: number;
  /** Called with the completed fraction, 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

/**
 * Compares predictions with measurements of complete random subnets, which take turns, for each network separately.
 * Networks that the runtime cannot run are omitted.
 * @returns the comparison by the name of the network
 */
export async function checkLatency(
  subject: LatencySubject,
  runtime: Runtime,
  { predictions, subnets: count, onProgress }: LatencyCheckOptions,
): Promise<Readonly<Record<string, LatencyCheck>>> {
  const subnets = Array.from({ length: count }, (_, i) =>
    sampleSubnet(subject.space, Random.of("latency check", i)),
  );
  const checks: Record<string, LatencyCheck> = {};
  const models = subject.models.filter((model) => model.name in predictions && canRun(runtime, model));
  for (const [i, model] of models.entries()) {
    const progress = (share: number) => onProgress?.((i + share) / models.length);
    const measured = await measureNetworks(runtime, model, {
      inputOf: subject.inputOf,
      subnets,
      onProgress: progress,
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
