import type { nn, Tensor } from "@supernet/torch";

/** All that a detector knows of its backbone: feature maps, finest first, with their channels and strides. */
export interface Backbone extends nn.Module {
  /** N x C x H x W images to one map a stage, N x outChannels[i] x H / strides[i] x W / strides[i]. */
  forward(images: Tensor): Tensor[];
  readonly outChannels: readonly number[];
  readonly strides: readonly number[];
}
