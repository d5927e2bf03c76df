/**
 * Layers whose smaller variants are slices of their weights: the leading channels and the center of the kernel.
 * `resize` selects the active slice. See Cai et al., ["Once-for-All"](https://arxiv.org/abs/1908.09791), 2020, and
 * Chen et al., ["AutoFormer"](https://arxiv.org/abs/2107.00651), 2021.
 */
import { nn, noGrad, ops, type Tensor } from "@supernet/torch";
import { normGroups } from "../../layer/layer.js";

/** Module whose active weights are slices of its weights, or computed from them. */
export interface Elastic extends nn.Module {
  /** Returns the active parameters and buffers by name. Slices share memory with the module. */
  activeState(): Readonly<Record<string, Tensor | undefined>>;
}

export function isElastic(module: nn.Module): module is Elastic {
  return "activeState" in module;
}

export interface ConvolutionSize {
  readonly input: number;
  readonly output: number;
  readonly kernel: number;
  readonly padding: number;
  readonly groups: number;
}

/** Convolution with elastic input channels, output channels and kernel size. */
export class ElasticConv2d extends nn.Conv2d implements Elastic {
  #size: ConvolutionSize = {
    input: this.inChannels,
    output: this.outChannels,
    kernel: this.kernelSize[0],
    padding: this.padding[0],
    groups: this.groups,
  };

  resize(size: ConvolutionSize): void {
    this.#size = size;
  }

  override forward(x: Tensor): Tensor {
    const { padding, groups } = this.#size;
    const { weight, bias } = this.#active();
    return ops.conv2d(x, weight, bias, this.stride, [padding, padding], this.dilation, groups);
  }

  activeState() {
    return noGrad(() => this.#active());
  }

  #active() {
    const { input, output, kernel, groups } = this.#size;
    const margin = (this.kernelSize[0] - kernel) / 2;
    let weight = sliceDim(this.weight, 0, output);
    weight = sliceDim(weight, 1, input / groups);
    weight = sliceDim(sliceDim(weight, 2, kernel, margin), 3, kernel, margin);
    return { weight, bias: this.bias && sliceDim(this.bias, 0, output) };
  }
}

/** Batch-norm with an elastic number of channels. */
export class ElasticBatchNorm2d extends nn.BatchNorm2d implements Elastic {
  #channels = this.numFeatures;

  resize(channels: number): void {
    this.#channels = channels;
  }

  override forward(x: Tensor): Tensor {
    return this.normalize(x, this.#active());
  }

  activeState() {
    return noGrad(() => ({ ...this.#active(), num_batches_tracked: this.num_batches_tracked }));
  }

  #active(): nn.BatchNormTensors {
    const leading = (tensor: Tensor | undefined) => tensor && sliceDim(tensor, 0, this.#channels);
    return {
      weight: leading(this.weight),
      bias: leading(this.bias),
      running_mean: leading(this.running_mean),
      running_var: leading(this.running_var),
    };
  }
}

/** Group-norm with an elastic number of channels, and groups that depend on it: see `normGroups`. */
export class ElasticGroupNorm extends nn.GroupNorm implements Elastic {
  #channels = this.numChannels;

  constructor(channels: number) {
    super(normGroups(channels), channels);
  }

  resize(channels: number): void {
    this.#channels = channels;
  }

  override forward(x: Tensor): Tensor {
    const { weight, bias } = this.#active();
    return ops.groupNorm(x, normGroups(this.#channels), weight, bias, this.eps, true);
  }

  activeState() {
    return noGrad(() => this.#active());
  }

  #active() {
    const leading = (tensor: Tensor | undefined) => tensor && sliceDim(tensor, 0, this.#channels);
    return { weight: leading(this.weight), bias: leading(this.bias) };
  }
}

/** Layer-norm with an elastic number of features. */
export class ElasticLayerNorm extends nn.LayerNorm implements Elastic {
  #features = this.normalizedShape[0]!;

  resize(features: number): void {
    this.#features = features;
  }

  override forward(x: Tensor): Tensor {
    const { weight, bias } = this.#active();
    return ops.layerNorm(x, [this.#features], weight, bias, this.eps, true);
  }

  activeState() {
    return noGrad(() => this.#active());
  }

  #active() {
    const leading = (tensor: Tensor | undefined) => tensor && sliceDim(tensor, 0, this.#features);
    return { weight: leading(this.weight), bias: leading(this.bias) };
  }
}

export type LinearWeights = Pick<nn.Linear, "weight" | "bias">;

/** Returns the active weights of a linear layer. */
export const weightsOf = (layer: nn.Linear): LinearWeights =>
  layer instanceof ElasticLinear ? layer.active() : layer;

/** Linear layer with elastic input and output features. */
export class ElasticLinear extends nn.Linear implements Elastic {
  #input = this.inFeatures;
  #output = this.outFeatures;

  resize(input: number, output: number): void {
    this.#input = input;
    this.#output = output;
  }

  override forward(x: Tensor): Tensor {
    const { weight, bias } = this.active();
    return ops.linear(x, weight, bias);
  }

  activeState() {
    return noGrad(() => this.active());
  }

  /** Returns the active weights, for callers that do not use `forward`. */
  active(): LinearWeights {
    return {
      weight: sliceDim(sliceDim(this.weight, 0, this.#output), 1, this.#input),
      bias: this.bias && sliceDim(this.bias, 0, this.#output),
    };
  }
}

/** Returns `size` entries of one dimension from `start` as a view. Returns the tensor itself if it has that size. */
export function sliceDim(tensor: Tensor, dimension: number, size: number, start = 0): Tensor {
  return tensor.shape[dimension] === size ? tensor : tensor.narrow(dimension, start, size);
}
