import assert from "node:assert/strict";
import { test } from "node:test";
import { Random, UserError } from "@supernet/base";
import fc from "fast-check";
import { createEstimator } from "../cost/estimator.js";
import { classifierParts } from "../network/network-space.js";
import { sampleSubnet } from "../space/sample.js";
import { type Choice, type Subnet, spaceSize, subnetKey } from "../space/space.js";
import { parseSubnet } from "../space/subnet-file.js";
import { autoFormerBase, autoFormerSmall, autoFormerTiny } from "./autoformer.js";
import { PUBLISHED_AUTOFORMERS } from "./autoformer-published.js";

/** Parameters, multiply-accumulates and GFLOPs at 224 pixels with 1000 classes. Published: 1.3, 5.1 and 11 G. */
const PUBLISHED = [
  { space: autoFormerTiny(), params: 5_867_944, macs: 1_339_720_192, giga: "1.34" },
  { space: autoFormerSmall(), params: 22_891_432, macs: 4_884_075_264, giga: "4.89" },
  { space: autoFormerBase(), params: 53_691_688, macs: 11_228_969_728, giga: "11.24" },
];

for (const { space, params, macs, giga } of PUBLISHED) {
  test(`the published subnet of ${space.name} has its published size: ${params} parameters`, () => {
    const subnet = PUBLISHED_AUTOFORMERS[space.name as keyof typeof PUBLISHED_AUTOFORMERS];
    assert.deepEqual(parseSubnet(space, JSON.stringify(subnet), "subnet"), subnet);
    const cost = createEstimator("", classifierParts(space, 1000), [3, 224, 224]).measure(subnet);
    assert.deepEqual([cost.params, cost.macs], [params, macs]);
    assert.equal((cost.flops / 1e9).toFixed(2), giga);
  });
}

test("has heads and ratio per block, and one width and depth", () => {
  assert.equal(spaceSize(autoFormerTiny()), 3n * 3n * (2n * 3n) ** 14n);
  assert.equal(spaceSize(autoFormerSmall()), 3n * 3n * (3n * 3n) ** 14n);
  assert.equal(spaceSize(autoFormerBase()), 3n * 3n * (3n * 3n) ** 16n);
  const narrow = autoFormerTiny({ width: [96], depth: [2, 1], heads: [2], ratio: [2, 3] });
  assert.deepEqual(
    narrow.decisions.map(({ name }) => name),
    ["depth", "blocks.0.ratio", "blocks.1.ratio"],
  );
});

const space = autoFormerTiny({ imageSize: 32, patch: 4, depth: [2, 3, 5] });
const blocks = [0, 1, 2, 3, 4];

test("subnets are equal if they differ only beyond the depth, and different otherwise", () => {
  const anyChoices = fc.record(
    Object.fromEntries(space.decisions.map(({ name, choices }) => [name, fc.constantFrom(...choices)])),
  ) as fc.Arbitrary<Record<string, Choice>>;
  fc.assert(
    fc.property(anyChoices, anyChoices, (subnet, other) => {
      const ofBlock = (name: string) => Number(/^blocks\.(\d+)\./.exec(name)?.[1] ?? -1);
      const mixed = (takes: (name: string) => boolean): Subnet =>
        Object.fromEntries(
          Object.entries(subnet).map(([name, choice]) => [name, takes(name) ? other[name]! : choice]),
        );
      const key = subnetKey(space, subnet);
      assert.equal(
        subnetKey(
          space,
          mixed((name) => ofBlock(name) >= Number(subnet.depth)),
        ),
        key,
      );
      for (const { name } of space.decisions) {
        if (ofBlock(name) >= Number(subnet.depth) || other[name] === subnet[name]) continue;
        assert.notEqual(
          subnetKey(
            space,
            mixed((changed) => changed === name),
          ),
          key,
          name,
        );
      }
    }),
  );
});

test("the canonical form has the first choice in blocks beyond the depth", () => {
  for (let i = 0; i < 20; i++) {
    const subnet = { ...sampleSubnet(space, Random.of("canonical", i)), depth: 3 };
    const canonical = space.canonical!(subnet);
    for (const block of blocks) {
      const own = [`blocks.${block}.heads`, `blocks.${block}.ratio`] as const;
      const expected = block < 3 ? own.map((name) => subnet[name as keyof typeof subnet]) : [3, 3];
      assert.deepEqual(
        own.map((name) => canonical[name]),
        expected,
      );
    }
  }
});

test("accepts only the image size that positions are learned for", () => {
  const measure = (height: number, width: number) =>
    createEstimator("", space.backbone, [3, height, width]).measure(sampleSubnet(space, Random.of(1)));
  assert.ok(measure(32, 32).params > 0);
  for (const [height, width] of [
    [64, 64],
    [32, 36],
  ] as const) {
    assert.throws(
      () => measure(height, width),
      (error: Error) =>
        error instanceof UserError && /image of \d+x\d+ .* 32x32: .*imageSize/.test(error.message),
    );
  }
});

test("rejects and names invalid sizes", () => {
  const refuse = (sizes: Parameters<typeof autoFormerTiny>[0], word: RegExp) =>
    assert.throws(
      () => autoFormerTiny(sizes),
      (error: Error) => error instanceof UserError && word.test(error.message),
    );
  refuse({ imageSize: 0 }, /imageSize is 0/);
  refuse({ imageSize: 100 }, /patch is 16; expected a divisor of imageSize, which is 100/);
  refuse({ width: [] }, /width is \[\]; expected at least 1 item/);
  refuse({ depth: [2, 2.5] }, /depth\[1\] is 2.5/);
  refuse({ heads: [0] }, /heads\[0\] is 0/);
  refuse({ ratio: [3, -1] }, /ratio\[1\] is -1/);
  refuse({ ratio: [0.001] }, /ratio is 0.001/);
});
