import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { readMetrics } from "../../run/metrics.js";
import { type Settings, tinyAutoFormer, writePhotographs } from "../../testing/recipes.js";
import { runToEnd, setOptions, signalWhen, supernet, type TestRun } from "../../testing/runs.js";

describe("the tiny published AutoFormer", () => {
  const folder = mkdtempSync(join(tmpdir(), "autoformer-"));
  const whole = join(folder, "whole");
  const tiny = (workDir: string): TestRun => ({
    recipe: "autoformer-tiny-imagenet",
    workDir,
    settings: tinyAutoFormer(folder),
  });
  const outcome = (workDir: string): string[] =>
    [
      "metrics.jsonl",
      "subnet.yaml",
      ...["train", "search", "retrain"].map((step) => `steps/${step}/weights.safetensors`),
      "steps/test/results.json",
    ].map((name) => readFileSync(join(workDir, name), "base64"));

  before(async () => {
    await writePhotographs(folder);
    const { status, stderr } = runToEnd(tiny(whole));
    assert.equal(status, 0, stderr);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it("ends the same if it is killed in its trainings and resumed, with mixing, drop path and averaging", async () => {
    const killed = join(folder, "killed");
    const lines = () => readMetrics(join(killed, "metrics.jsonl")).length;
    const { length } = readMetrics(join(whole, "metrics.jsonl"));
    for (let most = 1; most < length; most += 4)
      await signalWhen(tiny(killed), () => lines() >= most, "SIGKILL");
    const { status, stderr } = runToEnd(tiny(killed), "--resume");
    assert.equal(status, 0, stderr);
    assert.deepEqual(outcome(killed), outcome(whole));
  });

  it("meets both the minimum and the maximum number of parameters", () => {
    const { history } = JSON.parse(readFileSync(join(whole, "steps", "search", "checkpoint"), "utf8"));
    assert.equal(history.length, 8);
    for (const { resources } of history) assert.ok(1e4 <= resources.params && resources.params <= 1e6);
  });

  it("is refused in one line before the first step if a setting does not fit the space", () => {
    const refused = (changes: Settings, message: RegExp) => {
      const { status, stderr } = supernet(
        ...["run", "autoformer-tiny-imagenet", "--work-dir", join(folder, "refused")],
        ...setOptions({ ...tinyAutoFormer(folder), ...changes }),
      );
      assert.match(stderr, message);
      assert.equal(status, 1, stderr);
    };
    refused({ "classification.imageSize": 36 }, /^error: classification.imageSize: got 36, .* 32x32: .*\n$/);
    refused({ "steps.search.batchNorm": "{images: 4, batchSize: 2}" }, /^error: .*no batch-norm: .* null\n$/);
    refused({ "steps.search.strategy.mutations.perDecision": "{deep: 0.4}" }, /^error: .*deep.*\n$/);
    refused(
      { "steps.search.constraints.params": "{max: 10}" },
      /^error: no subnet .* params at most 10.*\n$/,
    );
    refused({ space: "{name: elastic-mobilenet}" }, /^error: steps.train.dropPath: .* set it to null.*\n$/);
  });
});
