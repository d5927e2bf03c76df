// A search space of one's own: a small residual network of which the kernel of every block, and the width and the
// depth of every stage are searched. docs/spaces.md explains it.
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

const WIDTHS = [8, 16, 32, 64]; // channels of each stage; half as many again are the other choice
const DEPTHS = [1, 2, 3]; // blocks in a stage
const KERNELS = [3, 5];

const convolution = (out: number, kernel: number, stride: number) =>
  sequential(conv2d(out, kernel, { stride }), batchNorm2d(), relu());

// A part is one stretch of the network: its layer hangs on the decisions that it names, and on nothing else.
function block(stage: number, place: number): Part {
  const [width, depth, kernel] = [
    `stages.${stage}.width`,
    `stages.${stage}.depth`,
    `layers.${stage}.${place}.kernel`,
  ];
  return {
    name: `layers.${stage}.${place}`,
    decisions: [width, depth, kernel],
    layer(chosen) {
      if (Number(chosen[depth]) <= place) return identity(); // beyond the chosen depth
      const first = place === 0; // halves the map, and so has no shortcut
      const body = convolution(Number(chosen[width]), Number(chosen[kernel]), first ? 2 : 1);
      return first ? body : residual(body);
    },
    sharing: "entangled", // candidates are slices of the largest; "separate" gives each weights of its own
  };
}

const stages = WIDTHS.map((_, stage) => DEPTHS.map((_, place) => block(stage, place)));

export default defineSpace({
  name: "my-space",
  decisions: WIDTHS.flatMap((width, stage) => [
    { name: `stages.${stage}.width`, choices: [width, width * 1.5] },
    { name: `stages.${stage}.depth`, choices: DEPTHS },
    ...DEPTHS.map((_, place) => ({ name: `layers.${stage}.${place}.kernel`, choices: KERNELS })),
  ]),
  backbone: [fixedPart("stem", convolution(8, 3, 2)), ...stages.flat()],
  maps: stages.map((blocks, stage) => ({ part: blocks.at(-1)!.name, stride: 4 * 2 ** stage })),
  tail: [fixedPart("pool", globalAveragePool())],
});
