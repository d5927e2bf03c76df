import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Random, UserError } from "@supernet/base";
import { createEstimator } from "../cost/estimator.js";
import { conv2d, globalAveragePool } from "../layer/layer.js";
import { fixedPart } from "../layer/part.js";
import { sampleSubnet } from "../space/sample.js";
import { type Subnet, spaceSize, subnetKey } from "../space/space.js";
import { autoFormerTiny } from "../spaces/autoformer.js";
import { mobileNetV2 } from "../spaces/mobilenetv2.js";
import { countNetworks } from "./count-networks.js";
import { defineSpace } from "./define-space.js";
import { splitByImageSize, withImageSizes } from "./image-sizes.js";
import { classifierParts, type NetworkSpace } from "./network-space.js";
import { outline } from "./outline.js";
import { byPrefix } from "./prefix-order.js";

const SIZES = { patch: 8, width: [24, 32], depth: [1, 2, 3], heads: [1, 2] };
const sizes = [24, 40, 32];
const decision = "size";

const splitSubnet = ({ size, ...subnet }: Subnet) => ({ side: Number(size), subnet });
const costOf = (space: NetworkSpace, side: number) =>
  createEstimator("", classifierParts(space, 10), [3, side, side]);

describe("AutoFormer with several image sizes", () => {
  const fixed = autoFormerTiny({ ...SIZES, imageSize: 40 });
  const space = withImageSizes(fixed, { decision, sizes });
  const subnets = Array.from({ length: 30 }, (_, i) => sampleSubnet(space, Random.of("sizes", i)));

  it("has the networks of a space of each size", () => {
    assert.equal(spaceSize(space), 3n * spaceSize(fixed));
    assert.equal(countNetworks(space), 3n * countNetworks(fixed)!);
    assert.deepEqual(
      splitByImageSize(space).map((own) => [own.decisions[0]!.choices, countNetworks(own)]),
      sizes.map((size) => [[size], countNetworks(fixed)]),
    );
    assert.deepEqual(splitByImageSize(fixed), [fixed]);
  });

  it("costs of a subnet are those in a space of its own size only", () => {
    for (const all of subnets) {
      const { side, subnet } = splitSubnet(all);
      const own = autoFormerTiny({ ...SIZES, imageSize: side });
      assert.deepEqual(costOf(space, side).profile(all), costOf(own, side).profile(subnet));
      assert.deepEqual(outline(space, all), outline(own, subnet));
    }
  });

  it("accepts only images of a subnet's own size", () => {
    const subnet = { ...subnets[0]!, size: 24 };
    assert.throws(
      () => costOf(space, 40).measure(subnet),
      /image of 40x40 does not fit .* positions for 24x24/,
    );
  });

  it("keeps which decisions are void", () => {
    const shallow = { ...subnets[0]!, size: 24, depth: 1 };
    const keys = [1, 2].map((heads) => subnetKey(space, { ...shallow, "blocks.2.heads": heads }));
    assert.equal(keys[0], keys[1]);
    assert.notEqual(keys[0], subnetKey(space, { ...shallow, size: 32 }));
  });

  it("orders subnets by their image size first", () => {
    const seen = subnets.toSorted(byPrefix(space)).map(({ size }) => sizes.indexOf(Number(size)));
    assert.deepEqual(seen, seen.toSorted());
  });
});

it("a convolutional space accepts any sizes, with the same layers", () => {
  const fixed = mobileNetV2();
  const space = withImageSizes(fixed, { decision, sizes: [64, 32] });
  assert.equal(countNetworks(space), 2n * countNetworks(fixed)!);
  const all = sampleSubnet(space, Random.of("convolutional"));
  const { side, subnet } = splitSubnet(all);
  assert.deepEqual(costOf(space, side).measure(all), costOf(fixed, side).measure(subnet));
  const sorted = [64, 32, 64, 32].map((size) => ({ ...all, size })).sort(byPrefix(space));
  assert.deepEqual(
    sorted.map(({ size }) => size),
    [64, 64, 32, 32],
  );
});

describe("a size that does not fit is refused", () => {
  const refused = (space: NetworkSpace, wrong: readonly number[], message: RegExp) =>
    assert.throws(
      () => withImageSizes(space, { decision, sizes: wrong }),
      (error) => error instanceof UserError && message.test(error.message),
    );
  const fixed = autoFormerTiny({ ...SIZES, imageSize: 40 });

  it("if the largest is not that of the space", () => {
    const both = /^size: the largest is 32, but space autoformer-tiny is for images of 40x40: set both/;
    refused(fixed, [24, 32], both);
    refused(fixed, [40, 48], /^size: the largest is 48/);
  });

  it("if it is given twice, or the space has the decision already", () => {
    refused(fixed, [40, 40], /^withImageSizes: sizes is \[40,40\]; expected sizes that differ$/);
    const searched = withImageSizes(fixed, { decision, sizes: [24, 40] });
    refused(searched, [24, 40], /^size: space autoformer-tiny already has a decision of this name/);
  });

  it("if it cannot be split into patches", () => {
    refused(
      fixed,
      [20, 40],
      /^size: images of 20x20 cannot be split into patches of 8x8: use multiples of 8$/,
    );
  });

  it("if it is smaller than a kernel", () => {
    const space = defineSpace({
      name: "large-kernel",
      decisions: [{ name: "kernel", choices: [5, 7] }],
      backbone: [
        {
          name: "block",
          decisions: ["kernel"],
          layer: ({ kernel }) => conv2d(8, Number(kernel), { padding: 0 }),
          sharing: "entangled",
        },
      ],
      maps: [],
      imageSize: 8,
      tail: [fixedPart("pool", globalAveragePool())],
    });
    refused(space, [4, 8], /^size: an input of 3x4x4 is too small for block: use a larger image$/);
    assert.equal(spaceSize(withImageSizes(space, { decision, sizes: [6, 8] })), 4n);
  });
});
