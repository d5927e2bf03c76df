import assert from "node:assert/strict";
import { cpSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { extremeSubnets } from "@supernet/nas";
import { predictLatency } from "../latency/predict.js";
import { readLatencyTable, writeLatencyTable } from "../latency/table-file.js";
import { backboneModel, featuresModel } from "../network/space-models.js";
import { openSpace } from "../recipe/open-space.js";
import { withSettings } from "../recipes/define.js";
import { detnasQuickstart } from "../recipes/detnas-quickstart.js";
import { readMetrics } from "../run/metrics.js";
import { syntheticTable } from "../testing/latency.js";
import { type Settings, tinyQuickstart, toSettings, writeGrayImages } from "../testing/recipes.js";
import { runToEnd, setOptions, signalWhen, supernet } from "../testing/runs.js";

type Predict = ReturnType<typeof predictLatency>;

describe("a search with a latency limit", async () => {
  const folder = mkdtempSync(join(tmpdir(), "latency-search-"));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const data = join(folder, "gray");
  const table = join(folder, "table.json");
  const whole = join(folder, "whole");

  const tiny = tinyQuickstart(data);
  const space = await openSpace(withSettings(detnasQuickstart, toSettings(tiny)).space);
  const inputOf = () => [3, 64, 64] as const;
  writeLatencyTable(table, syntheticTable({ space, inputOf, models: [featuresModel(space)] }));
  const [features, backbone] = [featuresModel(space), backboneModel(space)].map((model) =>
    predictLatency(readLatencyTable(table), model, inputOf),
  ) as [Predict, Predict];
  const { smallest, largest } = extremeSubnets(space, features);
  const limit = (features(smallest) + features(largest)) / 2;

  const settings = (latency = table, max = limit): Settings => ({
    ...tiny,
    "steps.search.constraints.flops.max": undefined,
    "steps.search.constraints": `{latency: {max: ${max}}}`,
    "steps.search.latency": `{table: ${JSON.stringify(latency)}}`,
    "steps.compare": null,
  });
  const run = (workDir: string, latency = table, command = "run"): string => {
    const { status, stderr } = supernet(
      ...[command, "detnas-quickstart", "--work-dir", workDir, ...setOptions(settings(latency)), "--resume"],
    );
    assert.equal(status, 0, stderr);
    return stderr;
  };
  const doneBefore = (log: string): number => log.match(/done before/g)?.length ?? 0;
  const outcome = (workDir: string): string[] =>
    ["metrics.jsonl", "subnet.yaml", "steps/test/results.json"].map((name) =>
      readFileSync(join(workDir, name), "utf8"),
    );
  before(() => {
    writeGrayImages(data);
    run(whole);
  });

  it("meets it, and the results contain the found subnet's latency", () => {
    const { history } = JSON.parse(readFileSync(join(whole, "steps", "search", "checkpoint"), "utf8"));
    assert.equal(history.length, 8);
    for (const { subnet, resources } of history) {
      assert.equal(resources.latency, features(subnet));
      assert.equal(resources["backbone.latency"], backbone(subnet));
      assert.ok(resources.latency <= limit);
    }
    const searched = readMetrics(join(whole, "metrics.jsonl")).filter(({ step }) => step === "search");
    assert.deepEqual(
      searched.map(({ latency }) => latency),
      history.map(({ resources }: { resources: { latency: number } }) => resources.latency),
    );
    const { limited } = JSON.parse(readFileSync(join(whole, "steps", "test", "results.json"), "utf8"));
    assert.deepEqual(Object.keys(limited), ["latency"]);
    const reported = JSON.parse(readFileSync(join(whole, "steps", "test", "latency.json"), "utf8"));
    assert.deepEqual(reported, [
      { network: "features", predicted: limited.latency, measured: null, engine: "none", threads: 1 },
    ]);
    assert.ok(searched.some(({ latency }) => latency === limited.latency));
    const report = readFileSync(join(whole, "report.html"), "utf8");
    assert.match(report, /<b>[\d.]+ ms<\/b><span>latency \(limited\)<\/span>/);
    assert.match(report, /under latency at most [\d.]+ ms/);
  });

  it("ends like an uninterrupted one if it is killed during the search", async () => {
    const killed = join(folder, "killed");
    cpSync(whole, killed, { recursive: true });
    for (const step of ["search", "retrain", "detector", "test"]) {
      rmSync(join(killed, "steps", step), { recursive: true });
    }
    const checkpoint = join(killed, "steps", "search", "checkpoint");
    const started = { recipe: "detnas-quickstart", workDir: killed, settings: settings() };
    const { how } = await signalWhen(started, () => existsSync(checkpoint), "SIGKILL");
    assert.equal(how, "SIGKILL");
    assert.ok(JSON.parse(readFileSync(checkpoint, "utf8")).history.length < 8);
    assert.equal(doneBefore(run(killed)), 2);
    assert.deepEqual(outcome(killed), outcome(whole));
  });

  it("is skipped if the table was only moved, and starts over if its content changed", () => {
    const moved = join(folder, "moved.json");
    renameSync(table, moved);
    assert.equal(doneBefore(run(whole, moved)), 6);
    const other = readLatencyTable(moved).table;
    other.layers[0]!.milliseconds += 0.001;
    writeLatencyTable(table, other);
    assert.equal(doneBefore(run(whole, table, "search")), 2);
  });

  it("is refused before the first step if no subnet meets the limit", () => {
    const unmet = join(folder, "unmet");
    const { status, stderr } = runToEnd({
      recipe: "detnas-quickstart",
      workDir: unmet,
      settings: settings(table, 1),
    });
    assert.equal(status, 1);
    assert.match(stderr, /^error: no subnet .* latency at most 1: .* the space has latency from [^\n]*\n$/);
    assert.ok(!existsSync(unmet));
  });
});
