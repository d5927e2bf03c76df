import { requireArray, requireFunction, requireObject } from "@supernet/base";
import type { nn, Tensor } from "@supernet/torch";

/** All that a detector knows of its backbone: feature maps, finest first, with their channels and strides. */
export interface Backbone extends nn.Module {
  /** N x C x H x W images to one map a stage, N x outChannels[i] x H / strides[i] x W / strides[i]. */
  forward(images: Tensor): Tensor[];
  readonly outChannels: readonly number[];
  readonly strides: readonly number[];
}

/** @throws TypeError if the value does not describe a backbone's maps */
export function requireMaps(
  name: string,
  value: unknown,
): asserts value is Pick<Backbone, "outChannels" | "strides"> {
  requireObject(name, value);
  for (const key of ["outChannels", "strides"]) requireArray(`${name}.${key}`, Reflect.get(value, key));
}

/** @throws TypeError if the value is not a backbone */
export function requireBackbone(name: string, value: unknown): asserts value is Backbone {
  requireMaps(name, value);
  requireFunction(`${name}.forward`, Reflect.get(value, "forward"));
}
