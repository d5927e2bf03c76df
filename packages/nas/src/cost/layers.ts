import { UserError } from "@supernet/torch/errors";
import { type Cost, NOTHING, sumCosts } from "./cost.js";

/** Sizes of one input, without the batch: `[channels, height, width]` of a map, `[features]` of a vector. */
export type Shape = readonly number[];

export interface Estimate {
  readonly output: Shape;
  readonly cost: Cost;
}

/** A module, for the estimate: its name and input shape give its output shape and cost. */
export type Layer = (name: string, input: Shape) => Estimate;

export interface ConvolutionSettings {
  readonly kernel: number;
  /** Default 1. */
  readonly stride?: number;
  /** Default `floor(kernel / 2)`, which keeps the size at stride 1. */
  readonly padding?: number;
  /** Default 1; equal to the input channels for a depth-wise convolution. */
  readonly groups?: number;
  /** Default false: a batch-norm follows. */
  readonly bias?: boolean;
}

/** `[in, h, w] -> [out, floor((h + 2 padding - kernel) / stride) + 1, ...]`. */
export function conv2d(out: number, settings: ConvolutionSettings): Layer {
  const { kernel, stride = 1, padding = kernel >> 1, groups = 1, bias = false } = settings;
  return (name, input) => {
    const [channels, height, width] = mapSizes(input);
    if (channels % groups !== 0 || out % groups !== 0) {
      throw new RangeError(`${name}: ${channels} to ${out} channels do not divide into ${groups} groups`);
    }
    const size = (n: number) => Math.floor((n + 2 * padding - kernel) / stride) + 1;
    const output = [out, size(height), size(width)];
    if (output[1]! < 1 || output[2]! < 1) {
      throw new UserError(`an input of ${input.join("x")} is too small for ${name}: take a larger image`);
    }
    const weights = (channels / groups) * out * kernel * kernel;
    const macs = weights * output[1]! * output[2]!;
    return { output, cost: { name, params: weights + (bias ? out : 0), macs, flops: macs } };
  };
}

/** A depth-wise `kernel x kernel` convolution without bias. */
export function depthwiseConv2d(kernel: number, stride = 1): Layer {
  return (name, input) => conv2d(input[0]!, { kernel, stride, groups: input[0]! })(name, input);
}

/** Affine batch-norm: a scale and a shift for each channel. Running statistics are no parameters. */
export function batchNorm2d(): Layer {
  return (name, input) => {
    const [channels, height, width] = mapSizes(input);
    const flops = 2 * channels * height * width;
    return { output: input, cost: { name, params: 2 * channels, macs: 0, flops } };
  };
}

/** `[..., in] -> [..., out]`, with bias unless told. */
export function linear(out: number, bias = true): Layer {
  return (name, input) => {
    const features = input.at(-1)!;
    const rows = input.slice(0, -1).reduce((product, n) => product * n, 1);
    const macs = rows * features * out;
    const params = features * out + (bias ? out : 0);
    return { output: [...input.slice(0, -1), out], cost: { name, params, macs, flops: macs } };
  };
}

/** Counted as free; listed so that children are numbered as in the module. */
export function relu(): Layer {
  return (name, input) => ({ output: input, cost: { name, ...NOTHING } });
}

/** `[channels, h, w] -> [channels]`, counted as free. */
export function globalAveragePool(): Layer {
  return (name, input) => ({ output: [mapSizes(input)[0]], cost: { name, ...NOTHING } });
}

/** Layers one after the other, named "0", "1", ... as in `nn.Sequential`. */
export function sequential(...layers: readonly Layer[]): Layer {
  return (name, input) => {
    let output = input;
    const children = layers.map((layer, i) => {
      const estimate = layer(String(i), output);
      output = estimate.output;
      return estimate.cost;
    });
    return { output, cost: sumCosts(name, children) };
  };
}

function mapSizes(input: Shape): [channels: number, height: number, width: number] {
  const [channels, height, width] = input;
  if (channels === undefined || height === undefined || width === undefined || input.length !== 3) {
    throw new RangeError(`channels x height x width expected, not ${input.join("x")}`);
  }
  return [channels, height, width];
}
