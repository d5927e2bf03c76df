// A custom search space: a small residual network. The search chooses the kernel size of every block, and the width and
// depth of every stage. See docs/guide/search-spaces.md.
//
//   supernet profile --space examples/my-space.ts
//   supernet run detnas-quickstart --work-dir runs/my-space --set "space={file: examples/my-space.ts}"
import {
  batchNorm2d,
  conv2d,
  defineSpace,
  fixedPart,
  globalAveragePool,
  identity,
  type Part,
  relu,
  residual,
  sequential,
} from "supernet";

const WIDTHS = [8, 16, 32, 64]; // channels of each stage; the other choice is 1.5 times as many
const DEPTHS = [1, 2, 3]; // blocks per stage
const KERNELS = [3, 5];

const convolution = (out: number, kernel: number, stride: number) =>
  sequential(conv2d(out, kernel, { stride }), batchNorm2d(), relu());

// A part is a section of the network. Its layer may depend only on the decisions that it lists.
function block(stage: number, index: number): Part {
  const [width, depth, kernel] = [
    `stages.${stage}.width`,
    `stages.${stage}.depth`,
    `layers.${stage}.${index}.kernel`,
  ];
  return {
    name: `layers.${stage}.${index}`,
    decisions: [width, depth, kernel],
    layer(chosen) {
      if (Number(chosen[depth]) <= index) return identity(); // beyond the chosen depth
      const first = index === 0; // halves the resolution, so it has no shortcut
      const body = convolution(Number(chosen[width]), Number(chosen[kernel]), first ? 2 : 1);
      return first ? body : residual(body);
    },
    sharing: "entangled", // candidates are slices of the largest; "separate" gives each its own weights
  };
}

const stages = WIDTHS.map((_, stage) => DEPTHS.map((_, index) => block(stage, index)));

export default defineSpace({
  name: "my-space",
  decisions: WIDTHS.flatMap((width, stage) => [
    { name: `stages.${stage}.width`, choices: [width, width * 1.5] },
    { name: `stages.${stage}.depth`, choices: DEPTHS },
    ...DEPTHS.map((_, index) => ({ name: `layers.${stage}.${index}.kernel`, choices: KERNELS })),
  ]),
  backbone: [fixedPart("stem", convolution(8, 3, 2)), ...stages.flat()],
  maps: stages.map((blocks, stage) => ({ part: blocks.at(-1)!.name, stride: 4 * 2 ** stage })),
  tail: [fixedPart("pool", globalAveragePool())],
});
