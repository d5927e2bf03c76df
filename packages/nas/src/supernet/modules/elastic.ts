/**
 * Layers of which every smaller one is a slice (Cai et al., "Once-for-all", 2020; Chen et al., "AutoFormer", 2021):
 * the leading channels, and the middle of the kernel. `resize` says which slice runs.
 */
import { nn, noGrad, ops, type Tensor } from "@supernet/torch";

/** A module whose active weights are slices of its own. */
export interface Elastic extends nn.Module {
  /** Parameters and buffers that are active now, by the names of the whole ones; memory is shared. */
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

/** A convolution of which input and output channels and the kernel vary. */
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

/** A batch-norm of which the number of channels varies. */
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

/** A layer-norm over features whose number varies. */
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

/** The weights of a linear layer that run. */
export const weightsOf = (layer: nn.Linear): LinearWeights =>
  layer instanceof ElasticLinear ? layer.active() : layer;

/** A linear layer of which input and output features vary. */
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

  /** The weights that run, for those who do other than `forward` with them. */
  active(): LinearWeights {
    return {
      weight: sliceDim(sliceDim(this.weight, 0, this.#output), 1, this.#input),
      bias: this.bias && sliceDim(this.bias, 0, this.#output),
    };
  }
}

/** Returns `size` entries of one dimension from `start`: a view, or the tensor itself if that is all of it. */
export function sliceDim(tensor: Tensor, dimension: number, size: number, start = 0): Tensor {
  return tensor.shape[dimension] === size ? tensor : tensor.narrow(dimension, start, size);
}
