import type { Layer } from "./layer.js";

/** How many channels (of a map) or features (of a vector or token) a layer puts out for so many that come in. */
export function outputChannels(layer: Layer, input: number): number {
  switch (layer.kind) {
    case "conv":
    case "linear":
    case "patch-embedding":
      return layer.out;
    case "sequential":
      return layer.layers.reduce((channels, inner) => outputChannels(inner, channels), input);
    case "concat":
      return Object.values(layer.branches).reduce((sum, inner) => sum + outputChannels(inner, input), 0);
    case "split-shuffle":
      return input / 2 + outputChannels(layer.body, input / 2);
    default:
      return input;
  }
}
