import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { elasticMobileNet } from "@supernet/nas";
import { withSettings } from "../../recipes/define.js";
import { mixedQuickstart } from "../../recipes/mixed-quickstart.js";
import { computeWork } from "./plan.js";

const counts = { train: 54000, heldOut: 6000, test: 10000 };

describe("computeWork of a search for a classifier", () => {
  const { steps } = mixedQuickstart;
  const workIn = (recipe: typeof mixedQuickstart, batchNorm = true) =>
    Object.fromEntries(
      computeWork(recipe, { space: elasticMobileNet(), counts, batchNorm }).map(({ step, ...rest }) => [
        step,
        rest,
      ]),
    );

  it("counts every image that passes through a network, for each step", () => {
    const { train, search, retrain, test } = workIn(mixedQuickstart);
    const perEpoch = Math.floor(54000 / 64);
    assert.equal(train!.iterations, Math.round(steps.train.epochs * perEpoch));
    // Largest, smallest and two random subnets.
    assert.equal(train!.images.classifierTraining, 4 * 64 * train!.iterations);
    assert.equal(train!.images.classifierInference, 3 * (2000 + 8 * 64));
    assert.equal(search!.iterations, 48);
    assert.equal(search!.images.classifierInference, 48 * (512 + 2000) + 512);
    assert.equal(retrain!.images.classifierInference, 2000);
    assert.equal(test!.images.classifierInference, 2 * 4000 + 12 * (512 + 4000));
  });

  it("counts the parts of the images that successive halving scores on, and its refinement", () => {
    const halving = withSettings(mixedQuickstart, [
      "steps.search.strategy={kind: successive-halving, candidates: 40, reduction: 2, rungs: 3, refinement: {candidates: 5, batch: 5}}",
    ]);
    const { search } = workIn(halving);
    assert.equal(search!.iterations, 40 + 20 + 10 + 5);
    assert.equal(search!.images.classifierInference, 76 * 512 + (10 + 10 + 10 + 5) * 2000);
  });

  it("omits the retraining if the recipe has none, and recalibration without batch-norm", () => {
    const bare = withSettings(mixedQuickstart, ["steps.retrain=null", "steps.search.batchNorm=null"]);
    const work = workIn(bare, false);
    assert.deepEqual(Object.keys(work), ["train", "search", "test"]);
    assert.equal(work.train!.images.classifierInference, 3 * 2000);
    assert.equal(work.test!.images.classifierInference, 13 * 4000);
  });

  it("counts all held-out images if their number is null", () => {
    const all = withSettings(mixedQuickstart, ["classification.evalImages=null", "steps.search.images=null"]);
    assert.equal(workIn(all).retrain!.images.classifierInference, 6000);
    assert.equal(workIn(all).search!.images.classifierInference, 48 * (512 + 6000) + 512);
  });
});
