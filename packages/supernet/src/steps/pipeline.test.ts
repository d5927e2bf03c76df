import assert from "node:assert/strict";
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";

const bin = fileURLToPath(new URL("../../bin/supernet.js", import.meta.url));
const fashion = "/usr/share/datasets/fashion-mnist";
const skip = existsSync(fashion) ? false : `${fashion} is missing: apt-get install dataset-fashion-mnist`;

/** The quickstart at a size that ends in seconds, on one thread so that equal runs are equal bit for bit. */
const TINY = Object.entries({
  threads: 1,
  "detection.data.canvas": 64,
  "detection.data.train": 24,
  "detection.data.search": 6,
  "detection.data.test": 6,
  "detection.data.itemSize": "[16, 32]",
  "detection.size": "{short: 64, long: 96}",
  "classification.evalImages": 64,
  "steps.pretrain.epochs": 0.016,
  "steps.pretrain.checkpointEvery": 4,
  "steps.finetune.epochs": 4,
  "steps.finetune.checkpointEvery": 5,
  "steps.search.strategy.populationSize": 4,
  "steps.search.strategy.generations": 2,
  "steps.search.strategy.topK": 2,
  "steps.search.strategy.mutations": 2,
  "steps.search.strategy.crossovers": 1,
  "steps.search.constraints.flops.max": "2.2e6",
  "steps.search.input": "[3, 64, 64]",
  "steps.search.batchNorm.images": 8,
  "steps.retrain.epochs": 0.016,
  "steps.retrain.checkpointEvery": 4,
  "steps.detector.epochs": 4,
  "steps.detector.checkpointEvery": 5,
  "steps.test.randomSubnets": 2,
}).flatMap(([key, value]) => ["--set", `${key}=${value}`]);

const args = (workDir: string, more: readonly string[] = []): string[] => [
  bin,
  "run",
  "detnas-quickstart",
  "--work-dir",
  workDir,
  ...TINY,
  ...more,
];

const runTiny = (workDir: string, more: readonly string[] = []) =>
  spawnSync(process.execPath, args(workDir, more), { encoding: "utf8" });

/** What two runs must share. */
const outcome = (workDir: string): string[] =>
  ["metrics.jsonl", "subnet.yaml", "steps/test/results.json", "steps/test/detections.json"].map((name) =>
    readFileSync(join(workDir, name), "utf8"),
  );

const ended = (child: ChildProcess): Promise<number | NodeJS.Signals | null> =>
  new Promise((resolve) => child.on("exit", (code, signal) => resolve(signal ?? code)));

/** Starts a run and sends it a signal once metrics.jsonl has `lines` lines. */
async function signalAfter(workDir: string, lines: number, signal: NodeJS.Signals) {
  const child = spawn(process.execPath, args(workDir, ["--resume"]), { stdio: ["ignore", "ignore", "pipe"] });
  let log = "";
  child.stderr!.on("data", (text) => {
    log += text;
  });
  const end = ended(child);
  const metrics = join(workDir, "metrics.jsonl");
  const count = () => (existsSync(metrics) ? readFileSync(metrics, "utf8").split("\n").length - 1 : 0);
  const timer = setInterval(() => {
    if (count() < lines) return;
    clearInterval(timer); // a second Ctrl-C would end it at once
    child.kill(signal);
  }, 10);
  const how = await end;
  clearInterval(timer);
  return { how, log };
}

describe("the quickstart, tiny", { skip }, () => {
  const folder = mkdtempSync(join(tmpdir(), "pipeline-"));
  const whole = join(folder, "whole");
  before(() => {
    const { status, stderr } = runTiny(whole, ["--json"]);
    assert.equal(status, 0, stderr);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it("leaves what a person looks for", () => {
    for (const name of ["recipe.yaml", "metrics.jsonl", "subnet.yaml", "report.html"]) {
      assert.ok(existsSync(join(whole, name)), name);
    }
    for (const step of ["pretrain", "finetune", "retrain", "detector"]) {
      assert.ok(existsSync(join(whole, "steps", step, "weights.safetensors")), step);
    }
  });

  it("scores no subnet twice, and none over the limit", () => {
    const { history } = JSON.parse(readFileSync(join(whole, "steps", "search", "checkpoint"), "utf8"));
    assert.equal(
      new Set(history.map(({ subnet }: { subnet: object }) => JSON.stringify(subnet))).size,
      history.length,
    );
    for (const { resources } of history) assert.ok(resources.flops <= 2.2e6);
  });

  it("ends the same when it is killed again and again and resumed", async () => {
    const killed = join(folder, "killed");
    let kills = 0;
    for (const lines of [1, 3, 5, 7, 11, 14, 17]) {
      if ((await signalAfter(killed, lines, "SIGKILL")).how === "SIGKILL") kills++;
    }
    assert.ok(kills >= 4, `only ${kills} kills hit a running process`);
    const { status, stderr } = runTiny(killed, ["--resume"]);
    assert.equal(status, 0, stderr);
    assert.deepEqual(outcome(killed), outcome(whole));
  });

  it("stops at Ctrl-C with a line that says how to go on, and goes on", async () => {
    const stopped = join(folder, "stopped");
    const { how, log } = await signalAfter(stopped, 4, "SIGINT");
    assert.equal(how, 130);
    assert.match(log, /error: stopped; nothing is lost: go on with supernet run .* --resume\n$/);
    assert.equal(runTiny(stopped, ["--resume"]).status, 0);
    assert.deepEqual(outcome(stopped), outcome(whole));
  });

  it("does only what has changed", () => {
    const again = join(folder, "again");
    cpSync(whole, again, { recursive: true });
    const { status, stderr } = runTiny(again, ["--resume", "--set", "steps.test.sampleImages=1"]);
    assert.equal(status, 0, stderr);
    assert.equal(stderr.match(/done before/g)?.length, 5);
    assert.deepEqual(outcome(again), outcome(whole));
  });

  it("refuses a folder that holds a run, unless told to resume", () => {
    const { status, stderr } = runTiny(whole);
    assert.equal(status, 1);
    assert.match(stderr, /^error: .*whole holds a run: add --resume .*\n$/);
  });

  it("names a checkpoint that is damaged", () => {
    const damaged = join(folder, "damaged");
    cpSync(whole, damaged, { recursive: true });
    const weights = join(damaged, "steps", "detector", "weights.safetensors");
    writeFileSync(weights, readFileSync(weights).subarray(0, 1000));
    rmSync(join(damaged, "steps", "test"), { recursive: true });
    const { status, stderr } = runTiny(damaged, ["--resume"]);
    assert.equal(status, 1);
    assert.match(stderr, /error: .*detector.*weights\.safetensors.*\n$/);
  });

  it("says so when the disk is full, and loses nothing that is written", (context) => {
    const disk = join(folder, "disk");
    mkdirSync(disk);
    if (spawnSync("mount", ["-t", "tmpfs", "-o", "size=2m", "tmpfs", disk]).status !== 0) {
      return context.skip("mounting a small file system needs root");
    }
    try {
      const { status, stderr } = runTiny(join(disk, "run"));
      assert.equal(status, 1, stderr);
      assert.match(stderr, /error: cannot write .*: the disk is full: free some space .*\n$/);
      assert.equal(spawnSync("mount", ["-o", "remount,size=200m", disk]).status, 0);
      const resumed = runTiny(join(disk, "run"), ["--resume"]);
      assert.equal(resumed.status, 0, resumed.stderr);
      assert.deepEqual(outcome(join(disk, "run")), outcome(whole));
    } finally {
      spawnSync("umount", [disk]);
    }
  });
});

describe("a space of the user's own", { skip }, () => {
  const example = fileURLToPath(new URL("../../../../examples/my-space.ts", import.meta.url));
  const folder = mkdtempSync(join(tmpdir(), "own-space-"));
  const whole = join(folder, "whole");
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** Goes on with the run, its space in a copy of the example with `change` made to it. */
  const rerun = (name: string, change: (text: string) => string) => {
    const copy = join(folder, name);
    const index = new URL("../index.js", import.meta.url).href;
    writeFileSync(copy, change(readFileSync(example, "utf8")).replace('"supernet"', JSON.stringify(index)));
    const { status, stderr } = runTiny(whole, ["--resume", "--set", `space={file: ${copy}}`, ...LIMIT]);
    assert.equal(status, 0, stderr);
    return stderr.match(/done before/g)?.length ?? 0;
  };
  const LIMIT = ["--set", "steps.search.constraints={backbone: {flops: {max: 4e6}}, memory: {max: 2e6}}"];

  it("is profiled, trained and searched", () => {
    const { status, stderr } = runTiny(whole, ["--set", `space={file: ${example}}`, ...LIMIT]);
    assert.equal(status, 0, stderr);
    const subnet = join(whole, "subnet.yaml");
    const { stdout } = spawnSync(
      process.execPath,
      [bin, "profile", "--space", example, "--subnet", subnet, "--input", "3x64x64", "--json"],
      { encoding: "utf8" },
    );
    const { modules } = JSON.parse(stdout);
    const names = modules.children.map(({ name }: { name: string }) => name);
    assert.ok(names.includes("layers.3.2"), names);
    const { history } = JSON.parse(readFileSync(join(whole, "steps", "search", "checkpoint"), "utf8"));
    for (const { resources } of history) {
      assert.ok(resources["backbone.flops"] <= 4e6 && resources.memory <= 2e6, JSON.stringify(resources));
    }
  });

  it("may be moved, but is another where it says something else", () => {
    assert.equal(
      rerun("moved.ts", (text) => text),
      6,
    );
    assert.equal(
      rerun("changed.ts", (text) => text.replace("KERNELS = [3, 5]", "KERNELS = [3, 7]")),
      0,
    );
  });
});

describe("a recipe whose data is not there", () => {
  it("fails with one plain line", () => {
    const folder = mkdtempSync(join(tmpdir(), "no-data-"));
    const { status, stderr } = spawnSync(
      process.execPath,
      [bin, "run", "detnas-frcnn-shufflenetv2-coco", "--work-dir", join(folder, "run")],
      { encoding: "utf8", cwd: folder },
    );
    assert.equal(status, 1);
    assert.match(stderr, /error: data\/imagenet\/train does not exist: expected .*\n$/);
    rmSync(folder, { recursive: true, force: true });
  });
});
