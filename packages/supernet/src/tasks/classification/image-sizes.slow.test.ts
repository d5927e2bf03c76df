import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import type { Candidate, Subnet } from "@supernet/nas";
import { SpaceClassifier } from "@supernet/nas/supernet";
import { fromTypedArray, loadTensors, noGrad, randn } from "@supernet/torch";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { loadClassifier } from "../../network/load.js";
import { readSubnetFile } from "../../network/subnet-file.js";
import { autoFormerTinyImageNet } from "../../recipes/autoformer-imagenet.js";
import { withSettings } from "../../recipes/define.js";
import { createRun } from "../../recipes/load.js";
import { readMetrics } from "../../run/metrics.js";
import { searchedSpace } from "../../task/run-context.js";
import { type Settings, tinyAutoFormer, toSettings, writePhotographs } from "../../testing/recipes.js";
import { runToEnd, setOptions, signalWhen, supernet, type TestRun } from "../../testing/runs.js";

const DECISION = "classification.imageSize";
const PATCH = 8;

describe("a search of AutoFormer's image size", async () => {
  const folder = mkdtempSync(join(tmpdir(), "image-sizes-"));
  const whole = join(folder, "whole");
  const settings: Settings = {
    ...tinyAutoFormer(folder),
    space: `{name: autoformer-tiny, imageSize: 32, patch: ${PATCH}, width: [16, 24], depth: [1, 2], heads: [1, 2]}`,
    [DECISION]: "[24, 32]",
  };
  const tiny = (workDir: string, changes: Settings = {}): TestRun => ({
    recipe: "autoformer-tiny-imagenet",
    workDir,
    settings: { ...settings, ...changes },
  });
  const run = createRun(withSettings(autoFormerTinyImageNet, toSettings(settings)));
  const space = await run.get(searchedSpace);
  const read = (workDir: string, name: string) => readFileSync(join(workDir, name), "base64");
  const historyOf = (workDir: string): readonly Candidate[] =>
    JSON.parse(readFileSync(join(workDir, "steps/search/checkpoint"), "utf8")).history;
  const foundIn = (workDir: string): Subnet => readSubnetFile(space, join(workDir, "subnet.yaml"));
  const weightsOf = (path: string) => ({ path, tensors: loadTensors(path).tensors });
  const outcome = (workDir: string): string[] =>
    [
      "metrics.jsonl",
      "subnet.yaml",
      "model.onnx",
      ...["train", "search", "retrain"].map((step) => `steps/${step}/weights.safetensors`),
      "steps/test/results.json",
    ].map((name) => read(workDir, name));

  before(async () => {
    await writePhotographs(folder);
    const { status, stderr } = runToEnd(tiny(whole));
    assert.equal(status, 0, stderr);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it("scores candidates of each size", () => {
    const history = historyOf(whole);
    assert.equal(history.length, 8);
    assert.deepEqual(new Set(history.map(({ subnet }) => subnet[DECISION])), new Set([24, 32]));
  });

  it("retrains the found subnet in its own size, and exports it for that", async () => {
    const subnet = foundIn(whole);
    const side = Number(subnet[DECISION]);
    const file = weightsOf(join(whole, "steps/retrain/weights.safetensors"));
    const positions = file.tensors.get("backbone.tokens.pos_embed")!;
    assert.equal(positions.shape[1], (side / PATCH) ** 2 + 1);
    const classifier = loadClassifier(space, file, subnet).eval();
    const images = randn([2, 3, side, side]);
    const session = await InferenceSession.create(join(whole, "model.onnx"));
    const feeds = { images: new Tensor("float32", images.toTypedArray() as Float32Array, [...images.shape]) };
    const { logits } = await session.run(feeds);
    const exported = fromTypedArray(logits!.data as Float32Array, [2, 2]);
    const expected = noGrad(() => classifier.forward(images));
    assert.ok(exported.sub(expected).abs().max().item() < 1e-5);
  });

  it("extracts a subnet of a smaller size that equals the supernet bit for bit", () => {
    const subnet = { ...foundIn(whole), [DECISION]: 24 };
    const [file, out] = [join(folder, "small.json"), join(folder, "small.safetensors")];
    writeFileSync(file, JSON.stringify(subnet));
    const at = ["--work-dir", whole, "--step", "train", "--subnet", file, "--out", out];
    const { status, stderr } = supernet("extract", ...at);
    assert.equal(status, 0, stderr);
    const shared = loadClassifier(space, weightsOf(join(whole, "steps/train/weights.safetensors"))).eval();
    shared.activate(subnet);
    const alone = new SpaceClassifier(space, 2, subnet).eval();
    alone.loadStateDict(loadTensors(out).tensors);
    const images = randn([3, 3, 24, 24]);
    const [own, expected] = noGrad(() => [alone, shared].map((model) => model.forward(images).toArray()));
    assert.deepEqual(own, expected);
  });

  it("ends the same if it is killed and resumed", async () => {
    const killed = join(folder, "killed");
    const lines = () => readMetrics(join(killed, "metrics.jsonl")).length;
    for (const most of [2, 5, 12]) await signalWhen(tiny(killed), () => lines() >= most, "SIGKILL");
    const { status, stderr } = runToEnd(tiny(killed), "--resume");
    assert.equal(status, 0, stderr);
    assert.deepEqual(outcome(killed), outcome(whole));
  });

  it("scores the same on several threads", () => {
    const workDir = join(folder, "threads");
    cpSync(whole, workDir, { recursive: true });
    rmSync(join(workDir, "steps/search"), { recursive: true });
    const { status, stderr } = runToEnd(tiny(workDir, { scorers: 2, threads: 2 }), "--resume");
    assert.equal(status, 0, stderr);
    assert.match(stderr, /\[1\/4\] supernet training.*done before/s);
    assert.deepEqual(historyOf(workDir), historyOf(whole));
  });

  it("trains and searches on several ranks", () => {
    const workDir = join(folder, "ranks");
    const { status, stderr } = runToEnd(tiny(workDir), "--nproc", "2");
    assert.equal(status, 0, stderr);
    assert.equal(historyOf(workDir).length, 8);
  });

  it("is profiled and planned", () => {
    const set = setOptions(settings);
    const profiled = supernet("profile", "--recipe", "autoformer-tiny-imagenet", ...set);
    assert.equal(profiled.status, 0, profiled.stderr);
    assert.match(profiled.stdout, /subnets; input 3x24x24, 3x32x32\n/);
    const at = ["--flops-per-second", "1e10", ...set];
    const planned = supernet("plan", "autoformer-tiny-imagenet", ...at);
    assert.equal(planned.status, 0, planned.stderr);
    assert.match(planned.stdout, /classifier at 28x28/);
  });
});
