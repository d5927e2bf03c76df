import { kendallTau, type NetworkSpace, type Subnet, sampleSubnet } from "@supernet/nas";
import { buildFeatures, type MeasuringOptions, measureInTurn, SpaceBackbone } from "@supernet/nas/supernet";
import type { Tensor } from "@supernet/torch";
import { Random } from "@supernet/torch/random";
import { buildDetector } from "@supernet/vision";
import type { LatencySubject } from "./measure.js";

/** What a table says of one network of every subnet, in milliseconds. */
export type Predictions = Readonly<Record<string, (subnet: Subnet) => number>>;

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
export function checkLatency(
  { space, input, detector }: LatencySubject,
  predictions: Predictions,
  count: number,
  { onProgress, ...options }: MeasuringOptions = {},
): Readonly<Record<string, LatencyCheck>> {
  const subnets = Array.from({ length: count }, (_, i) => sampleSubnet(space, Random.of("latency check", i)));
  const names = Object.keys(predictions);
  const checks = names.map((name, i) => {
    const timed = subnets.map((subnet) => ({ input, forward: forwardOf(name, space, subnet, detector) }));
    const measured = measureInTurn(timed, {
      ...options,
      onProgress: (share) => onProgress?.((i + share) / names.length),
    });
    return [name, compare(subnets.map(predictions[name]!), measured)] as const;
  });
  return Object.fromEntries(checks);
}

/** The stand-alone network of a subnet that goes by a name of `Predictions`. */
function forwardOf(
  name: string,
  space: NetworkSpace,
  subnet: Subnet,
  round: LatencySubject["detector"],
): (images: Tensor) => unknown {
  if (name === "features") {
    const features = buildFeatures(space, subnet).eval();
    return (images) => features.forward(images);
  }
  const backbone = new SpaceBackbone(space, subnet).eval();
  if (name === "backbone") return (images) => backbone.forward(images);
  const detector = buildDetector(backbone, round!.settings, round!.classes).eval();
  return (images) => detector.workload(images);
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
