import assert from "node:assert/strict";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { loadTensors } from "@supernet/torch";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { type Settings, tinyQuickstart, writeGrayImages } from "../../testing/recipes.js";
import { runToEnd, setOptions, signalAfter, supernet, type TestRun } from "../../testing/runs.js";
import type { FrontResults } from "./front/members.js";

const folder = mkdtempSync(join(tmpdir(), "open-sizes-"));
const data = join(folder, "gray");
const tiny = tinyQuickstart(data);
before(() => writeGrayImages(data));
after(() => rmSync(folder, { recursive: true, force: true }));

/** The tiny quickstart that searches the image size, the neck and the heads too. */
const SETTINGS: Settings = {
  ...tiny,
  "detection.size": "{short: [64, 32], long: 96}",
  "detector.pyramid.channels": "[8, 16]",
  "detector.pyramid.strides": "[[4, 8, 16, 32, 64], [8, 16, 32, 64]]",
  "detector.rpn.postNms.test": "[8, 16]",
  "detector.head.convs": "{depth: [0, 1], width: [8, 16]}",
  "detector.head.fcs": "[[16], [32]]",
  ...Object.fromEntries(
    Object.keys(tiny).flatMap((key) => (key.startsWith("steps.search.strategy.") ? [[key, undefined]] : [])),
  ),
  "steps.search.strategy":
    "{kind: nsga2, minimize: [detector.flops], populationSize: 6, generations: 2, crossoverProbability: 0.5, " +
    "mutationProbability: 0.3, maxTries: 5}",
  "steps.search.constraints.flops.max": undefined,
  "steps.search.constraints": "{detector: {flops: {max: 1e7}}}",
  "steps.compare": "null",
};

interface Scored {
  readonly subnet: Readonly<Record<string, unknown>>;
  readonly resources: Readonly<Record<string, number>>;
}

describe("a search of whole detectors", () => {
  const at = (workDir: string): TestRun => ({ recipe: "detnas-quickstart", workDir, settings: SETTINGS });
  const whole = join(folder, "whole");
  const read = (...path: string[]) => readFileSync(join(...path));

  it("decides every open size, within the limits of the whole detector", () => {
    const { status, stderr } = runToEnd(at(whole));
    assert.equal(status, 0, stderr);
    const { history } = JSON.parse(String(read(whole, "steps/search/checkpoint"))) as { history: Scored[] };
    const sizes = new Set<unknown>();
    for (const { subnet, resources } of history) {
      assert.ok(resources["detector.flops"]! <= 1e7);
      sizes.add(subnet["detection.size.short"]);
      for (const name of ["pyramid.channels", "pyramid.strides", "rpn.postNms.test", "head.fcs"])
        assert.ok(subnet[`detector.${name}`] !== undefined, name);
    }
    assert.ok(sizes.size > 1);
  });

  it("extracts the weights of the found detector, with its own sizes", () => {
    const out = join(folder, "found.safetensors");
    const { status, stderr } = supernet("extract", "--work-dir", whole, "--step", "finetune", "--out", out);
    assert.equal(status, 0, stderr);
    const shapes = (path: string) =>
      Array.from(loadTensors(path).tensors, ([name, { shape }]) => `${name} ${shape}`).sort();
    assert.deepEqual(shapes(out), shapes(join(whole, "steps/detector/weights.safetensors")));
  });

  it("makes ready detectors of the front, with the supernet's weights", async () => {
    const own = join(folder, "front");
    cpSync(whole, own, { recursive: true });
    const trainings = Object.keys(SETTINGS).filter((key) => /^steps\.(retrain|detector)\./.test(key));
    const settings = {
      ...SETTINGS,
      ...Object.fromEntries(trainings.map((key) => [key, undefined])),
      "steps.retrain": "null",
      "steps.detector": "null",
      "steps.front": "{members: 3}",
    };
    const { status, stderr, stdout } = runToEnd({ ...at(own), settings }, "--resume");
    assert.equal(status, 0, stderr);
    assert.equal(stderr.match(/done before/g)?.length, 3);
    const { found, members } = JSON.parse(String(read(own, "steps/front/results.json"))) as FrontResults;
    assert.ok(members.length >= 1 && members.length <= 3);
    for (const member of members) {
      const path = join(own, "steps/front", member.folder);
      const session = await InferenceSession.create(join(path, "model.onnx"));
      const size = member.input.reduce((product, side) => product * side, 1);
      const images = new Tensor("float32", new Float32Array(size), [1, ...member.input]);
      const sizes = new Tensor("int64", BigInt64Array.from(member.input.slice(1), BigInt), [1, 2]);
      assert.deepEqual((await session.run({ images, sizes })).boxes!.dims, [1, 30, 4]);
      assert.ok(member.latency!.median > 0 && member.latency!.p95 >= member.latency!.median);
    }
    // The found one is tested as a stand-alone detector with the weights of its file.
    const { metrics } = JSON.parse(String(read(own, "steps/test/results.json")));
    assert.equal(metrics.AP, members.find((member) => member.folder === found)!.testAP);
    const listed = supernet("front", "--work-dir", own);
    assert.ok(stdout.includes(listed.stdout.split("\n").slice(0, 2).join("\n")), listed.stdout);
    const chosen = supernet("front", "--work-dir", own, "--budget", "1000ms");
    assert.ok(existsSync(join(chosen.stdout.trim(), "model.onnx")), chosen.stderr);
    // A member is predicted with its own sizes and weights.
    const image = join(own, "steps/scenes/images/test/000001.png");
    const member = members.find((other) => other.folder !== found) ?? members[0]!;
    const predicted = supernet("predict", "--work-dir", own, "--member", member.folder, "--json", image);
    assert.equal(predicted.status, 0, predicted.stderr);
    assert.equal(JSON.parse(predicted.stdout).classes.length, 10);
    const model = join(own, "steps/front", member.folder, "model.onnx");
    const onnx = supernet("predict", "--model", model, "--json", image);
    assert.equal(onnx.status, 0, onnx.stderr);
    const missing = supernet("predict", "--work-dir", own, "--member", "9", image);
    assert.match(missing.stderr, /^error: .*front has no member 9: use a number from 1 to [1-3],/);
    const none = supernet("front", "--work-dir", own, "--budget", "0.0001ms");
    assert.equal(none.status, 1);
    assert.match(
      none.stderr,
      /^error: --budget 0\.0001ms: the fastest detector takes [\d.]+ ms: allow more\n$/,
    );
  });

  it("exports the found detector, for its own image size", async () => {
    const out = join(folder, "found.onnx");
    const { status, stderr } = supernet("export", "--work-dir", whole, "--network", "detector", "-o", out);
    assert.equal(status, 0, stderr);
    const subnet = String(read(whole, "subnet.yaml"));
    const short = Number(subnet.match(/^detection\.size\.short: (\d+)$/m)![1]);
    const width = Math.ceil((96 * short) / 64 / 32) * 32;
    const session = await InferenceSession.create(out);
    const images = new Tensor("float32", new Float32Array(3 * short * width), [1, 3, short, width]);
    const { boxes } = await session.run({ images });
    assert.deepEqual(boxes!.dims, [1, 30, 4]);
  });

  it("ends the same if it is killed and resumed", async () => {
    const killed = join(folder, "killed");
    for (const lines of [4, 8, 12]) await signalAfter(at(killed), lines, "SIGKILL");
    const { status, stderr } = runToEnd(at(killed), "--resume");
    assert.equal(status, 0, stderr);
    for (const name of ["subnet.yaml", "steps/finetune/weights.safetensors", "steps/test/detections.json"])
      assert.ok(read(killed, name).equals(read(whole, name)), name);
  });

  it("is profiled and planned", () => {
    const set = setOptions(SETTINGS);
    const profiled = supernet("profile", "--recipe", "detnas-quickstart", "--network", "detector", ...set);
    assert.equal(profiled.status, 0, profiled.stderr);
    assert.match(profiled.stdout, /subnets; input 3x64x96, 3x32x64\n {2}min .*FLOPs.*\n {2}max /);
    const planned = supernet("plan", "detnas-quickstart", "--flops-per-second", "1e10", ...set);
    assert.equal(planned.status, 0, planned.stderr);
    assert.match(planned.stdout, /\n {2}finetune +12 /);
  });
});
