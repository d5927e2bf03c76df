import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { readLatencyTable } from "../latency/table-file.js";

const bin = fileURLToPath(new URL("../../bin/supernet.js", import.meta.url));
const example = fileURLToPath(new URL("../../../../examples/my-space.ts", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "cli-latency-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const latency = (...args: readonly string[]) =>
  spawnSync(process.execPath, [bin, "latency", "--space", example, "--input", "3x32x32", ...args], {
    encoding: "utf8",
  });

describe("supernet latency", () => {
  const path = join(folder, "table.json");

  it("measures a table, tells what subnets take by it, and how far it is off", () => {
    const { stdout, stderr, status } = latency("--threads", "1", "--out", path, "--check", "3", "--json");
    assert.equal(status, 0, stderr);
    const { measured, layers, seconds, predicted, checks } = JSON.parse(stdout);
    const { table } = readLatencyTable(path);
    assert.deepEqual(measured, table.measured);
    assert.equal(measured.threads, 1);
    assert.equal(layers, table.layers.length);
    assert.match(stderr, new RegExp(`measuring ${layers} layers`));
    assert.ok(seconds > 0);
    assert.ok(0 < predicted.backbone.least && predicted.backbone.least < predicted.backbone.most);
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

  it("reads one of another device and measures nothing", () => {
    const before = readFileSync(path, "utf8");
    const { stdout, stderr, status } = latency("--table", path);
    assert.equal(status, 0, stderr);
    assert.match(stdout, /\d+ layers, batch 1, 1 thread, cpu \(/);
    assert.match(stdout, /backbone {2}predicted from \d+\.\d+ to \d+\.\d+ ms/);
    assert.equal(stderr, "");
    assert.equal(readFileSync(path, "utf8"), before);
    const other = latency("--table", path, "--input", "3x64x64");
    assert.match(other.stderr + other.stdout, /^error: .*table\.json lacks .* at 3x64x64[^\n]*\n$/);
  });
});
