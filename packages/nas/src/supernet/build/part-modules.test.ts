import assert from "node:assert/strict";
import { test } from "node:test";
import { Random } from "@supernet/base";
import { manualSeed, noGrad, randn, tidy } from "@supernet/torch";
import fc from "fast-check";
import { createEstimator } from "../../cost/estimator.js";
import {
  batchNorm2d,
  concat,
  conv2d,
  depthwiseConv2d,
  globalAveragePool,
  identity,
  linear,
  relu6,
  residual,
  sequential,
  splitShuffle,
} from "../../layer/layer.js";
import { fixedPart } from "../../layer/part.js";
import { defineSpace } from "../../network/define-space.js";
import { classifierParts } from "../../network/network-space.js";
import { sampleSubnet } from "../../space/sample.js";
import { activeStateDict } from "../modules/active-state.js";
import { SpaceClassifier } from "../networks/classifier.js";

/** Space with every kind of weight sharing over many kinds of layers. */
const space = defineSpace({
  name: "mixed",
  decisions: [
    { name: "wide", choices: [8, 12] },
    { name: "kind", choices: ["plain", "both"] },
    { name: "ratio", choices: [0.5, 1.5] },
    { name: "width", choices: [4, 8] },
    { name: "depth", choices: [0, 1] },
    { name: "kernel", choices: [3, 5] },
    { name: "body", choices: ["deep", "wide"] },
    { name: "features", choices: [10, 20] },
  ],
  backbone: [
    // Separate candidates of different widths, so the next part must accept both.
    {
      name: "stem",
      decisions: ["wide"],
      layer: ({ wide }) => sequential(conv2d(Number(wide), 3, { stride: 2, bias: true }), relu6()),
      sharing: "separate",
    },
    // Several decisions and an input of varying width.
    {
      name: "choice",
      decisions: ["kind", "ratio", "wide"],
      layer({ kind, ratio, wide }) {
        const narrow = sequential(conv2d(Number(ratio) * 8, 1), batchNorm2d());
        if (kind === "plain") return narrow;
        return concat({
          narrow,
          pass: splitShuffle("work", depthwiseConv2d(3)),
          wide: conv2d(Number(wide), 3),
        });
      },
      sharing: "separate",
    },
    {
      name: "elastic.0",
      decisions: ["width", "kernel"],
      layer: ({ width, kernel }) =>
        sequential(conv2d(Number(width), Number(kernel), { stride: 2 }), batchNorm2d()),
      sharing: "entangled",
    },
    {
      name: "elastic.1",
      decisions: ["depth", "width", "kernel"],
      layer: ({ depth, width, kernel }) =>
        depth === 0
          ? identity()
          : residual(sequential(depthwiseConv2d(Number(kernel)), conv2d(Number(width), 1))),
      sharing: "entangled",
    },
    // A choice between two layers, each elastic over the other decisions. Depth 0 omits both.
    {
      name: "mixed",
      decisions: ["width", "depth", "body", "kernel"],
      layer({ width, depth, body, kernel }) {
        if (depth === 0) return identity();
        const out = conv2d(Number(width), 1);
        const deep = sequential(depthwiseConv2d(Number(kernel)), batchNorm2d(), out);
        return residual(body === "deep" ? deep : conv2d(Number(width), Number(kernel), { bias: true }));
      },
      sharing: { separate: ["body"] },
    },
  ],
  maps: [{ part: "mixed", stride: 4 }],
  tail: [
    fixedPart("pool", globalAveragePool()),
    {
      name: "hidden",
      decisions: ["features"],
      layer: ({ features }) => linear(Number(features)),
      sharing: "entangled",
    },
  ],
});

test("a stand-alone subnet has the outputs of the supernet and the estimated parameters", () => {
  manualSeed(1);
  const supernet = new SpaceClassifier(space, 5);
  const images = randn([3, 3, 16, 16]);
  const estimator = createEstimator("", classifierParts(space, 5), [3, 16, 16]);
  fc.assert(
    fc.property(fc.integer(), fc.boolean(), (seed, training) => {
      tidy(() => {
        const subnet = sampleSubnet(space, Random.of("mixed", seed));
        const network = new SpaceClassifier(space, 5, subnet);
        supernet.activate(subnet);
        network.loadStateDict(activeStateDict(supernet));
        const logits = noGrad(() =>
          [supernet, network].map((model) => model.train(training).forward(images)),
        );
        assert.deepEqual(logits[0]!.toArray(), logits[1]!.toArray());
        const parameters = network.parameters().reduce((sum, { numel }) => sum + numel, 0);
        assert.equal(estimator.measure(subnet).params, parameters);
      });
    }),
    { numRuns: 60 },
  );
});

test("names of shared weights contain the candidate, those of a stand-alone network do not", () => {
  const names = (network: SpaceClassifier) => [...network.stateDict().keys()];
  const shared = names(new SpaceClassifier(space, 5));
  for (const name of [
    "backbone.stem.8.0.weight",
    "backbone.stem.12.0.bias",
    "backbone.choice.plain-0_5-8.1.running_mean",
    "backbone.choice.both-1_5-12.narrow.0.weight",
    "backbone.elastic.0.1.num_batches_tracked",
    "backbone.elastic.1.layer.body.0.weight",
    "backbone.mixed.deep.layer.body.1.running_var",
    "backbone.mixed.wide.layer.body.bias",
    "hidden.weight",
    "fc.bias",
  ]) {
    assert.ok(shared.includes(name), `${name} is not among ${shared.join(", ")}`);
  }
  const subnet = {
    wide: 8,
    kind: "both",
    ratio: 0.5,
    width: 4,
    depth: 1,
    kernel: 3,
    body: "wide",
    features: 10,
  };
  assert.deepEqual(
    names(new SpaceClassifier(space, 5, subnet)).filter((name) => !name.includes(".1.")),
    [
      "backbone.stem.0.weight",
      "backbone.stem.0.bias",
      "backbone.choice.narrow.0.weight",
      "backbone.choice.pass.work.weight",
      "backbone.choice.wide.weight",
      "backbone.elastic.0.0.weight",
      "backbone.mixed.body.weight",
      "backbone.mixed.body.bias",
      "hidden.weight",
      "hidden.bias",
      "fc.weight",
      "fc.bias",
    ],
  );
});
