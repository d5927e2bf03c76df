import { nn } from "@supernet/torch";
import { type Activation, conv2d, type Gate } from "../../layer/layer.js";
import { ElasticConv2d } from "../modules/elastic.js";
import { SqueezeExcitation } from "../modules/squeeze-excitation.js";
import { buildConvolution } from "./build-weights.js";
import {
  type Built,
  type ChannelRange,
  channelRange,
  commonValue,
  type LayerOf,
  requireKind,
  varies,
} from "./candidates.js";

const FUNCTIONS: Readonly<Record<Activation | Gate, new () => nn.Layer>> = {
  relu: nn.ReLU,
  relu6: nn.ReLU6,
  silu: nn.SiLU,
  hardswish: nn.Hardswish,
  sigmoid: nn.Sigmoid,
  hardsigmoid: nn.Hardsigmoid,
};

export const buildFunction = (kind: Activation | Gate): nn.Layer => new FUNCTIONS[kind]();

export function buildPooling(
  path: string,
  all: readonly LayerOf<"max-pool" | "avg-pool">[],
  input: ChannelRange,
): Built {
  const { kind, kernel, stride, padding } = all[0]!;
  commonValue(
    path,
    "windows of a pooling",
    all.map((layer) => [layer.kernel, layer.stride, layer.padding].join(", ")),
  );
  const Pool = kind === "max-pool" ? nn.MaxPool2d : nn.AvgPool2d;
  return { module: new Pool(kernel, { stride, padding }), output: input };
}

export function buildSqueezeExcitation(
  path: string,
  all: readonly LayerOf<"squeeze-excitation">[],
  input: ChannelRange,
): Built {
  const squeezed = channelRange(all.map((layer) => layer.squeezed));
  const first = (channels: number) => conv2d(channels, 1, { bias: true });
  const fc1 = buildConvolution(
    `${path}.fc1`,
    all.map((layer) => first(layer.squeezed)),
    input,
  );
  const elastic =
    varies(input) || varies(squeezed)
      ? new ElasticConv2d(squeezed.max, input.max, 1, { bias: true })
      : undefined;
  const functionOf = (key: "activation" | "gate") =>
    buildFunction(
      commonValue(
        path,
        key,
        all.map((layer) => layer[key]),
      ),
    );
  const module = new SqueezeExcitation({
    fc1: fc1.module as nn.Conv2d,
    activation: functionOf("activation"),
    fc2: elastic ?? new nn.Conv2d(squeezed.max, input.max, 1, { bias: true }),
    gate: functionOf("gate"),
  });
  return {
    module,
    output: input,
    activate:
      elastic &&
      ((layer, channels) => {
        const { squeezed: size } = requireKind(path, layer, "squeeze-excitation");
        fc1.activate?.(first(size), channels);
        elastic.resize({ input: size, output: channels, kernel: 1, padding: 0, groups: 1 });
      }),
  };
}
