import { nn, noGrad, ops, type Tensor, tidy } from "@supernet/torch";

/**
 * Folds each batch-norm, and the ReLU or ReLU6 after it, into the convolution before it, for faster inference. Outputs
 * are the same up to rounding. Frees the folded modules, so the network cannot be trained afterwards.
 * @param module stand-alone network with its final batch-norm statistics
 */
export function fuseBatchNorms(module: nn.Module): void {
  const sequences: nn.Sequential[] = [];
  for (const [, child] of module.namedModules()) if (child instanceof nn.Sequential) sequences.push(child);
  for (const sequence of sequences) sequence.replace(fused([...sequence]));
}

function fused(layers: readonly nn.Layer[]): nn.Layer[] {
  const result: nn.Layer[] = [];
  for (let i = 0; i < layers.length; i++) {
    const [layer, norm, activation] = layers.slice(i, i + 3);
    if (layer instanceof nn.Conv2d && norm instanceof nn.BatchNorm2d && norm.running_mean) {
      const active = activation instanceof nn.ReLU || activation instanceof nn.ReLU6;
      result.push(new FusedConv2d(layer, norm, active ? activation : undefined));
      for (const part of [layer, norm]) for (const tensor of part.stateDict().values()) tensor.dispose();
      i += active ? 2 : 1;
    } else {
      result.push(layer!);
    }
  }
  return result;
}

/** Convolution, batch-norm with its running statistics and optional ReLU or ReLU6 in one module. */
class FusedConv2d extends nn.Module {
  readonly weight: Tensor;
  readonly bias: Tensor;
  readonly #convolution: nn.Conv2d;
  readonly #activation: nn.ReLU | nn.ReLU6 | undefined;

  constructor(convolution: nn.Conv2d, norm: nn.BatchNorm2d, activation: nn.ReLU | nn.ReLU6 | undefined) {
    super();
    const { weight, bias } = noGrad(() => tidy(() => fold(convolution, norm)));
    this.weight = nn.buffer(weight);
    this.bias = nn.buffer(bias);
    this.#convolution = convolution;
    this.#activation = activation;
  }

  forward(x: Tensor): Tensor {
    const { stride, padding, dilation, groups } = this.#convolution;
    const y = ops.conv2d(x, this.weight, this.bias, stride, padding, dilation, groups);
    if (this.#activation === undefined) return y;
    return this.#activation instanceof nn.ReLU6 ? ops.relu6_(y) : ops.relu_(y);
  }
}

function fold(convolution: nn.Conv2d, norm: nn.BatchNorm2d): { weight: Tensor; bias: Tensor } {
  const deviation = norm.running_var!.add(norm.eps).sqrt();
  const scale = norm.weight ? norm.weight.div(deviation) : deviation.reciprocal();
  const center = convolution.bias ? norm.running_mean!.sub(convolution.bias) : norm.running_mean!;
  const shift = center.mul(scale).neg();
  return {
    weight: convolution.weight.mul(scale.reshape([-1, 1, 1, 1])),
    bias: norm.bias ? shift.add(norm.bias) : shift,
  };
}
