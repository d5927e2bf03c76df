import { UserError } from "@supernet/torch/errors";
import type { Convolution, Layer } from "../layer/layer.js";
import { type Cost, NOTHING, sumCosts } from "./cost.js";
import { mapSizes, type Shape } from "./shape.js";

export interface Estimate {
  readonly output: Shape;
  readonly cost: Cost;
}

/**
 * Output shape and cost of a layer, and of the layers within it under their modules' names.
 * @param name of the module, for the cost
 * @param path of the module in its network, for messages
 * @throws UserError where the input is too small; RangeError where shapes do not fit together
 */
export function estimateLayer(layer: Layer, name: string, input: Shape, path = name): Estimate {
  const child = (inner: Layer, key: string, shape: Shape) =>
    estimateLayer(inner, key, shape, `${path}.${key}`);
  const free = (output: Shape): Estimate => ({ output, cost: { name, ...NOTHING } });
  switch (layer.kind) {
    case "conv":
      return convolution(layer, name, input, path);
    case "depthwise-conv": {
      const [channels] = mapSizes(path, input);
      return convolution({ ...layer, kind: "conv", out: channels, groups: channels }, name, input, path);
    }
    case "batch-norm": {
      const [channels, height, width] = mapSizes(path, input);
      const flops = 2 * channels * height * width;
      return { output: input, cost: { name, params: 2 * channels, macs: 0, flops } };
    }
    case "linear": {
      const features = input.at(-1)!;
      const rows = input.slice(0, -1).reduce((product, size) => product * size, 1);
      const macs = rows * features * layer.out;
      const params = features * layer.out + (layer.bias ? layer.out : 0);
      return { output: [...input.slice(0, -1), layer.out], cost: { name, params, macs, flops: macs } };
    }
    case "global-pool":
      return free([mapSizes(path, input)[0]]);
    case "relu":
    case "relu6":
    case "identity":
      return free(input);
    case "sequential": {
      let output = input;
      const costs = layer.layers.map((inner, i) => {
        const estimate = child(inner, String(i), output);
        output = estimate.output;
        return estimate.cost;
      });
      return { output, cost: sumCosts(name, costs) };
    }
    case "residual": {
      const body = child(layer.body, "body", input);
      if (body.output.join() !== input.join()) {
        throw new RangeError(
          `${path}: ${body.output.join("x")} cannot be added to the ${input.join("x")} that came in`,
        );
      }
      return { output: input, cost: sumCosts(name, [body.cost]) };
    }
    case "concat": {
      const branches = Object.entries(layer.branches).map(([key, inner]) => child(inner, key, input));
      const costs = branches.map(({ cost }) => cost);
      return {
        output: joined(
          path,
          branches.map(({ output }) => output),
        ),
        cost: sumCosts(name, costs),
      };
    }
    case "split-shuffle": {
      const [channels, ...size] = mapSizes(path, input);
      if (channels % 2 !== 0) throw new RangeError(`${path}: ${channels} channels have no halves`);
      const half = [channels / 2, ...size];
      const body = child(layer.body, layer.name, half);
      return { output: joined(path, [half, body.output]), cost: sumCosts(name, [body.cost]) };
    }
  }
}

function convolution(
  { out, kernel, stride, padding, groups, bias }: Convolution,
  name: string,
  input: Shape,
  path: string,
): Estimate {
  const [channels, height, width] = mapSizes(path, input);
  if (channels % groups !== 0 || out % groups !== 0) {
    throw new RangeError(`${path}: ${channels} to ${out} channels do not divide into ${groups} groups`);
  }
  const size = (n: number) => Math.floor((n + 2 * padding - kernel) / stride) + 1;
  const output = [out, size(height), size(width)];
  if (output[1]! < 1 || output[2]! < 1) {
    throw new UserError(`an input of ${input.join("x")} is too small for ${path}: take a larger image`);
  }
  const weights = (channels / groups) * out * kernel * kernel;
  const macs = weights * output[1]! * output[2]!;
  return { output, cost: { name, params: weights + (bias ? out : 0), macs, flops: macs } };
}

/** Maps one after the other by channels. */
function joined(path: string, shapes: readonly Shape[]): Shape {
  const sizes = new Set(shapes.map((shape) => shape.slice(1).join("x")));
  if (sizes.size !== 1)
    throw new RangeError(`${path}: its branches put out maps of ${[...sizes].join(" and ")}`);
  return [shapes.reduce((sum, [channels]) => sum + channels!, 0), ...shapes[0]!.slice(1)];
}
