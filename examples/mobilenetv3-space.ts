// A custom search space of MobileNetV3 blocks (Howard et al., 2019), chosen as in FBNet: each block is plain, has a
// squeeze-and-excitation, or is skipped. Its kernel and its width are searched, too. MobileNetV3-Large is one of the
// subnets. See docs/guide/search-spaces.md.
//
//   supernet profile --space examples/mobilenetv3-space.ts
//   supernet run mixed-quickstart --work-dir runs/mobilenetv3 --set "space={file: examples/mobilenetv3-space.ts}" --set steps.search.constraints.flops.max=6e6
import {
  batchNorm2d,
  conv2d,
  type Decision,
  defineSpace,
  depthwiseConv2d,
  fixedPart,
  globalAveragePool,
  hardswish,
  identity,
  linear,
  type Part,
  relu,
  residual,
  sequential,
  squeezeExcitation,
} from "supernet";

// Blocks of MobileNetV3-Large after the first: expanded channels, output channels, stride.
const BLOCKS = `
  64 24 2,   72 24 1,
  72 40 2,   120 40 1,  120 40 1,
  240 80 2,  200 80 1,  184 80 1,  184 80 1,
  480 112 1, 672 112 1,
  672 160 2, 960 160 1, 960 160 1`
  .split(",")
  .map((block) => block.trim().split(" ").map(Number) as [number, number, number]);
const RELU_BLOCKS = 5; // those after them have a hard swish

/** Returns a multiple of 8 near `channels`, at least 90 % of it. */
function divisible(channels: number): number {
  const near = Math.max(8, Math.floor((channels + 4) / 8) * 8);
  return near < 0.9 * channels ? near + 8 : near;
}

/** Creates the space with all channels multiplied by `width`. */
export function mobileNetV3(width: number) {
  const scaled = (channels: number) => divisible(channels * width);
  const decisions: Decision[] = [];
  let input = scaled(16);
  const blocks = BLOCKS.map(([largest, channels, stride], index): Part => {
    const activation = index < RELU_BLOCKS ? relu : hardswish;
    const name = `layers.${index + 1}`;
    const [kind, kernel, expanded] = [`${name}.block`, `${name}.kernel`, `${name}.expanded`];
    const out = scaled(channels);
    const keeps = stride === 1 && input === out; // so it has a shortcut, and can be skipped
    input = out;
    decisions.push(
      { name: kind, choices: ["plain", "squeeze", ...(keeps ? ["skip"] : [])] },
      { name: kernel, choices: [3, 5] },
      { name: expanded, choices: [scaled(largest / 2), scaled(largest)] },
    );
    return {
      name,
      decisions: [kind, kernel, expanded],
      layer(chosen) {
        if (chosen[kind] === "skip") return identity();
        const middle = Number(chosen[expanded]);
        const squeeze = squeezeExcitation(divisible(Math.floor(middle / 4)), { gate: "hardsigmoid" });
        const body = sequential(
          ...[conv2d(middle, 1), batchNorm2d(), activation()],
          ...[depthwiseConv2d(Number(chosen[kernel]), { stride }), batchNorm2d(), activation()],
          ...(chosen[kind] === "squeeze" ? [squeeze] : []),
          ...[conv2d(out, 1), batchNorm2d()],
        );
        return keeps ? residual(body) : body;
      },
      sharing: { separate: [kind] }, // kernels and widths are slices of the largest
    };
  });
  const first = [depthwiseConv2d(3), batchNorm2d(), relu(), conv2d(scaled(16), 1), batchNorm2d()];
  const map = (block: number, stride: number) => ({ part: `layers.${block}`, stride });
  return defineSpace({
    name: "mobilenetv3",
    decisions,
    backbone: [
      fixedPart("stem", sequential(conv2d(scaled(16), 3, { stride: 2 }), batchNorm2d(), hardswish())),
      fixedPart("layers.0", residual(sequential(...first))),
      ...blocks,
    ],
    maps: [map(2, 4), map(5, 8), map(11, 16), map(14, 32)],
    tail: [
      fixedPart("last_conv", sequential(conv2d(scaled(960), 1), batchNorm2d(), hardswish())),
      fixedPart("pool", globalAveragePool()),
      fixedPart("features", sequential(linear(scaled(1280)), hardswish())),
    ],
  });
}

export default mobileNetV3(1);
