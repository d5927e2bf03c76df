import assert from "node:assert/strict";
import { test } from "node:test";
import { Random, UserError } from "@supernet/base";
import type { Cost } from "../cost/cost.js";
import { createEstimator } from "../cost/estimator.js";
import { classifierParts } from "../network/network-space.js";
import { sampleSubnet } from "../space/sample.js";
import { type Space, type Subnet, spaceSize } from "../space/space.js";
import { detnasLarge, SHUFFLE_WIRINGS, sposShuffleNetV2 } from "./spos-shufflenetv2.js";

const DETNAS = "5333 X3X7 77XX375X 7775";
const SPOS = "7373 X553 35353X57 735X";

/** Returns a subnet from the papers' shorthand: a kernel size or X for each block in order. */
function byBlock(space: Space, digits: string): Subnet {
  const letters = digits.replaceAll(" ", "");
  const choice = (c: string) => (c === "X" ? "shuffle_xception" : `shuffle_${c}x${c}`);
  return Object.fromEntries(space.decisions.map(({ name }, i) => [name, choice(letters[i]!)]));
}

const space = sposShuffleNetV2();
const classifier = createEstimator("classifier", classifierParts(space, 1000), [3, 224, 224]);
const backbone = createEstimator("backbone", space.backbone, [3, 224, 224]);

test("the space has 4^20 subnets", () => {
  assert.equal(spaceSize(space), 4n ** 20n);
  assert.equal(space.decisions[0]!.name, "layers.0.0");
  assert.equal(space.decisions.at(-1)!.name, "layers.3.3");
});

test("the subnet of DetNAS has its published size: 3.35 M, 0.326 G multiply-accumulates, 0.34 G FLOPs", () => {
  const cost = classifier.measure(byBlock(space, DETNAS));
  assert.deepEqual([cost.params, cost.macs, cost.flops], [3_349_112, 325_923_008, 335_111_488]);
  assert.equal((cost.params / 1e6).toFixed(2), "3.35");
  assert.equal((cost.flops / 1e9).toFixed(2), "0.34");
});

test("the subnet of SPOS has its published size: 3.35 M, 0.33 G FLOPs", () => {
  const cost = classifier.measure(byBlock(space, SPOS));
  assert.deepEqual([cost.params, cost.macs, cost.flops], [3_354_104, 317_023_040, 325_552_960]);
  assert.equal((cost.flops / 1e9).toFixed(2), "0.33");
});

test("the subnet of DetNAS has the size that its wiring has in the reference", () => {
  const costs = Object.fromEntries(
    SHUFFLE_WIRINGS.map((wiring) => {
      const parts = classifierParts(sposShuffleNetV2({ wiring }), 1000);
      const { params, macs } = createEstimator("wired", parts, [3, 224, 224]).measure(byBlock(space, DETNAS));
      return [wiring, [params, (macs / 1e9).toFixed(3)]];
    }),
  );
  assert.deepEqual(costs, {
    channel_shuffle2: [3_349_112, "0.326"],
    channel_shuffle1: [3_349_112, "0.326"],
    mmrazor: [3_348_600, "0.325"],
  });
});

test("the backbone is the classifier without its head", () => {
  const subnet = byBlock(space, DETNAS);
  const [full, part] = [classifier.measure(subnet), backbone.measure(subnet)];
  assert.equal(full.params - part.params, 640 * 1024 + 2 * 1024 + 1024 * 1000 + 1000);
  assert.equal(full.macs - part.macs, 640 * 1024 * 49 + 1024 * 1000);
});

test("profile returns a tree with the modules' names, in which costs are sums of their children's", () => {
  const tree = classifier.profile(byBlock(space, DETNAS));
  const names: string[] = [];
  const visit = (cost: Cost, path: string) => {
    names.push(path);
    if (cost.children === undefined) return;
    for (const key of ["params", "macs", "flops", "operations", "activations"] as const) {
      assert.equal(
        cost[key],
        cost.children.reduce((sum, child) => sum + child[key], 0),
        `${key} of ${path}`,
      );
    }
    for (const child of cost.children) visit(child, path === "" ? child.name : `${path}.${child.name}`);
  };
  visit(tree, "");
  for (const name of [
    "stem.0",
    "layers.0.0.branch_main.7",
    "layers.0.0.branch_proj.4",
    "last_conv.0",
    "fc",
  ]) {
    assert.ok(names.includes(name), name);
  }
  assert.ok(names.includes("layers.1.0.branch_main.14"), "an Xception branch has 15 layers");
  assert.ok(!names.includes("layers.0.1.branch_proj"), "stride-1 blocks have no projection");
});

test("measure returns the same from its tables as a new estimator's profile", () => {
  const random = Random.of("table");
  for (let i = 0; i < 50; i++) {
    const subnet = sampleSubnet(space, random);
    const fresh = createEstimator("fresh", classifierParts(space, 1000), [3, 224, 224]).profile(subnet);
    const { name: _, children: __, ...full } = fresh;
    assert.deepEqual(classifier.measure(subnet), full);
  }
});

test("parameters do not depend on the input size, and strides round odd sizes up", () => {
  const parts = space.backbone;
  const subnet = byBlock(space, SPOS);
  const odd = createEstimator("odd", parts, [3, 97, 65]).measure(subnet);
  const even = createEstimator("even", parts, [3, 98, 66]).measure(subnet);
  assert.equal(odd.params, backbone.measure(subnet).params);
  assert.equal(odd.macs, even.macs);
});

test("the first block of a stage halves the map, the others split the channels", () => {
  const narrow = sposShuffleNetV2({ stem: 8, blocks: [1, 2], channels: [16, 32], last: 64 });
  const { shapes } = createEstimator("narrow", narrow.backbone, [3, 32, 32]);
  const subnet = byBlock(narrow, "357");
  assert.deepEqual(shapes(subnet), [
    [8, 16, 16],
    [16, 8, 8],
    [32, 4, 4],
    [32, 4, 4],
  ]);
  const convolutions = (choice: Subnet, part: number) => {
    const layer = narrow.backbone[part]!.layer(choice);
    return JSON.stringify(layer)
      .match(/"out":\d+/g)
      ?.map((out) => Number(out.slice(6)));
  };
  // branch_proj outputs the block's 16 input channels, branch_main the other 16 of 32, with 32 / 2 inside.
  assert.deepEqual(convolutions(subnet, 2), [16, 16, 16]);
  assert.deepEqual(convolutions(subnet, 3), [16, 16]);
});

test("the large model of DetNAS has 4^40 subnets", () => {
  assert.equal(spaceSize(detnasLarge()), 4n ** 40n);
  assert.deepEqual(
    detnasLarge().maps.map(({ part, stride }) => [part, stride]),
    [
      ["layers.0.7", 4],
      ["layers.1.7", 8],
      ["layers.2.15", 16],
      ["layers.3.7", 32],
    ],
  );
});

test("rejects and names invalid sizes", () => {
  const refuse = (sizes: Parameters<typeof sposShuffleNetV2>[0], word: RegExp) =>
    assert.throws(
      () => sposShuffleNetV2(sizes),
      (error: Error) => error instanceof UserError && word.test(error.message),
    );
  refuse({ stem: 0 }, /stem/);
  refuse({ last: 1.5 }, /last/);
  refuse({ blocks: [4, 4] }, /channels/);
  refuse({ blocks: [4, 0, 8, 4] }, /blocks\[1\]/);
  refuse({ channels: [64, 161, 320, 640] }, /channels\[1\]/);
  refuse({ stem: 64 }, /channels\[0\].*64/);
  refuse(
    { channels: [64, 161, 320, 640], wiring: "mmrazor" },
    /channels\[1\] is 161; expected an even number$/,
  );
  assert.equal(sposShuffleNetV2({ stem: 64, wiring: "mmrazor" }).maps.length, 4);
});
