import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { readMetrics } from "../run/metrics.js";
import { type Settings, TINY_MIXED_SPACE, tinyQuickstart, writeGrayImages } from "../testing/recipes.js";
import { setOptions, supernet } from "../testing/runs.js";

const folder = mkdtempSync(join(tmpdir(), "sampling-"));
const data = join(folder, "gray");
before(() => writeGrayImages(data));
after(() => rmSync(folder, { recursive: true, force: true }));

const SETTINGS: Settings = {
  ...tinyQuickstart(data),
  space: JSON.stringify(TINY_MIXED_SPACE),
  "steps.pretrain.candidates": "independent",
  "steps.pretrain.microBatch": 8,
  "steps.search.constraints.flops.max": undefined,
  "steps.search.constraints": "{}",
  "steps.compare": null,
};

describe("a mixed space", () => {
  const train = (name: string, step: string, settings: Settings) => {
    const { status, stderr } = supernet(
      ...["train", "detnas-quickstart", "--step", step, "--work-dir", join(folder, name)],
      ...setOptions({ ...SETTINGS, ...settings }),
    );
    assert.equal(status, 0, stderr);
    return readMetrics(join(folder, name, "metrics.jsonl")).filter((record) => record.step === step);
  };
  const weights = (name: string, step: string) =>
    readFileSync(join(folder, name, "steps", step, "weights.safetensors"));
  const sandwich = { "steps.pretrain.sampling": "{kind: sandwich, random: 1, distillation: true}" };
  const fair = { "steps.finetune.sampling": "{kind: fair}", "steps.finetune.evaluateEvery": 1 };

  it("is trained by the sandwich rule: the largest subnet with labels, the others with its prediction", () => {
    const [first] = train("a", "pretrain", sandwich);
    assert.ok(Number.isFinite(first!.lossClassification) && Number.isFinite(first!.lossDistillation));
    const mean = ((first!.lossClassification as number) + 2 * (first!.lossDistillation as number)) / 3;
    assert.ok(Math.abs(mean - (first!.loss as number)) < 1e-6);
    train("b", "pretrain", sandwich);
    assert.ok(
      weights("a", "pretrain").equals(weights("b", "pretrain")),
      "the same run must give the same weights",
    );
  });

  it("is fine-tuned in a detector with fair sampling", () => {
    const metrics = train("a", "finetune", { ...sandwich, ...fair });
    assert.ok(metrics.filter(({ loss }) => loss !== undefined).every(({ loss }) => Number.isFinite(loss)));
    assert.ok(metrics.some(({ AP }) => Number.isFinite(AP)));
  });

  it("is trained by greedy sampling with a pool, as a classifier and in a detector", () => {
    const pool = "{kind: greedy, draws: 3, pool: {images: 4, train: 2, from: 0, to: 0.5}}";
    const settings = { "steps.pretrain.sampling": pool, "steps.finetune.sampling": pool };
    for (const step of ["pretrain", "finetune"]) {
      for (const name of ["d", "e"])
        assert.ok(train(name, step, settings).every(({ loss = 0 }) => Number.isFinite(loss)));
      assert.ok(weights("d", step).equals(weights("e", step)), "the same run must give the same weights");
    }
    assert.ok(!weights("d", "pretrain").equals(weights("a", "pretrain")));
  });

  it("is trained without distillation if the recipe turns it off", () => {
    const [first] = train("c", "pretrain", {
      "steps.pretrain.sampling": "{kind: sandwich, random: 1, distillation: false}",
    });
    assert.equal(first!.lossDistillation, undefined);
    assert.ok(!weights("c", "pretrain").equals(weights("a", "pretrain")));
  });
});
