import assert from "node:assert/strict";
import { test } from "node:test";
import { UserError } from "@supernet/base";
import { batchNorm2d, conv2d, globalAveragePool, relu, residual, sequential } from "../layer/layer.js";
import { fixedPart } from "../layer/part.js";
import { defineSpace } from "./define-space.js";
import { hasLayer, type NetworkSpace } from "./network-space.js";

type Description = Parameters<typeof defineSpace>[0];

const stem = fixedPart("stem", sequential(conv2d(8, 3, { stride: 2 }), batchNorm2d(), relu()));
const block = {
  name: "block",
  decisions: ["kernel"],
  layer: ({ kernel }) => residual(conv2d(8, Number(kernel))),
  sharing: "entangled",
} satisfies NetworkSpace["backbone"][number];
const sound: Description = {
  name: "mine",
  decisions: [{ name: "kernel", choices: [3, 5] }],
  backbone: [stem, block],
  maps: [{ part: "block", stride: 2 }],
  tail: [fixedPart("pool", globalAveragePool())],
};

test("accepts a valid space", () => {
  assert.deepEqual(defineSpace(sound).canonical!({ kernel: 5 }), { kernel: 5 });
});

test("hasLayer finds batch-norm at any depth", () => {
  assert.ok(hasLayer(defineSpace(sound), "batch-norm"));
  const plainStem = fixedPart("stem", sequential(conv2d(8, 3, { stride: 2 }), relu()));
  const plain = { ...sound, backbone: [plainStem, block] };
  assert.ok(!hasLayer(defineSpace(plain), "batch-norm"));
  const inOne: typeof block = {
    ...block,
    layer: ({ kernel }) => residual(kernel === 5 ? sequential(conv2d(8, 5), batchNorm2d()) : conv2d(8, 3)),
  };
  assert.ok(
    hasLayer(
      defineSpace({ ...plain, backbone: [plainStem, { ...inOne, sharing: "separate" }] }),
      "batch-norm",
    ),
  );
});

test("accepts a space without maps if it has an imageSize", () => {
  const { maps } = defineSpace({ ...sound, imageSize: 9, maps: [] });
  assert.deepEqual(maps, []);
});

test("names the part, the decision and the choice that make a layer's size wrong", () => {
  const decisions = [
    { name: "kernel", choices: [3, 5] },
    { name: "width", choices: [8, "nope"] },
  ];
  const part = (layer: (typeof block)["layer"]) => ({
    ...sound,
    decisions,
    backbone: [stem, { ...block, decisions: ["kernel", "width"], layer, sharing: "separate" } as const],
  });
  const size = "expected an integer from 1; its layer function read";
  const cases: readonly (readonly [(typeof block)["layer"], string])[] = [
    [({ width }) => residual(conv2d(Number(width), 3)), `block: conv2d: out is NaN; ${size} width = "nope"`],
    [
      ({ kernel, width }) => conv2d(width as unknown as number, Number(kernel)),
      `block: conv2d: out is "nope"; ${size} kernel = 3, width = "nope"`,
    ],
    [
      ({ widht }) => conv2d(Number(widht), 3),
      `block: conv2d: out is NaN; ${size} widht, which is not in its decisions (did you mean width?)`,
    ],
    [
      ({ depth }) => conv2d(depth as unknown as number, 3),
      `block: conv2d: out is undefined; ${size} depth, which is not in its decisions`,
    ],
    [() => conv2d(0, 3), "block: conv2d: out is 0; expected an integer from 1"],
    [
      () => null as unknown as ReturnType<typeof relu>,
      'block: its layer function returns null for {"kernel":3,"width":8}',
    ],
  ];
  for (const [layer, message] of cases) {
    assert.throws(() => defineSpace(part(layer)), { name: "UserError", message: `space mine: ${message}` });
  }
});

test("rejects invalid spaces in one line that names the mistake", () => {
  const cases: readonly (readonly [change: Partial<Description>, message: RegExp])[] = [
    [{ decisions: [] }, /no decisions/],
    [{ decisions: [...sound.decisions, ...sound.decisions] }, /two decisions are named kernel/],
    [{ decisions: [{ name: "kernel", choices: [3, 3] }] }, /kernel has the choice 3 twice/],
    [{ decisions: [...sound.decisions, { name: "width", choices: [1] }] }, /width is not used by any part/],
    [{ decisions: [{ name: "kernels", choices: [3] }] }, /block depends on kernel, which is not a dec/],
    [{ backbone: [stem, block, block] }, /two parts are named block/],
    [
      { backbone: [stem, { ...block, sharing: { separate: ["kernels"] } }] },
      /part block is separate by kernels, which is not one of its decisions$/,
    ],
    [
      { backbone: [stem, block, { ...block, name: "block.0" }] },
      /part block\.0 cannot be inside part block$/,
    ],
    [{ tail: [fixedPart("fc", globalAveragePool())] }, /name of part fc is reserved/],
    [{ tail: [fixedPart("fc.0", globalAveragePool())] }, /name of part fc\.0 is reserved/],
    [
      {
        // Each choice is valid while the other decision has its first choice.
        decisions: [
          { name: "kernel", choices: [3] },
          { name: "width", choices: [8, 4] },
          { name: "added", choices: [0, 1] },
        ],
        backbone: [
          stem,
          {
            ...block,
            decisions: ["kernel", "width", "added"],
            layer: ({ width, added }) => {
              const body = conv2d(Number(width), 3);
              return added === 1 ? residual(body) : body;
            },
          },
        ],
      },
      /block/,
    ],
    [{ maps: [] }, /neither maps nor an imageSize: .*/],
    [{ imageSize: 8 }, /both an imageSize and maps.*remove one/],
    [{ maps: [{ part: "blocks", stride: 2 }] }, /maps names blocks/],
    [
      {
        maps: [
          { part: "block", stride: 2 },
          { part: "stem", stride: 2 },
        ],
      },
      /order/,
    ],
    [
      { maps: [{ part: "block", stride: 4 }] },
      /map of block has 4 rows for an image of 8 rows; expected 1\/4/,
    ],
    [{ tail: [] }, /tail outputs a map/],
    [
      { backbone: [stem, { ...block, layer: ({ kernel }) => conv2d(8, 3, { padding: Number(kernel) }) }] },
      /rows/,
    ],
    [
      { backbone: [stem, { ...block, layer: ({ kernel }) => residual(conv2d(Number(kernel), 3)) }] },
      /block: .* 3x2x2/,
    ],
  ];
  for (const [change, message] of cases) {
    assert.throws(
      () => defineSpace({ ...sound, ...change }),
      (error: Error) => {
        assert.ok(error instanceof UserError, error.stack);
        assert.match(error.message, /^space mine: /);
        assert.match(error.message, message);
        return true;
      },
    );
  }
});
