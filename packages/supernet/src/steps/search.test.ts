import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { checkFeasible, parseSubnet } from "@supernet/nas";
import { detnasFrcnnShufflenetv2Coco } from "../recipes/detnas-frcnn-shufflenetv2-coco.js";
import { architectureOf } from "./architecture.js";
import { searchProblem } from "./search.js";

const KINDS: Readonly<Record<string, string>> = {
  3: "shuffle_3x3",
  5: "shuffle_5x5",
  7: "shuffle_7x7",
  X: "shuffle_xception",
};

describe("the published limit", () => {
  const recipe = detnasFrcnnShufflenetv2Coco;
  const architecture = architectureOf(recipe, 1000);
  const problem = searchProblem(recipe, architecture);

  it("admits the subnet that DetNAS found under it", () => {
    const lines = ["5333", "X3X7", "77XX375X", "7775"].flatMap((stage, s) =>
      [...stage].map((kind, b) => `layers.${s}.${b}: ${KINDS[kind]}`),
    );
    const subnet = parseSubnet(architecture.space, lines.join("\n"), "published");
    const { macs } = problem.measure(subnet);
    assert.equal(macs, 325923008 - 1024 * 1000);
    assert.ok(macs! <= problem.constraints.macs!.max!);
  });

  it("can be met", () => checkFeasible(problem));
});
