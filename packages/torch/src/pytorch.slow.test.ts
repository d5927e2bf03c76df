// Compares with this machine's PyTorch. The tests of layers, optimizers and autocast compare with stored results.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  type AutocastVectors,
  checkNetwork,
  resultTypes,
  withOneThread,
  withoutBfloat16,
} from "./testing/check-autocast.js";
import { LAYER_CHECKS } from "./testing/check-layers.js";
import { OPTIMIZER_CHECKS } from "./testing/check-optimizers.js";
import { freshJson, freshVectors, withoutTorch } from "./testing/vectors.js";

describe("this machine's PyTorch", { skip: withoutTorch }, () => {
  const vectors = withoutTorch ? undefined : freshVectors();
  for (const [what, check] of Object.entries({ ...LAYER_CHECKS, ...OPTIMIZER_CHECKS }))
    it(`has the same ${what}`, () => check(vectors!));

  it("has the same types, loss and gradients under autocast", { skip: withoutBfloat16 }, () => {
    const { operators, network } = freshJson<AutocastVectors>("make_autocast_vectors.py");
    assert.deepEqual(resultTypes(), operators);
    withOneThread(() => checkNetwork(network, 1e-3));
  });
});
