import { requireArray, requireFunction, requireObject } from "@supernet/base";
import type { nn, Tensor } from "@supernet/torch";

/** Network that computes feature maps for a detector, finest first. */
export interface Backbone extends nn.Module {
  /** Maps images [N, 3, H, W] to one map per stage: [N, outChannels[i], H / strides[i], W / strides[i]]. */
  forward(images: Tensor): Tensor[];
  /** Number of channels of each map. */
  readonly outChannels: readonly number[];
  /** Stride of each map, in pixels of the image. */
  readonly strides: readonly number[];
}

/** Checks that a value describes a backbone's maps. @throws TypeError if not */
export function requireMaps(
  name: string,
  value: unknown,
): asserts value is Pick<Backbone, "outChannels" | "strides"> {
  requireObject(name, value);
  for (const key of ["outChannels", "strides"]) requireArray(`${name}.${key}`, Reflect.get(value, key));
}

/** Checks that a value is a backbone. @throws TypeError if not */
export function requireBackbone(name: string, value: unknown): asserts value is Backbone {
  requireMaps(name, value);
  requireFunction(`${name}.forward`, Reflect.get(value, "forward"));
}
