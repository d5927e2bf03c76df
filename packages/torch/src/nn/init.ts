import { requireInstance, requireNumber, requireOneOf, requireOptions } from "@supernet/base";
import { noGrad, Tensor } from "../engine/index.js";

// All functions that fill a tensor sample from the default generator (`manualSeed`) in PyTorch's order, work in place
// and return the tensor.

/** Number of inputs of an output, or number of outputs of an input. */
export type Fan = "fanIn" | "fanOut";
/** Activation after a layer. */
export type Nonlinearity = "linear" | "tanh" | "relu" | "leakyRelu";

/** Options of Kaiming initialization. */
export interface KaimingOptions {
  /** Whether to preserve the variance of the forward pass ("fanIn") or of the backward pass. Default: "fanIn". */
  mode?: Fan;
  /** Activation after the layer. Default: leakyRelu. */
  nonlinearity?: Nonlinearity;
  /** Slope of leakyRelu for negative inputs. Default: 0. */
  slope?: number;
}

/** Returns the number of inputs of an output, or of outputs of an input. `weight` is [out, in, ...kernel]. */
export function fan(weight: Tensor, mode: Fan): number {
  return fanOf("fan", weight, mode);
}

function fanOf(name: string, weight: Tensor, mode: Fan): number {
  requireInstance(`${name}: weight`, weight, Tensor);
  requireOneOf(`${name}: mode`, mode, ["fanIn", "fanOut"]);
  const [out, into, ...kernel] = weight.shape;
  if (out === undefined || into === undefined) {
    throw new RangeError(
      `${name}: weight must have two or more dimensions, got [${weight.shape.join(", ")}]`,
    );
  }
  return kernel.reduce((product, size) => product * size, mode === "fanIn" ? into : out);
}

/** Returns the recommended factor on the standard deviation for a nonlinearity. */
export function gain(nonlinearity: Nonlinearity, slope = 0): number {
  return gainOf("gain", nonlinearity, slope);
}

function gainOf(name: string, nonlinearity: Nonlinearity, slope: number): number {
  requireOneOf(`${name}: nonlinearity`, nonlinearity, ["linear", "tanh", "relu", "leakyRelu"]);
  requireNumber(`${name}: slope`, slope);
  switch (nonlinearity) {
    case "linear":
      return 1;
    case "tanh":
      return 5 / 3;
    case "relu":
      return Math.SQRT2;
    case "leakyRelu":
      return Math.sqrt(2 / (1 + slope ** 2));
  }
}

/** Fills a tensor with a value. */
export function constant(tensor: Tensor, value: number): Tensor {
  requireInstance("constant: tensor", tensor, Tensor);
  requireNumber("constant: value", value);
  return noGrad(() => tensor.fill_(value));
}

/** Fills a tensor with samples from the uniform distribution on [low, high). */
export function uniform(tensor: Tensor, low = 0, high = 1): Tensor {
  requireInstance("uniform: tensor", tensor, Tensor);
  requireNumber("uniform: low", low);
  requireNumber("uniform: high", high, { min: low });
  return noGrad(() => tensor.uniform_(low, high));
}

/** Fills a tensor with samples from a normal distribution. */
export function normal(tensor: Tensor, mean = 0, deviation = 1): Tensor {
  requireInstance("normal: tensor", tensor, Tensor);
  requireNumber("normal: mean", mean);
  requireNumber("normal: deviation", deviation, { min: 0 });
  return noGrad(() => tensor.normal_(mean, deviation));
}

/**
 * Fills a tensor from the normal distribution truncated to [low, high], by inverting its distribution function. PyTorch
 * 1.13 and 2.6 do the same; 2.14 samples by rejection, so it has other values for the same seed.
 */
export function truncatedNormal(tensor: Tensor, mean = 0, deviation = 1, low = -2, high = 2): Tensor {
  requireInstance("truncatedNormal: tensor", tensor, Tensor);
  requireNumber("truncatedNormal: mean", mean);
  requireNumber("truncatedNormal: deviation", deviation, { above: 0 });
  requireNumber("truncatedNormal: low", low);
  requireNumber("truncatedNormal: high", high, { min: low });
  const below = normalDistribution((low - mean) / deviation);
  const above = normalDistribution((high - mean) / deviation);
  return noGrad(() =>
    tensor
      .uniform_(2 * below - 1, 2 * above - 1)
      .erfinv_()
      .mul_(deviation * Math.SQRT2)
      .add_(mean)
      .clamp_(low, high),
  );
}

/**
 * Fills a weight uniformly from [-b, b) with b = gain * sqrt(3 / fan).
 * See [He et al., "Delving Deep into Rectifiers"](https://arxiv.org/abs/1502.01852), 2015.
 */
export function kaimingUniform(weight: Tensor, options: KaimingOptions = {}): Tensor {
  const bound = Math.sqrt(3) * kaimingDeviation("kaimingUniform", weight, options);
  return uniform(weight, -bound, bound);
}

/**
 * Fills a weight from the normal distribution with standard deviation gain / sqrt(fan).
 * See [He et al.](https://arxiv.org/abs/1502.01852), 2015.
 */
export function kaimingNormal(weight: Tensor, options: KaimingOptions = {}): Tensor {
  return normal(weight, 0, kaimingDeviation("kaimingNormal", weight, options));
}

/**
 * Fills a weight uniformly from [-b, b) with b = factor * sqrt(6 / (fanIn + fanOut)). See [Glorot and Bengio,
 * "Understanding the difficulty of training deep feedforward neural
 * networks"](https://proceedings.mlr.press/v9/glorot10a.html), 2010.
 */
export function xavierUniform(weight: Tensor, factor = 1): Tensor {
  const bound = Math.sqrt(3) * xavierDeviation("xavierUniform", weight, factor);
  return uniform(weight, -bound, bound);
}

/**
 * Fills a weight from the normal distribution with standard deviation factor * sqrt(2 / (fanIn + fanOut)).
 * See [Glorot and Bengio](https://proceedings.mlr.press/v9/glorot10a.html), 2010.
 */
export function xavierNormal(weight: Tensor, factor = 1): Tensor {
  return normal(weight, 0, xavierDeviation("xavierNormal", weight, factor));
}

/** Fills weight and bias uniformly from [-b, b) with b = 1 / sqrt(fanIn), PyTorch's default for these layers. */
export function layerDefault(weight: Tensor, bias: Tensor | undefined): void {
  requireInstance("layerDefault: weight", weight, Tensor);
  if (weight.numel === 0) return;
  kaimingUniform(weight, { slope: Math.sqrt(5) });
  if (bias === undefined) return;
  const bound = 1 / Math.sqrt(fan(weight, "fanIn"));
  uniform(bias, -bound, bound);
}

function kaimingDeviation(name: string, weight: Tensor, options: KaimingOptions): number {
  requireOptions<KaimingOptions>(name, options, ["mode", "nonlinearity", "slope"]);
  const { mode = "fanIn", nonlinearity = "leakyRelu", slope = 0 } = options;
  return gainOf(name, nonlinearity, slope) / Math.sqrt(fanOf(name, weight, mode));
}

function xavierDeviation(name: string, weight: Tensor, factor: number): number {
  requireNumber(`${name}: factor`, factor, { min: 0 });
  return factor * Math.sqrt(2 / (fanOf(name, weight, "fanIn") + fanOf(name, weight, "fanOut")));
}

/** Returns P(x <= value) for the standard normal distribution. */
function normalDistribution(value: number): number {
  return (1 + erf(value / Math.SQRT2)) / 2;
}

/** Computes the error function by the series 2x e^(-x^2) / sqrt(pi) * sum (2 x^2)^n / (2n + 1)!!, all of one sign. */
function erf(x: number): number {
  if (Math.abs(x) > 6) return Math.sign(x);
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}
