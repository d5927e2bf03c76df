import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import type { Settings } from "../../testing/recipes.js";
import { runToEnd, setOptions, supernet, type TestRun } from "../../testing/runs.js";
import type { FrontResults } from "./front/members.js";

const fashion = "/usr/share/datasets/fashion-mnist";

/** The quickstart of whole detectors on few, small images, within a budget that every detector meets. */
const SETTINGS: Settings = {
  threads: 1,
  workers: 0,
  scorers: 1,
  budget: "1000ms",
  space: "{name: spos-shufflenetv2, stem: 4, blocks: [1, 1, 1, 1], channels: [8, 16, 32, 64], last: 24}",
  "detection.data.canvas": 64,
  "detection.data.train": 16,
  "detection.data.search": 6,
  "detection.data.test": 6,
  "detection.data.itemSize": "[16, 32]",
  "detection.size": "{short: [64, 32], long: 96}",
  "detector.pyramid.channels": "[16, 8]",
  "detector.head.convs": "{depth: [1, 0], width: 16}",
  "detector.head.fcs": "[16]",
  "steps.finetune.epochs": 2,
  "steps.finetune.sampling": "{kind: uniform, largestFirst: 0.5}",
  "steps.finetune.warmup": "null",
  "steps.search.input": "[3, 64, 64]",
  "steps.search.strategy":
    "{kind: predictor-front, minimize: [detector.latency], candidates: 8, initial: 5, batch: 3, pool: 40, siblings: 1, exploration: 1}",
  "steps.search.batchNorm": "{mode: recalibrate, images: 8, batchSize: 8}",
  "steps.calibrate": "null",
  "steps.front": "{members: 2, finetune: null}",
  "steps.compare": "null",
  "steps.test.sampleImages": 1,
};

describe("a search within a budget", { skip: !existsSync(fashion) && `${fashion} is missing` }, () => {
  const folder = mkdtempSync(join(tmpdir(), "budget-"));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const workDir = join(folder, "run");
  const at = (settings: Settings): TestRun => ({ recipe: "detector-quickstart", workDir, settings });
  const read = (...path: string[]) => readFileSync(join(workDir, ...path));
  const readJson = (...path: string[]) => JSON.parse(String(read(...path)));

  it("measures the latency of detectors, and stops before the training if none is within the budget", () => {
    const { status, stderr } = runToEnd(at({ ...SETTINGS, budget: "0.001ms" }));
    assert.equal(status, 1, stderr);
    assert.match(stderr, /error: .*detector\.latency at most 0\.001/);
    assert.ok(!existsSync(join(workDir, "steps/finetune")));
    const { networks, layers } = readJson("steps/latency/table.json");
    assert.equal(networks[0].network, "detector");
    assert.ok(Object.values(networks[0].factors).some((factor) => (factor as number) > 0));
    assert.ok(layers.some(({ batch }: { batch?: number }) => batch === 32));
  });

  it("ends in members with predicted and measured latencies, and exports the one for the budget", () => {
    const { status, stderr, stdout } = runToEnd(at(SETTINGS), "--resume");
    assert.equal(status, 0, stderr);
    // The table does not depend on the budget.
    assert.doesNotMatch(stderr, /layers and \d+ networks measured/);
    assert.match(stderr, /predicted scores of 8 held-out candidates/);
    const {
      found,
      members,
      default: standard,
      slowdown,
    } = readJson("steps/front/results.json") as FrontResults;
    assert.ok(slowdown! > 0);
    for (const member of [...members, standard]) {
      assert.ok(member.predicted! > 0 && member.latency!.p10 > 0);
      const { backbone, pyramid, heads } = member.shares;
      assert.ok(Math.abs(backbone + pyramid + heads - 1) < 1e-9 && Math.min(backbone, pyramid, heads) >= 0);
    }
    assert.equal(standard.subnet["detection.size.short"], 64);
    const best = [...members, standard].toSorted((a, b) => b.searchAP - a.searchAP)[0]!;
    assert.equal(found, best.folder);
    assert.ok(read("model.onnx").equals(read("steps/front", found, "model.onnx")));
    assert.ok(read("subnet.yaml").equals(read("steps/front", found, "subnet.yaml")));
    assert.match(stdout, /ms predicted: at most [\d.]+ % from .* at the machine's speed then/);
  });

  it("leaves a table that supernet latency predicts whole detectors with", () => {
    const table = join(workDir, "steps/latency/table.json");
    const recipe = ["--recipe", "detector-quickstart", ...setOptions(SETTINGS)];
    const { status, stdout, stderr } = supernet("latency", ...recipe, "--device-table", table);
    assert.equal(status, 0, stderr);
    assert.match(stdout, /detector +predicted from [\d.]+ to [\d.]+ ms\n/);
    assert.match(stdout, /features +not in the table\n/);
  });
});
