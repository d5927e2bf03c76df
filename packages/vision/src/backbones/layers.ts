import { nn } from "@supernet/torch";

export interface ConvolutionOptions {
  readonly stride?: number;
  readonly groups?: number;
}

/** Creates a convolution without bias. Its output has the size of its input, divided by the stride. */
export function convolution(
  inChannels: number,
  outChannels: number,
  kernel: number,
  options: ConvolutionOptions = {},
): nn.Conv2d {
  return new nn.Conv2d(inChannels, outChannels, kernel, { ...options, padding: kernel >> 1, bias: false });
}

/** Creates a convolution and its batch-norm, to spread into a `Sequential`. */
export function convNorm(...args: Parameters<typeof convolution>): [nn.Conv2d, nn.BatchNorm2d] {
  return [convolution(...args), new nn.BatchNorm2d(args[1])];
}

/** Initializes all convolutions in `module` so that gradients keep their variance (He et al., 2015). */
export function initConvolutions(module: nn.Module): void {
  for (const [, layer] of module.namedModules()) {
    if (layer instanceof nn.Conv2d)
      nn.init.kaimingNormal(layer.weight, { mode: "fanOut", nonlinearity: "relu" });
  }
}
