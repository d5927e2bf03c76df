import assert from "node:assert/strict";
import { test } from "node:test";
import { UserError } from "@supernet/base";
import { manualSeed, type nn, noGrad, ops, randn } from "@supernet/torch";
import { estimateLayer } from "../../cost/estimate.js";
import {
  batchNorm2d,
  concat,
  conv2d,
  depthwiseConv2d,
  groupNorm,
  hardswish,
  identity,
  type Layer,
  linear,
  maxPool2d,
  namedSequential,
  normGroups,
  relu,
  residual,
  sequential,
  squeezeExcitation,
} from "../../layer/layer.js";
import { activeStateDict } from "../modules/active-state.js";
import { ElasticConv2d } from "../modules/elastic.js";
import { buildLayer } from "./build-layer.js";
import { fixedChannels } from "./candidates.js";

const modulesOf = (module: nn.Module) => Array.from(module.namedModules(), ([, inner]) => inner);

test("builds plain modules for one candidate with fixed channels", () => {
  const layer = sequential(conv2d(8, 3), batchNorm2d(), concat({ a: depthwiseConv2d(3), b: conv2d(2, 1) }));
  const { module, output, activate } = buildLayer("net", [layer], fixedChannels(4));
  assert.equal(activate, undefined);
  assert.deepEqual(output, fixedChannels(10));
  assert.ok(modulesOf(module).every((inner) => !("activeState" in inner)));
  assert.deepEqual(
    [...module.stateDict().keys()].filter((name) => name.endsWith("weight")),
    ["0.weight", "1.weight", "2.a.weight", "2.b.weight"],
  );
});

test("builds elastic modules only for layers that vary", () => {
  const candidates = [3, 5].map((kernel) => sequential(conv2d(8, 1), depthwiseConv2d(kernel), conv2d(4, 1)));
  const { module } = buildLayer("net", candidates, fixedChannels(4));
  assert.deepEqual(
    modulesOf(module)
      .slice(1)
      .map((inner) => inner instanceof ElasticConv2d),
    [false, true, false],
  );
});

test("runs a smaller candidate with the leading channels and the center of the kernel", () => {
  manualSeed(1);
  const candidates = [conv2d(6, 5, { bias: true }), conv2d(2, 3, { bias: true })];
  const { module, output, activate } = buildLayer("net", candidates, { min: 3, max: 4 });
  assert.deepEqual(output, { min: 2, max: 6 });
  const conv = module as nn.Conv2d;
  activate!(candidates[1]!, 3);
  const x = randn([1, 3, 5, 5]);
  const weight = conv.weight.slice(0, 0, 2).slice(1, 0, 3).slice(2, 1, 4).slice(3, 1, 4).contiguous();
  const expected = noGrad(() => ops.conv2d(x, weight, conv.bias!.slice(0, 0, 2), [1, 1], [1, 1]));
  assert.deepEqual(noGrad(() => conv.forward(x)).toArray(), expected.toArray());
  assert.deepEqual(activeStateDict(module).get("weight")!.toArray(), weight.toArray());
});

test("passes the input through for an identity candidate", () => {
  const candidates = [residual(conv2d(4, 3)), identity()];
  const { module, activate } = buildLayer("net", candidates, fixedChannels(4));
  const x = randn([1, 4, 3, 3]);
  activate!(identity(), 4);
  assert.equal(module.forward(x), x);
  assert.equal(activeStateDict(module).size, 0);
  activate!(candidates[0]!, 4);
  assert.deepEqual([...activeStateDict(module).keys()], ["body.weight"]);
});

test("names the modules of a named sequence", () => {
  const layer = namedSequential({ conv: conv2d(8, 3, { bias: true }), gn: groupNorm(), act: relu() });
  const { module } = buildLayer("net", [layer], fixedChannels(4));
  assert.deepEqual([...module.stateDict().keys()], ["conv.weight", "conv.bias", "gn.weight", "gn.bias"]);
  assert.deepEqual(
    estimateLayer(layer, "net", [4, 5, 5]).cost.children!.map(({ name, params }) => [name, params]),
    [
      ["conv", 4 * 8 * 9 + 8],
      ["gn", 16],
      ["act", 0],
    ],
  );
});

test("normalizes the active channels of a group-norm in their own number of groups", () => {
  manualSeed(2);
  const { module, activate } = buildLayer("net", [groupNorm()], { min: 12, max: 64 });
  const norm = module as nn.GroupNorm;
  noGrad(() => {
    norm.weight!.uniform_(0.5, 1.5);
    norm.bias!.normal_();
  });
  const x = randn([2, 12, 3, 3]);
  activate!(groupNorm(), 12);
  const expected = noGrad(() =>
    ops.groupNorm(x, 4, norm.weight!.slice(0, 0, 12), norm.bias!.slice(0, 0, 12), 1e-5, true),
  );
  assert.deepEqual(noGrad(() => norm.forward(x)).toArray(), expected.toArray());
  assert.deepEqual(activeStateDict(module).get("bias")!.shape, [12]);
  assert.deepEqual([1, 12, 48, 256].map(normGroups), [1, 4, 16, 32]);
});

test("runs a smaller squeeze-and-excitation with the leading channels of both convolutions", () => {
  manualSeed(3);
  const candidates = [
    squeezeExcitation(4, { gate: "hardsigmoid" }),
    squeezeExcitation(2, { gate: "hardsigmoid" }),
  ];
  const { module, output, activate } = buildLayer("net", candidates, { min: 3, max: 6 });
  assert.deepEqual(output, { min: 3, max: 6 });
  const alone = buildLayer("net", [candidates[1]!], fixedChannels(3));
  assert.equal(alone.activate, undefined);
  activate!(candidates[1]!, 3);
  const state = activeStateDict(module);
  assert.deepEqual(
    Array.from(state, ([name, { shape }]) => [name, shape]),
    [
      ["fc1.weight", [2, 3, 1, 1]],
      ["fc1.bias", [2]],
      ["fc2.weight", [3, 2, 1, 1]],
      ["fc2.bias", [3]],
    ],
  );
  alone.module.loadStateDict(state);
  const x = randn([2, 3, 5, 4]);
  const [a, b] = noGrad(() => [module, alone.module].map((layer) => layer.forward(x)));
  assert.deepEqual(a!.toArray(), b!.toArray());
  const largest = module as nn.Layer & { fc1: nn.Conv2d };
  assert.deepEqual(
    state.get("fc1.weight")!.toArray(),
    largest.fc1.weight.slice(0, 0, 2).slice(1, 0, 3).toArray(),
  );
});

test("rejects candidates that cannot share weights and names the difference", () => {
  const refuse = (candidates: readonly Layer[], message: RegExp, input = fixedChannels(4)) =>
    assert.throws(
      () => buildLayer("net", candidates, input),
      (error: Error) => error instanceof UserError && message.test(error.message),
    );
  refuse([sequential(conv2d(4, 3)), sequential(relu())], /net\.0: .* differ in conv and relu/);
  refuse([sequential(relu()), sequential(relu(), relu())], /net: .* length 1 and 2/);
  refuse([conv2d(4, 3), conv2d(4, 3, { stride: 2 })], /net: .* stride 1 and 2/);
  refuse([conv2d(4, 3), conv2d(4, 4)], /even and odd kernels/);
  refuse([conv2d(4, 1, { groups: 2 })], /grouped/, { min: 2, max: 4 });
  refuse([linear(4), linear(4, { bias: false })], /bias true and false/);
  refuse([concat({ a: relu() }), concat({ b: relu() })], /branches a and b/);
  refuse([relu(), hardswish()], /net: .* differ in relu and hardswish/);
  refuse([maxPool2d(3), maxPool2d(5)], /windows of a pooling 3, 1, 1 and 5, 1, 2/);
  refuse(
    [squeezeExcitation(2), squeezeExcitation(2, { activation: "silu" })],
    /net: .* activation relu and silu/,
  );
});
