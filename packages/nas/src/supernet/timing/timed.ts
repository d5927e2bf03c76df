import {
  callable,
  count,
  parseOptions,
  requireArray,
  requireFunction,
  requireInstance,
} from "@supernet/base";
import { nn, noGrad, randn, type Tensor, tidy } from "@supernet/torch";
import { z } from "zod";
import type { PlacedLayer } from "../../cost/reachable.js";
import type { Shape } from "../../cost/shape.js";
import { IMAGE_CHANNELS } from "../../cost/shape.js";
import { featureParts, type NetworkSpace } from "../../network/network-space.js";
import { requireNetworkSpace } from "../../network/require.js";
import type { Subnet } from "../../space/space.js";
import { validateSubnet } from "../../space/validate.js";
import { buildLayer } from "../build/build-layer.js";
import { fixedChannels } from "../build/candidates.js";
import { PartModules } from "../build/part-modules.js";

/** Network or layer that is ready to be timed on one image, in any runtime. */
export interface Timed {
  /** Runs it once and returns the elapsed milliseconds. */
  run(): number | Promise<number>;
  /** Releases its memory. */
  close(): void | Promise<void>;
}

/** Options of `timedForward`. */
export interface TimedOptions {
  /** Number of inputs. Default: 1. */
  readonly batch?: number | undefined;
  /** Called when timing is finished. */
  readonly close?: (() => void) | undefined;
}

/**
 * Times a forward pass on libtorch, without gradients, on random input.
 * @param input shape without the batch: `[channels, height, width]` or `[tokens, width]`
 */
export function timedForward(
  forward: (x: Tensor) => unknown,
  input: Shape,
  options: TimedOptions = {},
): Timed {
  requireFunction("timedForward: forward", forward);
  requireArray("timedForward: input", input);
  parseOptions("timedForward", timedSchema, options);
  const { batch = 1, close } = options;
  const image = noGrad(() => randn(batchOf(input, batch)).keep());
  return {
    run: () =>
      noGrad(() =>
        tidy(() => {
          const start = performance.now();
          forward(image);
          return performance.now() - start;
        }),
      ),
    close() {
      image.dispose();
      close?.();
    },
  };
}

const timedSchema = z.strictObject({ batch: count.optional(), close: callable.optional() });

/** Adds a batch to a shape: first for a map, between tokens and width for a sequence. */
const batchOf = (shape: Shape, batch: number): number[] =>
  shape.length === 2 ? [shape[0]!, batch, shape[1]!] : [batch, ...shape];

/**
 * Times a module, and disposes it when timing is finished.
 * @param batch number of inputs. Default: 1.
 */
export function timedModule(module: nn.Layer, input: Shape, batch?: number): Timed {
  requireInstance("timedModule: module", module, nn.Module);
  return timedForward((x) => module.forward(x), input, { batch, close: () => disposeModule(module) });
}

/** Frees all parameters and buffers of a module. */
export function disposeModule(module: nn.Module): void {
  requireInstance("disposeModule: module", module, nn.Module);
  for (const tensor of module.stateDict().values()) tensor.dispose();
}

/** Builds a layer as a stand-alone module in evaluation mode, with newly initialized weights. */
export function buildStandaloneLayer(placed: Omit<PlacedLayer, "choices">): nn.Layer {
  parseOptions("buildStandaloneLayer", placedSchema, placed);
  const { layer, input, part } = placed;
  return buildLayer(part, [layer], fixedChannels(channelsOf(input))).module.eval();
}

const placedSchema = z.looseObject({
  layer: z.looseObject({ kind: z.string() }),
  input: z.array(count).min(1),
  part: z.string(),
});

/** Returns the channels of a map `[channels, height, width]`. For other shapes, returns the last dimension. */
const channelsOf = (shape: Shape): number => (shape.length === 3 ? shape[0]! : shape.at(-1)!);

/** Builds a stand-alone subnet without the classifier's last layer: `[n, 3, h, w] -> [n, features]`. */
export function buildFeatures(space: NetworkSpace, subnet: Subnet): nn.Layer {
  requireNetworkSpace("buildFeatures", space);
  validateSubnet(space, subnet, "buildFeatures: subnet");
  return new PartModules(space, featureParts(space), fixedChannels(IMAGE_CHANNELS), subnet);
}
