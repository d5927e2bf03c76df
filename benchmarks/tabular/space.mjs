// The space that tabular.mjs measures: three stages of inverted residuals, with 8000 subnets that are all different
// networks. In each stage, the search chooses the width, the kernel of the first block, and an optional second block
// with its kernel and expansion. Kernels and expansions have separate weights, and widths are slices of them.
import {
  batchNorm2d,
  conv2d,
  defineSpace,
  depthwiseConv2d,
  fixedPart,
  globalAveragePool,
  identity,
  relu,
  residual,
  sequential,
} from "supernet";

const WIDTHS = [
  [8, 16],
  [16, 32],
  [24, 48],
];
const STRIDES = [1, 2, 2];
const FIRST = { "3x3": [3, 2], "5x5": [5, 2] }; // kernel and expansion
const SECOND = { skip: undefined, "3x3": [3, 2], "5x5": [5, 2], "3x3_wide": [3, 3], "5x5_wide": [5, 3] };

const inverted = (input, out, [kernel, expansion], stride) =>
  sequential(
    ...[conv2d(expansion * input, 1), batchNorm2d(), relu()],
    ...[depthwiseConv2d(kernel, { stride }), batchNorm2d(), relu()],
    ...[conv2d(out, 1), batchNorm2d()],
  );

const STEM = 8;
const widthOf = (stage, chosen) => (stage < 0 ? STEM : Number(chosen[`stages.${stage}.width`]));

function blocks(stage) {
  const width = `stages.${stage}.width`;
  const [first, second] = [`layers.${stage}.0`, `layers.${stage}.1`];
  return [
    {
      name: first,
      decisions: [...(stage === 0 ? [] : [`stages.${stage - 1}.width`]), width, first],
      layer: (chosen) =>
        inverted(widthOf(stage - 1, chosen), widthOf(stage, chosen), FIRST[chosen[first]], STRIDES[stage]),
      sharing: { separate: [first] },
    },
    {
      name: second,
      decisions: [width, second],
      layer(chosen) {
        const settings = SECOND[chosen[second]];
        const channels = widthOf(stage, chosen);
        return settings ? residual(inverted(channels, channels, settings, 1)) : identity();
      },
      sharing: { separate: [second] },
    },
  ];
}

export default defineSpace({
  name: "tabular",
  decisions: WIDTHS.flatMap((choices, stage) => [
    { name: `stages.${stage}.width`, choices },
    { name: `layers.${stage}.0`, choices: Object.keys(FIRST) },
    { name: `layers.${stage}.1`, choices: Object.keys(SECOND) },
  ]),
  backbone: [
    fixedPart("stem", sequential(conv2d(STEM, 3, { stride: 2 }), batchNorm2d(), relu())),
    ...WIDTHS.flatMap((_, stage) => blocks(stage)),
  ],
  maps: [
    { part: "layers.0.1", stride: 2 },
    { part: "layers.1.1", stride: 4 },
    { part: "layers.2.1", stride: 8 },
  ],
  tail: [
    fixedPart("last_conv", sequential(conv2d(96, 1), batchNorm2d(), relu())),
    fixedPart("pool", globalAveragePool()),
  ],
});
