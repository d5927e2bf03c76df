// Cases for batch-norm over a batch, complete or divided.

import { Random } from "@supernet/base";
import { autocast, fromTypedArray, nn, noGrad, type Tensor } from "@supernet/torch";

export interface Case {
  readonly name: string;
  readonly shape: readonly number[];
  readonly options?: nn.BatchNormOptions;
  /** Added to every number. A variance far from 0 easily loses precision. */
  readonly offset?: number;
  readonly channelsLast?: boolean;
  readonly bfloat16?: boolean;
}

export const cases: readonly Case[] = [
  { name: "plain", shape: [4, 3, 5, 2] },
  { name: "far from 0", shape: [4, 3, 5, 2], offset: 300 },
  { name: "no affine", shape: [4, 3, 5, 2], options: { affine: false } },
  { name: "no statistics", shape: [4, 3, 5, 2], options: { trackRunningStats: false } },
  { name: "mean of all batches", shape: [4, 3, 5, 2], options: { momentum: null } },
  { name: "channels last", shape: [4, 8, 5, 2], channelsLast: true },
  { name: "bfloat16", shape: [4, 3, 5, 2], bfloat16: true },
];

export interface Found {
  readonly y: number[];
  readonly dx: number[];
  /** Sums over this rank's images. */
  readonly dWeight: number[] | null;
  readonly dBias: number[] | null;
  readonly mean: number[] | null;
  readonly variance: number[] | null;
  readonly batches: number | null;
}

/** Runs two batches through a batch-norm, and differentiates a weighted sum of the second output. */
export function backward(
  { name, shape, options, offset = 0, channelsLast, bfloat16 }: Case,
  part: (whole: Tensor) => Tensor,
  prepare: (norm: nn.BatchNorm2d) => void,
): Found {
  const random = Random.of("batch-norm", name);
  const sample = (): Tensor => {
    const size = shape.reduce((a, b) => a * b);
    const tensor = fromTypedArray(
      Float32Array.from({ length: size }, () => random.normal()),
      shape,
    );
    return channelsLast ? tensor.contiguous({ memoryFormat: "channelsLast" }) : tensor;
  };
  const norm = new nn.BatchNorm2d(shape[1]!, options);
  if (norm.weight) {
    noGrad(() => {
      for (const tensor of [norm.weight!, norm.bias!]) {
        tensor.copy_(
          fromTypedArray(
            Float32Array.from({ length: shape[1]! }, () => random.normal()),
            [shape[1]!],
          ),
        );
      }
    });
  }
  prepare(norm);
  const normalized = (x: Tensor) => {
    if (!bfloat16) return norm.forward(x);
    return autocast("cpu", "bfloat16", () => norm.forward(x.to({ dtype: "bfloat16" }))).to({
      dtype: "float32",
    });
  };
  normalized(part(sample().add(offset)));
  const x = part(sample().mul(2).add(offset)).detach();
  x.requiresGrad = true;
  const y = normalized(x);
  y.mul(part(sample())).sum().backward();
  const numbers = (tensor: Tensor | undefined) =>
    tensor ? Array.from(tensor.contiguous().toTypedArray(), Number) : null;
  return {
    y: numbers(y)!,
    dx: numbers(x.grad)!,
    dWeight: numbers(norm.weight?.grad),
    dBias: numbers(norm.bias?.grad),
    mean: numbers(norm.running_mean),
    variance: numbers(norm.running_var),
    batches: norm.num_batches_tracked ? norm.num_batches_tracked.item() : null,
  };
}
