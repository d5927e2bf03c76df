import { nn } from "@supernet/torch";

export interface ConvolutionOptions {
  readonly stride?: number;
  readonly groups?: number;
}

/** Convolution without bias that keeps the size (over its stride). */
export function convolution(
  inChannels: number,
  outChannels: number,
  kernel: number,
  options: ConvolutionOptions = {},
): nn.Conv2d {
  return new nn.Conv2d(inChannels, outChannels, kernel, { ...options, padding: kernel >> 1, bias: false });
}

/** The same followed by batch-norm, to be spread in a `Sequential`. */
export function convNorm(...args: Parameters<typeof convolution>): [nn.Conv2d, nn.BatchNorm2d] {
  return [convolution(...args), new nn.BatchNorm2d(args[1])];
}

/** Draws the weights of all convolutions below `module` so that gradients keep their variance (He et al., 2015). */
export function initConvolutions(module: nn.Module): void {
  for (const [, layer] of module.namedModules()) {
    if (layer instanceof nn.Conv2d)
      nn.init.kaimingNormal(layer.weight, { mode: "fanOut", nonlinearity: "relu" });
  }
}
