import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { conv2d, globalAveragePool, identity, relu, residual } from "../layer/layer.js";
import { fixedPart, type Part } from "../layer/part.js";
import { allSubnets, spaceSize, subnetKey } from "../space/space.js";
import { createSpace, SPACES } from "../spaces/index.js";
import { countNetworks } from "./count-networks.js";
import { defineSpace } from "./define-space.js";
import type { NetworkSpace } from "./network-space.js";

/** A space of two stages, each with a depth of 1 or 2 and a kernel per block, and a width that all blocks share. */
const staged = (widths: readonly number[]): NetworkSpace => {
  const blocks = [0, 1].flatMap((stage) =>
    [0, 1].map(
      (block): Part => ({
        name: `layers.${stage}.${block}`,
        decisions: ["width", `depth.${stage}`, `kernel.${stage}.${block}`],
        layer: (chosen) => {
          if (Number(chosen[`depth.${stage}`]) <= block) return identity();
          return conv2d(Number(chosen.width), Number(chosen[`kernel.${stage}.${block}`]));
        },
        sharing: "entangled",
      }),
    ),
  );
  return defineSpace({
    name: "staged",
    decisions: [
      { name: "width", choices: widths },
      ...[0, 1].map((stage) => ({ name: `depth.${stage}`, choices: [1, 2] })),
      ...[0, 1].flatMap((stage) =>
        [0, 1].map((block) => ({ name: `kernel.${stage}.${block}`, choices: [3, 5] })),
      ),
    ],
    backbone: blocks,
    maps: [{ part: "layers.1.1", stride: 1 }],
    tail: [fixedPart("pool", globalAveragePool())],
  });
};

describe("countNetworks", () => {
  it("counts a network once for all choices of its void decisions", () => {
    // Of each stage: two networks with one block, four with two.
    assert.equal(countNetworks(staged([8])), 6n * 6n);
    assert.equal(spaceSize(staged([8])), 8n * 8n);
    assert.equal(countNetworks(staged([8, 16])), 2n * 6n * 6n);
  });

  it("counts decisions that no part depends on by their canonical forms", () => {
    const space = staged([8]);
    const others = [
      { name: "head.depth", choices: [0, 1] },
      { name: "head.width", choices: [4, 8, 12] },
    ];
    const whole: NetworkSpace = {
      ...space,
      decisions: [...others, ...space.decisions],
      canonical: (subnet) => ({
        ...space.canonical!(subnet),
        ...(subnet["head.depth"] === 0 && { "head.width": 4 }),
      }),
    };
    assert.equal(countNetworks(whole), 4n * countNetworks(space)!);
  });

  const small: readonly NetworkSpace[] = [
    staged([8, 16]),
    createSpace({
      name: "elastic-mobilenet",
      widths: [[8, 16], [8], [8], [8], [8], [8]],
      depths: [[1, 2], [1, 2], [1], [1], [1], [1]],
      kernels: [3, 5],
      expansions: [2],
    }),
    createSpace({ name: "resnet50" }),
    createSpace({ name: "autoformer-tiny", depth: [1, 2], width: [64, 128], heads: [1, 2], ratio: [1, 2] }),
  ];
  for (const space of small) {
    it(`counts as many networks of ${space.name} as there are different keys`, () => {
      const keys = new Set([...allSubnets(space)].map((subnet) => subnetKey(space, subnet)));
      assert.equal(countNetworks(space), BigInt(keys.size));
    });
  }

  for (const [name, { create }] of Object.entries(SPACES)) {
    it(`counts the networks of ${name}, at most its subnets`, () => {
      const space = create();
      const networks = countNetworks(space)!;
      // Only depths are searched in a ResNet: 2, 3, 5 and 2 of them.
      const least = name === "resnet50" ? 60n : 1_000_000n;
      assert.ok(networks >= least && networks <= spaceSize(space), String(networks));
    });
  }

  it("returns undefined if the last part depends on too many decisions", () => {
    const names = Array.from({ length: 20 }, (_, i) => `added.${i}`);
    const space = defineSpace({
      name: "wide",
      decisions: names.map((name) => ({ name, choices: [0, 1] })),
      backbone: [
        ...names.map(
          (name): Part => ({
            name: `layers.${name}`,
            decisions: [name],
            layer: (chosen) => (chosen[name] === 1 ? residual(relu()) : relu()),
            sharing: "separate",
          }),
        ),
        {
          name: "last",
          decisions: names,
          layer: (chosen) => conv2d(1 + Object.values(chosen).filter((choice) => choice === 1).length, 1),
          sharing: "separate",
        },
      ],
      maps: [{ part: "last", stride: 1 }],
      tail: [fixedPart("pool", globalAveragePool())],
    });
    assert.equal(countNetworks(space), undefined);
  });
});
