import assert from "node:assert/strict";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { loadTensors } from "@supernet/torch";
import { type Settings, tinyQuickstart, writeGrayImages } from "../../../testing/recipes.js";
import { runToEnd, signalWhen, supernet, type TestRun } from "../../../testing/runs.js";
import type { FrontResults, Member } from "./members.js";

const folder = mkdtempSync(join(tmpdir(), "front-finetune-"));
const data = join(folder, "gray");
before(() => writeGrayImages(data));
after(() => rmSync(folder, { recursive: true, force: true }));

const TRAINING =
  "epochs: 4, batchSize: 8, microBatch: null, syncBatchNorm: false, optimizer: {kind: sgd, momentum: 0.9, " +
  "nesterov: true, weightDecay: 4e-5, noDecay: [bias, norm, depthwise]}, lr: {base: 0.04, batchSize: 8}, schedule: " +
  "{kind: linear}, warmup: {iterations: 4, startFactor: 0.1}, clipGradNorm: 10, emaDecay: null, dropPath: null, " +
  "precision: float32, evaluateEvery: null, result: last, checkpointEvery: 2, keepLast: 1";

/** Settings without those of a few parts, which the tests replace. */
const without = (...parts: readonly string[]): Settings =>
  Object.fromEntries(
    Object.entries(tinyQuickstart(data)).filter(([key]) => !parts.some((part) => key.startsWith(`${part}.`))),
  );

/** The tiny quickstart for somebody who has only images with boxes: the supernet starts in the detector. */
const SETTINGS: Settings = {
  ...without("classification", "steps.pretrain", "steps.retrain", "steps.detector", "steps.search.strategy"),
  classification: "null",
  "detection.size": "{short: [64, 32], long: 96}",
  "detector.pyramid.channels": "[8, 16]",
  "steps.pretrain": "null",
  "steps.finetune.sampling": "{kind: sandwich, random: 1}",
  "steps.search.strategy":
    "{kind: nsga2, minimize: [flops], populationSize: 6, generations: 2, crossoverProbability: 0.5, " +
    "mutationProbability: 0.3, maxTries: 5}",
  "steps.front": `{members: 2, finetune: {${TRAINING}}}`,
  "steps.retrain": "null",
  "steps.detector": `{${TRAINING}, start: inherited}`,
  "steps.compare": "null",
};

describe("fine-tuning the detectors of a front", () => {
  const whole = join(folder, "whole");
  const at = (workDir: string, settings: Settings = {}): TestRun => ({
    recipe: "detnas-quickstart",
    workDir,
    settings: { ...SETTINGS, ...settings },
  });
  const read = (...path: string[]) => readFileSync(join(...path));
  const frontOf = (workDir: string): FrontResults =>
    JSON.parse(String(read(workDir, "steps/front/results.json")));
  const tensors = (...path: string[]) =>
    new Map(
      [...loadTensors(join(...path, "weights.safetensors")).tensors].map(([name, tensor]) => [
        name,
        tensor.toTypedArray().join(),
      ]),
    );
  let output = "";
  before(() => {
    const { status, stdout, stderr } = runToEnd(at(whole));
    assert.equal(status, 0, stderr);
    output = stdout;
  });

  it("lists both scores, and summarizes the difference", () => {
    const results = frontOf(whole);
    assert.equal(results.members.length, 2);
    for (const { searchAP, testAP, inherited } of results.members)
      for (const score of [searchAP, testAP, inherited!.searchAP, inherited!.testAP])
        assert.ok(score >= 0 && score <= 1);
    const gap =
      results.members.reduce((sum, { testAP, inherited }) => sum + testAP - inherited!.testAP, 0) / 2;
    const mean = `${gap >= 0 ? "\\+" : ""}${(100 * gap).toFixed(1)}`;
    const line = new RegExp(`AP test minus AP test inherited: ${mean} on average, from `);
    assert.match(
      output,
      /Detectors fine-tuned from the supernet's weights, box AP:\n {2}member .* inherited /,
    );
    assert.match(output, line);
    assert.match(String(read(whole, "report.html")), line);
    const listed = supernet("front", "--work-dir", whole);
    assert.ok(output.includes(listed.stdout.split("\n").slice(0, 3).join("\n")), listed.stderr);
  });

  it("trains the found member as the step detector does, with the same settings", () => {
    const { found } = frontOf(whole);
    const member = tensors(whole, "steps/front", found);
    const detector = tensors(whole, "steps/detector");
    assert.deepEqual([...member.keys()].sort(), [...detector.keys()].sort());
    // The member starts with statistics of its own, which its inherited score needs.
    for (const [name, value] of member)
      if (!/running_|num_batches/.test(name)) assert.equal(value, detector.get(name), name);
  });

  it("exports the trained weights", () => {
    const { found } = frontOf(whole);
    const out = join(folder, "found.onnx");
    const args = [
      "--work-dir",
      whole,
      "--step",
      "front",
      "--network",
      "detector",
      "--input",
      "any",
      "--padded",
      "--out",
      out,
    ];
    const { status, stderr } = supernet("export", ...args);
    assert.equal(status, 0, stderr);
    assert.ok(read(out).equals(read(whole, "steps/front", found, "model.onnx")));
  });

  it("ends the same if it is killed during the training of a member, and keeps finished members", async () => {
    const killed = join(folder, "killed");
    cpSync(whole, killed, { recursive: true });
    for (const step of ["front", "detector", "test"])
      rmSync(join(killed, "steps", step), { recursive: true });
    const inFront = (...path: string[]) => join(killed, "steps/front", ...path);
    const isTraining = () =>
      existsSync(inFront("2/training")) &&
      readdirSync(inFront("2/training")).some((name) => name.startsWith("checkpoint-"));
    assert.equal((await signalWhen(at(killed), isTraining, "SIGKILL")).how, "SIGKILL");
    assert.ok(!existsSync(inFront("2", "scores.json")));
    const first = read(inFront("1", "scores.json"));
    const madeAt = statSync(inFront("1", "scores.json")).mtimeMs;
    const { status, stderr } = runToEnd(at(killed), "--resume");
    assert.equal(status, 0, stderr);
    assert.ok(read(inFront("1", "scores.json")).equals(first));
    assert.equal(statSync(inFront("1", "scores.json")).mtimeMs, madeAt);
    const same = [
      "metrics.jsonl",
      "steps/detector/weights.safetensors",
      "steps/test/results.json",
      ...["", "1/", "2/"].map((member) => `steps/front/${member}weights.safetensors`),
      ...["1/", "2/"].map((member) => `steps/front/${member}model.onnx`),
    ];
    for (const name of same) assert.ok(read(killed, name).equals(read(whole, name)), name);
    const withoutLatency = ({ latency: _, ...member }: Member) => member;
    const measured = ({ members, default: standard, slowdown: _, ...rest }: FrontResults) => ({
      ...rest,
      members: members.map(withoutLatency),
      default: withoutLatency(standard),
    });
    assert.deepEqual(measured(frontOf(killed)), measured(frontOf(whole)));
  });

  it("can start from new weights, and then tests the found member", () => {
    const scratch = join(folder, "scratch");
    cpSync(whole, scratch, { recursive: true });
    const settings = {
      "steps.front": `{members: 2, finetune: {${TRAINING}, start: scratch}}`,
      "steps.detector": "null",
    };
    const { status, stdout, stderr } = runToEnd(at(scratch, settings), "--resume");
    assert.equal(status, 0, stderr);
    assert.equal(stderr.match(/done before/g)?.length, 2);
    assert.match(stdout, /Detectors trained from new weights, box AP:\n/);
    assert.match(stdout, /found subnet, own weights/);
    const [own, other] = [frontOf(scratch), frontOf(whole)];
    const inherited = ({ members }: FrontResults) => members.map((member) => member.inherited);
    assert.deepEqual(inherited(own), inherited(other));
    for (const member of ["1", "2"])
      assert.notDeepEqual(tensors(scratch, "steps/front", member), tensors(whole, "steps/front", member));
    const { metrics } = JSON.parse(String(read(scratch, "steps/test/results.json")));
    assert.equal(metrics.AP, own.members.find(({ folder }) => folder === own.found)!.testAP);
  });
});
