import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { measureTable } from "../latency/measure.js";
import { openRuntime } from "../latency/open-runtime.js";
import { readLatencyTable, writeLatencyTable } from "../latency/table-file.js";
import { backboneModel, featuresModel } from "../network/space-models.js";
import { openSpace, spaceNamed } from "../recipe/open-space.js";
import { assertMistake } from "../testing/mistakes.js";
import { supernet } from "../testing/runs.js";

const folder = mkdtempSync(join(tmpdir(), "cli-latency-"));
after(() => rmSync(folder, { recursive: true, force: true }));

/** A space with few layers to measure. */
const spaceFile = join(folder, "space.ts");
writeFileSync(
  spaceFile,
  `import { createSpace } from "supernet";
export default createSpace({ name: "spos-shufflenetv2", stem: 4, blocks: [1, 1], channels: [8, 16], last: 16 });`,
);

const command = ["latency", "--space", spaceFile, "--input", "3x32x32"];
const latency = (...args: readonly string[]) => supernet(...command, ...args);

describe("supernet latency", () => {
  const path = join(folder, "table.json");

  it("measures a table, and prints predictions and their error", () => {
    const { stdout, stderr, status } = latency(
      ...["--threads", "1", "--device-table", path, "--check", "3", "--json"],
    );
    assert.equal(status, 0, stderr);
    assert.match(stderr, /with libtorch .*, for .*table\.json, which does not exist yet/);
    const { measured, layers, seconds, predicted, checks } = JSON.parse(stdout);
    const { table } = readLatencyTable(path);
    assert.deepEqual(measured, table.measured);
    assert.equal(measured.threads, 1);
    assert.equal(layers, table.layers.length);
    assert.match(stderr, new RegExp(`measuring ${layers} layers`));
    assert.ok(seconds > 0);
    assert.ok(0 < predicted.backbone.min && predicted.backbone.min < predicted.backbone.max);
    assert.deepEqual(Object.keys(checks), ["features", "backbone"]);
    for (const { subnets, error, bias, predicted: times, measured: whole } of Object.values<{
      subnets: number;
      error: number;
      bias: number;
      predicted: number[];
      measured: number[];
    }>(checks)) {
      assert.equal(subnets, 3);
      const errors = times.map((time, i) => (time - whole[i]!) / whole[i]!);
      const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / 3;
      assert.ok(Math.abs(bias - mean(errors)) < 1e-12);
      assert.ok(Math.abs(error - mean(errors.map(Math.abs))) < 1e-12);
      assert.ok(times.every((time) => time > 0) && whole.every((time) => time > 0));
    }
  });

  it("reads the table of another device without measuring", async () => {
    const before = readFileSync(path, "utf8");
    const { stdout, stderr, status } = latency("--device-table", path);
    assert.equal(status, 0, stderr);
    assert.match(stdout, /\d+ layers, batch 1, 1 thread, cpu \(/);
    assert.match(stdout, /backbone {3}predicted from \d+\.\d+ to \d+\.\d+ ms/);
    assert.equal(stderr, "");
    assert.equal(readFileSync(path, "utf8"), before);
    const given = ["latency", "--space", spaceFile, "--device-table", path];
    await assertMistake([...given, "--input", "3x64x64"], 1, /table\.json lacks .* at 3x64x64/);
    await assertMistake([...given, "--threads", "2"], 2, /table\.json exists: add --check/);
  });

  it("checks a table measured in ONNX Runtime there, and compares it with the other runtime", async () => {
    const exported = join(folder, "exported.json");
    const space = await openSpace(spaceNamed(spaceFile));
    const models = [featuresModel(space), backboneModel(space)];
    const inputOf = () => [3, 32, 32] as const;
    const runtime = await openRuntime("onnxruntime", 1);
    const min = { rounds: 3, ms: 0 };
    writeLatencyTable(exported, await measureTable({ space, inputOf, models }, runtime, { min }));
    const { stdout, stderr, status } = latency("--device-table", exported, "--check", "2", "--json");
    assert.equal(status, 0, stderr);
    const { measured, checks } = JSON.parse(stdout);
    assert.match(measured.engine, /^onnxruntime \d+\.\d+\.\d+$/);
    assert.deepEqual(Object.keys(checks), ["features", "backbone"]);
    for (const { measured: whole } of Object.values<{ measured: number[] }>(checks))
      assert.ok(whole.every((time) => time > 0));
    assert.ok(readLatencyTable(exported).table.layers.every(({ milliseconds }) => milliseconds > 0));
    const other = latency("--device-table", exported, "--check", "2", "--runtime", "libtorch");
    assert.match(other.stdout, /checked with libtorch/, other.stderr);
  });

  it("exports the layers for another device, and reads the table after it is filled in", async () => {
    const layers = join(folder, "layers");
    const { stdout, stderr, status } = latency("--export-layers", layers);
    assert.equal(status, 0, stderr);
    const file = join(layers, "table.json");
    const table = JSON.parse(readFileSync(file, "utf8"));
    assert.match(stdout, new RegExp(`${table.layers.length} layers; fill in .*table\\.json`));
    for (const layer of table.layers) {
      assert.equal(layer.milliseconds, null);
      assert.ok(statSync(join(layers, layer.file)).size > 50, layer.file);
      layer.milliseconds = 1;
    }
    const given = [...command, "--device-table", file];
    await assertMistake(given, 1, /table\.json is not a latency table: .*milliseconds/);
    table.measured = { device: "npu", processor: "board", threads: 1, batch: 1, engine: "board-runtime 2" };
    writeFileSync(file, JSON.stringify(table));
    const read = latency("--device-table", file);
    assert.match(read.stdout, /npu \(board\), board-runtime 2/, read.stderr);
    // Each layer takes a millisecond, so the prediction is the number of layers.
    assert.match(read.stdout, /backbone +predicted from \d+\.00 to \d+\.00 ms/);
    const check = [...given, "--check", "2"];
    await assertMistake(check, 2, /^--check cannot use board-runtime 2, which .* was measured with/);
  });
});
