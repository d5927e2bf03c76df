import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { UserError } from "@supernet/base";
import { PYTHON, withoutModule } from "@supernet/testing";
import { liveTensors, manualSeed, memory, nn, ops, randn, savePth, tensor, tidy } from "@supernet/torch";
import {
  batchNorm2d,
  conv2d,
  depthwiseConv2d,
  globalAveragePool,
  hardswish,
  relu,
  relu6,
  residual,
  sequential,
  silu,
  squeezeExcitation,
} from "../../layer/layer.js";
import { fixedPart } from "../../layer/part.js";
import { defineSpace } from "../../network/define-space.js";
import { ZERO_COST_SCORES } from "../../network/zero-cost.js";
import { firstSubnet } from "../../space/space.js";
import { autoFormerTiny } from "../../spaces/autoformer.js";
import { sposShuffleNetV2 } from "../../spaces/spos-shufflenetv2.js";
import { SpaceClassifier } from "../networks/classifier.js";
import { gradientNorm } from "./gradient-norm.js";
import { naswot } from "./naswot.js";
import { synflow } from "./synflow.js";
import { zenOf } from "./zen.js";
import { zeroCostScore } from "./zero-cost-score.js";

const script = fileURLToPath(new URL("../../../test-data/zero_cost.py", import.meta.url));
const withoutTorch = withoutModule("torch");
const folder = mkdtempSync(join(tmpdir(), "zero-cost-"));
after(() => rmSync(folder, { recursive: true }));

const CLASSES = 4;
const SPACE = defineSpace({
  name: "small",
  decisions: [{ name: "kernel", choices: [3, 5] }],
  backbone: [
    fixedPart("stem", sequential(conv2d(6, 3, { stride: 2 }), batchNorm2d(), relu())),
    {
      name: "block",
      decisions: ["kernel"],
      layer: ({ kernel }) =>
        residual(
          sequential(
            ...[conv2d(8, Number(kernel)), batchNorm2d(), relu6()],
            ...[conv2d(6, 1), batchNorm2d()],
          ),
        ),
      sharing: "separate",
    },
    fixedPart("down", sequential(depthwiseConv2d(3, { stride: 2 }), batchNorm2d(), relu())),
  ],
  maps: [{ part: "down", stride: 4 }],
  tail: [fixedPart("pool", globalAveragePool())],
});

const images = randn([5, 3, 12, 12]).keep();
const labels = tensor([0, 3, 1, 2, 1], { dtype: "int64" }).keep();

describe("zero-cost scores", () => {
  it("equal those of the reference implementations", { skip: withoutTorch }, () => {
    tidy(() => {
      const cases = [3, 5].map((kernel) => {
        manualSeed(5);
        const network = new SpaceClassifier(SPACE, CLASSES, { kernel });
        // The initial norms would hide mistakes. The weights are large enough for ReLU6 to clip.
        for (const parameter of network.parameters()) nn.init.normal(parameter, 0.3);
        const neighbors = images.add(randn(images.shape), { alpha: 0.01 });
        const path = join(folder, `${kernel}.pth`);
        const state = network.stateDict();
        savePth(path, new Map([...state, ["images", images], ["labels", labels], ["neighbors", neighbors]]));
        return { kernel, network, neighbors, path };
      });
      const run = spawnSync(PYTHON, [script, ...cases.map(({ path }) => path)], { encoding: "utf8" });
      assert.equal(run.status, 0, run.stderr);
      const expected = JSON.parse(run.stdout);
      assert.equal(expected.length, cases.length);
      for (const [i, { kernel, network, neighbors }] of cases.entries()) {
        const own = {
          naswot: naswot(network, images),
          zen: zenOf(network, images, neighbors),
          "gradient-norm": gradientNorm(network, images, labels),
          synflow: synflow(network, [3, 12, 12]),
        };
        for (const score of ZERO_COST_SCORES) {
          const [a, b] = [own[score], expected[i][score]];
          assert.ok(Math.abs(a - b) <= 1e-4 * Math.abs(b), `${score}, kernel ${kernel}: ${a}, not ${b}`);
        }
      }
    });
  });

  it("depend only on subnet and seed, and free all memory", () => {
    const space = sposShuffleNetV2({ stem: 4, blocks: [2, 1], channels: [8, 16], last: 16 });
    const subnet = firstSubnet(space);
    const other = { ...subnet, "layers.0.1": "shuffle_7x7" };
    const before = { tensors: liveTensors(), bytes: memory().inUse };
    for (const kind of ZERO_COST_SCORES) {
      const score = zeroCostScore(kind, space, { classes: CLASSES, images, labels, seed: 1 });
      const first = score(subnet);
      assert.ok(Number.isFinite(first), kind);
      assert.notEqual(score(other), first, kind);
      assert.equal(score(subnet), first, kind);
      const reseeded = zeroCostScore(kind, space, { classes: CLASSES, images, labels, seed: 2 });
      assert.notEqual(reseeded(subnet), first, kind);
    }
    assert.deepEqual({ tensors: liveTensors(), bytes: memory().inUse }, before);
  });

  it("reject transformers, except gradient-norm", () => {
    const space = autoFormerTiny({
      imageSize: 16,
      patch: 8,
      width: [16],
      depth: [1],
      heads: [1, 2],
      ratio: [2],
    });
    const settings = {
      classes: CLASSES,
      images: randn([2, 3, 16, 16]),
      labels: ops.zeros([2], { dtype: "int64" }),
      seed: 0,
    };
    for (const kind of ZERO_COST_SCORES) {
      const attempt = () => zeroCostScore(kind, space, settings)(firstSubnet(space));
      if (kind === "gradient-norm") assert.ok(attempt() > 0);
      else assert.throws(attempt, (error) => error instanceof UserError && error.message.startsWith(kind));
    }
    const network = new SpaceClassifier(space, CLASSES, firstSubnet(space));
    assert.throws(() => naswot(network, settings.images), UserError);
  });

  it("naswot fails if it cannot distinguish the images", () => {
    const network = new SpaceClassifier(SPACE, CLASSES, firstSubnet(SPACE));
    const twins = ops.cat([images, images]);
    assert.equal(naswot(network, twins), Number.NEGATIVE_INFINITY);
    const labels = ops.zeros([twins.shape[0]!], { dtype: "int64" });
    const score = zeroCostScore("naswot", SPACE, { classes: CLASSES, images: twins, labels, seed: 0 });
    // Single subnets may have no finite score, but it is an error if no subnet has one.
    for (let i = 1; i < 8; i++) assert.ok(Number.isNaN(score(firstSubnet(SPACE))));
    assert.throws(
      () => score(firstSubnet(SPACE)),
      /^UserError: naswot has no finite value for any of 8 subnets/,
    );
  });
});

describe("scores of a network with hard swish and squeeze-and-excitation", () => {
  const space = defineSpace({
    ...SPACE,
    name: "squeezed",
    backbone: [
      fixedPart("stem", sequential(conv2d(6, 3, { stride: 2 }), batchNorm2d(), hardswish())),
      {
        ...SPACE.backbone[1]!,
        layer: ({ kernel }) =>
          residual(sequential(conv2d(6, Number(kernel)), batchNorm2d(), silu(), squeezeExcitation(2))),
      },
      fixedPart("down", sequential(depthwiseConv2d(3, { stride: 2 }), batchNorm2d(), hardswish())),
    ],
  });
  const network = (kernel: number) => new SpaceClassifier(space, CLASSES, { kernel });

  it("counts the states of its functions", () => {
    manualSeed(1);
    assert.ok(Number.isFinite(naswot(network(3), randn([4, 3, 16, 16]))));
  });

  it("leaves its functions and factors out of the synaptic flow", () => {
    const flowOf = (change: (module: nn.Module) => void) => {
      manualSeed(1);
      const one = network(3);
      change(one);
      return synflow(one, [3, 16, 16]);
    };
    const plain = flowOf(() => {});
    assert.ok(Number.isFinite(plain) && plain > 0);
    // The weights of the factors have no influence.
    const changed = flowOf((one) => {
      for (const [name, parameter] of one.namedParameters())
        if (name.includes("fc1")) nn.init.constant(parameter, 9);
    });
    assert.equal(changed, plain);
  });
});
