import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { autoFormerTiny } from "../spaces/autoformer.js";
import { elasticMobileNet } from "../spaces/elastic-mobilenet.js";
import { sposShuffleNetV2 } from "../spaces/spos-shufflenetv2.js";
import { scaledSubnets } from "./scaled.js";
import { firstSubnet } from "./space.js";

const space = {
  name: "toy",
  decisions: [
    { name: "size", choices: [128, 96, 64] },
    { name: "depth", choices: [4, 2, 1] },
    { name: "width", choices: [48, 32, 16] },
    { name: "fcs", choices: ["128,128", "64,64"] },
  ],
  imageSizeDecision: "size",
  widthDecisions: ["width", "fcs"],
};

describe("scaledSubnets", () => {
  it("scales the image size and the widths together, and keeps the rest", () => {
    const scaled = scaledSubnets(space).map(({ size, depth, width, fcs }) => [size, depth, width, fcs]);
    assert.deepEqual(scaled, [
      [64, 4, 16, "64,64"],
      [64, 4, 32, "64,64"],
      [96, 4, 32, "64,64"],
      [96, 4, 32, "128,128"],
      [96, 4, 48, "128,128"],
      [128, 4, 48, "128,128"],
    ]);
  });

  it("also scales up, if the first choice is not the largest", () => {
    const decisions = [
      { name: "size", choices: [128, 160, 192, 96] },
      { name: "width", choices: [32, 48, 16] },
    ];
    const scaled = scaledSubnets({ ...space, decisions, widthDecisions: ["width"] });
    assert.deepEqual(
      scaled.map(({ size, width }) => [size, width]),
      [
        [96, 16],
        [96, 32],
        [128, 32],
        [160, 32],
        [160, 48],
        [192, 48],
      ],
    );
  });

  it("returns only the first subnet of a space without sizes", () => {
    const spos = sposShuffleNetV2();
    assert.deepEqual(scaledSubnets(spos), [firstSubnet(spos)]);
  });

  it("scales the widths of the built-in spaces", () => {
    for (const built of [elasticMobileNet(), autoFormerTiny()]) {
      const scaled = scaledSubnets(built);
      assert.ok(scaled.length > 1);
      for (const subnet of scaled) {
        const changed = Object.keys(subnet).filter((name) => subnet[name] !== firstSubnet(built)[name]);
        for (const name of changed) assert.match(name, /width|heads/);
      }
    }
  });
});
