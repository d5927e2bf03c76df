import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import type { ComparedNetwork, Comparison } from "../compare/results.js";
import { type Settings, tinyMixed, tinyQuickstart, writeGrayImages } from "../testing/recipes.js";
import { runToEnd, signalWhen, type TestRun } from "../testing/runs.js";
import type { CalibrationResults } from "./calibrate.js";

const folder = mkdtempSync(join(tmpdir(), "calibrate-"));
const data = join(folder, "gray");
before(() => writeGrayImages(data));
after(() => rmSync(folder, { recursive: true, force: true }));

const TRAINING =
  "epochs: 2, batchSize: 8, microBatch: null, syncBatchNorm: false, optimizer: {kind: sgd, momentum: 0.9, " +
  "nesterov: true, weightDecay: 4e-5, noDecay: [bias, norm, depthwise]}, lr: {base: 0.04, batchSize: 8}, schedule: " +
  "{kind: linear}, warmup: {iterations: 2, startFactor: 0.1}, clipGradNorm: 10, emaDecay: null, dropPath: null, " +
  "precision: float32, evaluateEvery: null, result: last, checkpointEvery: 1, keepLast: 1";

/** Settings without those of a few parts, which the tests replace. */
const without = (...parts: readonly string[]): Settings =>
  Object.fromEntries(
    Object.entries(tinyQuickstart(data)).filter(([key]) => !parts.some((part) => key.startsWith(`${part}.`))),
  );

/** A tiny search of whole detectors, whose candidates calibrate the scores. */
const SETTINGS: Settings = {
  ...without("classification", "steps.pretrain", "steps.retrain", "steps.detector", "steps.search.strategy"),
  scorers: 2,
  classification: "null",
  "detection.size": "{short: [64, 32], long: 96}",
  "detector.pyramid.channels": "[16, 8]",
  "detector.head.convs": "{depth: [1, 0], width: [16, 8]}",
  "detector.head.fcs": "[[32], [16]]",
  "steps.pretrain": "null",
  "steps.search.strategy":
    "{kind: nsga2, minimize: [detector.flops], populationSize: 6, generations: 2, crossoverProbability: 0.5, " +
    "mutationProbability: 0.3, maxTries: 5}",
  "steps.search.constraints.flops.max": undefined,
  "steps.search.constraints": "{}",
  "steps.calibrate": `{candidates: 3, batch: 2, training: {${TRAINING}}}`,
  "steps.front": "{members: 2}",
  "steps.retrain": "null",
  "steps.detector": "null",
  "steps.test.randomSubnets": 0,
  "steps.compare": "{budgets: [0.6], randomSubnets: 2}",
};

describe("a calibration of the search's scores", () => {
  const at = (workDir: string, settings: Settings = {}): TestRun => ({
    recipe: "detnas-quickstart",
    workDir,
    settings: { ...SETTINGS, ...settings },
  });
  const whole = join(folder, "whole");
  const readJson = <T>(...path: string[]): T => JSON.parse(readFileSync(join(...path), "utf8"));
  const calibrationOf = (workDir: string) =>
    readJson<CalibrationResults>(workDir, "steps/calibrate/results.json");
  const comparisonOf = (workDir: string) => readJson<Comparison>(workDir, "steps/compare/results.json");
  const withoutLatency = ({ latency: _, ...network }: ComparedNetwork) => network;
  const outcomeOf = (workDir: string) => {
    const { networks, ...rest } = comparisonOf(workDir);
    return [calibrationOf(workDir), rest, networks.map(withoutLatency)];
  };
  const copyWithout = (name: string, ...steps: readonly string[]): string => {
    const copy = join(folder, name);
    cpSync(whole, copy, { recursive: true });
    for (const step of steps) rmSync(join(copy, "steps", step), { recursive: true });
    return copy;
  };
  let output = "";
  before(() => {
    const { status, stdout, stderr } = runToEnd(at(whole));
    assert.equal(status, 0, stderr);
    output = stdout;
    assert.match(stderr, /calibrated \d+ scores by 3 trained candidates/);
  });

  it("trains candidates, the default first, and corrects all scores", () => {
    const { candidates } = calibrationOf(whole);
    const trained = candidates.filter((candidate) => candidate.trained !== null);
    assert.equal(trained.length, 3);
    for (const { folder: own } of trained)
      assert.deepEqual(readdirSync(join(whole, "steps/calibrate", own!)).sort(), [
        "done.json",
        "scores.json",
        "weights.safetensors",
      ]);
    for (const { calibrated, deviation } of candidates)
      assert.ok(Number.isFinite(calibrated) && deviation >= 0);
    assert.ok(candidates.some(({ calibrated, supernet }) => calibrated !== supernet));
  });

  it("makes the front of the calibrated scores, with the weights of the trained candidates", () => {
    const front = readJson<{ points: { subnet: object }[] }>(whole, "steps/calibrate/front/front.json");
    const { members } = readJson<{ members: { folder: string; subnet: object }[] }>(
      whole,
      "steps/front/results.json",
    );
    const key = ({ subnet }: { subnet: object }) => JSON.stringify(subnet);
    const points = new Set(front.points.map(key));
    const { candidates } = calibrationOf(whole);
    for (const member of members) {
      assert.ok(points.has(key(member)));
      const trained = candidates.find((each) => key(each) === key(member) && each.folder !== null);
      const weights = (...path: string[]) =>
        readFileSync(join(whole, "steps", ...path, "weights.safetensors"));
      if (trained) assert.ok(weights("front", member.folder).equals(weights("calibrate", trained.folder!)));
    }
  });

  it("compares networks of equal cost that are trained in the same way", () => {
    const { networks, budgets, randomCandidates, gains, resource } = comparisonOf(whole);
    assert.equal(resource, "detector.flops");
    assert.equal(budgets.length, 1);
    // 12 candidates and 24 largest subnets are scored. Each of 3 trainings costs as much as 24 * 2 * 3 / (6 + 8) scorings.
    assert.equal(randomCandidates, 12 + 24 + Math.round((3 * 3 * 2 * 24) / 14));
    for (const [i, limit] of budgets.entries()) {
      const own = networks.filter(({ budget }) => budget === i);
      assert.deepEqual(
        own.map(({ origin }) => origin),
        ["found", "hand-scaled", "best of random search", "largest", "random", "random"],
      );
      for (const { origin, resources } of own) {
        const cost: number = resources[resource]!;
        assert.ok(cost <= limit!);
        if (origin === "hand-scaled") assert.equal(cost, limit);
        if (origin === "random") assert.ok(cost >= 0.9 * limit!);
      }
    }
    for (const { folder: own, test, latency } of networks) {
      assert.ok(existsSync(join(whole, "steps/compare", own, "model.onnx")));
      assert.ok(test >= 0 && latency!.median > 0);
    }
    assert.deepEqual(
      gains.map(({ over }) => over),
      ["hand-scaled", "best of random search", "largest", "random"],
    );
    assert.match(output, /^At .* detector\.flops (as|of) hand-scaled ones, the found networks have /m);
    assert.match(readFileSync(join(whole, "report.html"), "utf8"), /made by hand, and random, at equal cost/);
  });

  it("does not depend on the number of candidates that are trained at a time", () => {
    const one = copyWithout("one", "calibrate", "front", "test", "compare");
    const { status, stderr } = runToEnd(at(one, { scorers: 1 }), "--resume");
    assert.equal(status, 0, stderr);
    assert.deepEqual(outcomeOf(one), outcomeOf(whole));
  });

  const checkpoints = (workDir: string, step: string): string[] => {
    const steps = join(workDir, "steps", step);
    if (!existsSync(steps)) return [];
    return readdirSync(steps, { recursive: true, encoding: "utf8" }).filter((name) =>
      /checkpoint-\d/.test(name),
    );
  };

  it("ends the same after a kill and a stop during the trainings, and leaves no process behind", async () => {
    const killed = copyWithout("killed", "calibrate", "front", "test", "compare");
    for (const [step, signal, how] of [
      ["calibrate", "SIGKILL", "SIGKILL"],
      ["compare", "SIGTERM", 143],
    ] as const) {
      const stopped = await signalWhen(at(killed), () => checkpoints(killed, step).length > 0, signal);
      assert.equal(stopped.how, how, stopped.log);
      assert.ok(!existsSync(join(killed, "steps", step, "results.json")));
      if (how === 143) assert.match(stopped.log, /error: stopped; nothing is lost: continue with/);
    }
    const { status, stderr } = runToEnd(at(killed), "--resume");
    assert.equal(status, 0, stderr);
    assert.deepEqual(outcomeOf(killed), outcomeOf(whole));
    const { stdout } = spawnSync("pgrep", ["-f", `candidate-process.js.*${data}`], { encoding: "utf8" });
    assert.equal(stdout, "");
  });

  it("ends with one line if a process that trains a candidate is killed", async () => {
    const lost = copyWithout("lost", "calibrate", "front", "test", "compare");
    const killChild = () => {
      if (checkpoints(lost, "calibrate").length === 0) return false;
      spawnSync("pkill", ["-KILL", "-f", `candidate-process.js.*${data}`]);
      return false;
    };
    const { how, log } = await signalWhen(at(lost), killChild, "SIGTERM");
    assert.equal(how, 1, log);
    assert.match(
      log,
      /error: the process that trains a candidate ended with SIGKILL: continue with --resume\n$/,
    );
    const { status, stderr } = runToEnd(at(lost), "--resume");
    assert.equal(status, 0, stderr);
    assert.deepEqual(outcomeOf(lost), outcomeOf(whole));
  });
});

describe("a calibration of a classifier's search", () => {
  const workDir = join(folder, "classifier");
  const retrain =
    "epochs: 1, batchSize: 16, microBatch: null, syncBatchNorm: false, optimizer: {kind: sgd, momentum: 0.9, " +
    "nesterov: true, weightDecay: 0, noDecay: []}, lr: {base: 0.05, batchSize: 64}, schedule: {kind: linear}, warmup: " +
    "null, clipGradNorm: 5, labelSmoothing: 0.1, emaDecay: null, dropPath: null, precision: float32, evaluateEvery: " +
    "null, result: last, checkpointEvery: 100, keepLast: 1";
  const settings = {
    ...tinyMixed(data),
    "steps.calibrate": `{candidates: 3, batch: 2, training: {${retrain}, start: scratch}}`,
    "steps.compare": "{randomSubnets: 1, largest: false}",
  };
  const read = <T>(...path: string[]): T => JSON.parse(readFileSync(join(workDir, "steps", ...path), "utf8"));

  it("ends in the subnet with the best calibrated score, and compares it", () => {
    const { status, stdout, stderr } = runToEnd({ recipe: "mixed-quickstart", workDir, settings });
    assert.equal(status, 0, stderr);
    const { candidates } = read<CalibrationResults>("calibrate/results.json");
    const best = candidates.reduce((a, b) => (b.calibrated > a.calibrated ? b : a));
    const { networks, gains } = read<Comparison>("compare/results.json");
    assert.deepEqual(
      networks.map(({ origin }) => origin),
      ["found", "hand-scaled", "best of random search", "random"],
    );
    assert.deepEqual(networks[0]!.subnet, best.subnet);
    // The found subnet is the one that the step before has retrained.
    const weights = (...path: string[]) =>
      readFileSync(join(workDir, "steps", ...path, "weights.safetensors"));
    assert.ok(weights("compare", networks[0]!.folder).equals(weights("retrain")));
    const { retrained } = read<{ retrained: { top1: number } }>("test/results.json");
    assert.equal(networks[0]!.test, retrained.top1);
    for (const { mean, interval } of gains) assert.ok(interval[0] <= mean && mean <= interval[1]);
    assert.match(stdout, /points of accuracy (more|less)/);
  });
});
