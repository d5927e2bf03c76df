import assert from "node:assert/strict";
import { test } from "node:test";
import { UserError } from "@supernet/base";
import { manualSeed, noGrad, randn } from "@supernet/torch";
import { withChoices } from "../../network/with-choices.js";
import { firstSubnet } from "../../space/space.js";
import { mobileNetV2 } from "../../spaces/mobilenetv2.js";
import { sposShuffleNetV2 } from "../../spaces/spos-shufflenetv2.js";
import { alignCandidates } from "../networks/align.js";
import { SpaceClassifier } from "../networks/classifier.js";
import { withoutOtherCandidates } from "./other-candidates.js";

const small = sposShuffleNetV2({ blocks: [1, 2], channels: [32, 64], last: 64 });
const mobile = mobileNetV2({
  blocks: [2, 1, 1, 1, 1, 1],
  channels: [8, 8, 8, 8, 8, 8],
  first: 8,
  stem: 8,
  last: 16,
});

test("the weights of a whole supernet fit one with fewer choices, and give the same logits", () => {
  manualSeed(2);
  const images = randn([1, 3, 32, 32]);
  for (const [whole, choices] of [
    [small, ["shuffle_7x7", "shuffle_xception"]],
    [small, { "layers.0.0": ["shuffle_5x5"] }],
    [mobile, ["mb_k3e3", "identity"]],
  ] as const) {
    const all = new SpaceClassifier(whole, 5).eval();
    const reduced = withChoices(whole, choices);
    const network = new SpaceClassifier(reduced, 5).eval();
    assert.throws(() => network.loadStateDict(all.stateDict()), UserError);
    network.loadStateDict(withoutOtherCandidates(network, all.stateDict()));
    const subnet = firstSubnet(reduced);
    const logits = [all, network].map((model) => {
      model.activate(subnet);
      return noGrad(() => model.forward(images)).toArray();
    });
    assert.deepEqual(logits[0], logits[1]);
  }
});

test("keeps everything else, so that other differences are still errors", () => {
  const network = new SpaceClassifier(withChoices(small, ["shuffle_3x3", "shuffle_5x5"]), 5);
  const state = new Map([...network.stateDict(), ["backbone.layers.0.0.shuffle_3x3.other", randn([1])]]);
  assert.deepEqual([...withoutOtherCandidates(network, state).keys()], [...state.keys()]);
});

test("candidates are aligned that remain", () => {
  for (const choices of [
    ["shuffle_3x3", "shuffle_7x7"],
    { "layers.0.0": ["shuffle_xception"] },
    { "layers.0.0": ["shuffle_3x3"] },
  ]) {
    const reduced = withChoices(small, choices);
    alignCandidates(new SpaceClassifier(reduced, 5), reduced.alignment!);
  }
});
