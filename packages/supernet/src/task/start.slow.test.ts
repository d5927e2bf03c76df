import assert from "node:assert/strict";
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { loadTensors, saveTensors, tidy } from "@supernet/torch";
import { type Settings, tinyMixed, tinyQuickstart, writeGrayImages } from "../testing/recipes.js";
import { runToEnd, setOptions, signalWhen, supernet, type TestRun } from "../testing/runs.js";

const folder = mkdtempSync(join(tmpdir(), "start-"));
const data = join(folder, "gray");
before(() => writeGrayImages(data));
after(() => rmSync(folder, { recursive: true, force: true }));

const weightsOf = (workDir: string, step: string): string =>
  join(workDir, "steps", step, "weights.safetensors");
const stepsOf = (workDir: string): string[] => readdirSync(join(workDir, "steps")).sort();
const resultsOf = (workDir: string) =>
  JSON.parse(readFileSync(join(workDir, "steps/test/results.json"), "utf8"));
const same = (...paths: string[]): void => {
  const [first, ...others] = paths.map((path) => readFileSync(path));
  for (const other of others) assert.ok(first!.equals(other), paths.join(" and "));
};

describe("a classifier's run that starts from files", () => {
  const whole = join(folder, "whole");
  const at = (name: string, settings: Settings = {}): TestRun => ({
    recipe: "mixed-quickstart",
    workDir: join(folder, name),
    settings: { ...tinyMixed(data), ...settings },
  });
  const succeeds = (
    run: TestRun,
    ...options: string[]
  ): { readonly output: string; readonly workDir: string } => {
    const { status, stdout, stderr } = runToEnd(run, ...options);
    assert.equal(status, 0, stderr);
    return { output: stdout + stderr, workDir: run.workDir };
  };
  const evaluate = (name: string, ...options: string[]) => {
    const workDir = join(folder, name);
    const settings = setOptions(tinyMixed(data));
    return {
      workDir,
      ...supernet("eval", "mixed-quickstart", "--work-dir", workDir, ...settings, ...options),
    };
  };
  const fails = (
    { status, stderr }: { readonly status: number | null; readonly stderr: string },
    ...parts: string[]
  ) => {
    assert.ok(status === 1 || status === 2, `exit code ${status}: ${stderr}`);
    const last = stderr.trimEnd().split("\n").at(-1)!;
    assert.match(last, /^error: /);
    for (const part of parts) assert.ok(last.includes(part), `${last} without ${part}`);
  };
  before(() => {
    succeeds(at("whole", { "steps.retrain.start": "scratch" }));
  });

  it("retrains and tests a given subnet as the run that found it", () => {
    const { output, workDir } = succeeds(
      at("subnet", { "steps.retrain.start": "scratch" }),
      "--subnet",
      join(whole, "subnet.yaml"),
    );
    assert.deepEqual(stepsOf(workDir), ["retrain", "search", "test"]);
    same(join(workDir, "subnet.yaml"), join(whole, "subnet.yaml"));
    same(weightsOf(workDir, "retrain"), weightsOf(whole, "retrain"));
    assert.deepEqual(resultsOf(workDir).retrained, resultsOf(whole).retrained);
    assert.equal(resultsOf(workDir).inherited, null);
    assert.match(output, /given subnet, trained from scratch/);
  });

  it("searches a given supernet as the run that trained it, also after a kill", async () => {
    const settings = {
      "steps.retrain.start": "scratch",
      start: `{weights: {file: ${weightsOf(whole, "train")}}}`,
    };
    const run = at("searched", settings);
    const searching = () => existsSync(join(run.workDir, "steps/search/checkpoint"));
    const { how, log } = await signalWhen(run, searching, "SIGKILL");
    assert.equal(how, "SIGKILL", log);
    const { workDir } = succeeds(run, "--resume");
    assert.deepEqual(stepsOf(workDir), ["retrain", "search", "test", "train"]);
    for (const name of [
      "subnet.yaml",
      "model.onnx",
      "steps/retrain/weights.safetensors",
      "steps/test/results.json",
    ])
      same(join(workDir, name), join(whole, name));
  });

  it("tests given weights, whose file says which subnet they are of", () => {
    const { status, stdout, stderr, workDir } = evaluate("tested", "--weights", weightsOf(whole, "retrain"));
    assert.equal(status, 0, stderr);
    assert.match(stdout, /given subnet, given weights/);
    assert.deepEqual(stepsOf(workDir), ["retrain", "search", "test"]);
    assert.deepEqual(resultsOf(workDir).retrained, resultsOf(whole).retrained);
    same(join(workDir, "steps/test/predictions.json"), join(whole, "steps/test/predictions.json"));
    // Weights of other programs do not say it.
    const bare = join(folder, "bare.safetensors");
    tidy(() => saveTensors(bare, loadTensors(weightsOf(whole, "retrain")).tensors));
    fails(evaluate("bare", "--weights", bare), bare, "does not say which subnet", "--subnet FILE");
    const again = evaluate("bare", "--weights", bare, "--subnet", join(whole, "subnet.yaml"));
    assert.equal(again.status, 0, again.stderr);
    assert.deepEqual(resultsOf(again.workDir).retrained, resultsOf(whole).retrained);
  });

  it("tests a subnet with its share of a given supernet", () => {
    const { status, stderr, workDir } = evaluate(
      "share",
      ...["--weights", weightsOf(whole, "train"), "--subnet", join(whole, "subnet.yaml")],
    );
    assert.equal(status, 0, stderr);
    assert.match(stderr, /tensors of a supernet; the subnet has its share/);
    assert.deepEqual(resultsOf(workDir).retrained, resultsOf(whole).inherited);
    fails(evaluate("none", "--weights", weightsOf(whole, "train")), "supernet", "--subnet FILE");
  });

  it("fails in one line if the files do not belong to the run", () => {
    const space = JSON.stringify({ ...JSON.parse(String(tinyMixed(data).space)), kernels: [5, 3] });
    const weights = ["--weights", weightsOf(whole, "train")];
    const otherSpace = runToEnd(at("other-space", { space }), ...weights);
    fails(otherSpace, weightsOf(whole, "train"), "kernels [3,5], not [5,3]", "set space to {");
    fails(
      runToEnd(at("a"), "--weights", weightsOf(whole, "retrain")),
      "weights of a subnet, not of a supernet",
    );
    const scratch = { "steps.retrain.start": "scratch" };
    fails(runToEnd(at("b", scratch), "--subnet", weightsOf(whole, "train")), weightsOf(whole, "train"));
    fails(runToEnd(at("c", scratch), "--subnet", join(folder, "none.yaml")), "none.yaml");
    fails(runToEnd(at("d"), "--weights", join(folder, "none.pth")), "none.pth");
    fails(runToEnd(at("e", scratch), "--from", "retrain"), "--subnet FILE");
    fails(runToEnd(at("f"), "--from", "tests", "--subnet", join(whole, "subnet.yaml")), "did you mean test?");
    const inherits = at("g", { "steps.retrain.start": "inherited" });
    fails(
      runToEnd(inherits, "--subnet", join(whole, "subnet.yaml")),
      "weights of step search",
      "--weights FILE",
    );
    fails(runToEnd(at("h"), "--from", "train", "--subnet", join(whole, "subnet.yaml")), "replace the subnet");
    // A folder keeps its run, whatever another one begins with.
    const before = readFileSync(join(whole, "recipe.yaml"), "utf8");
    fails(
      runToEnd(at("whole", scratch), "--subnet", join(whole, "subnet.yaml"), "--resume"),
      "begins with other steps or files",
    );
    assert.equal(readFileSync(join(whole, "recipe.yaml"), "utf8"), before);
  });

  it("does not accept the weights of other classes", () => {
    const file = join(folder, "renamed.safetensors");
    copyFileSync(weightsOf(whole, "retrain"), file);
    const bytes = readFileSync(file);
    const length = Number(bytes.readBigUInt64LE());
    const header = JSON.parse(bytes.subarray(8, 8 + length).toString());
    const owner = JSON.parse(header.__metadata__.supernet);
    [owner.trainedOn.classes[0], owner.trainedOn.classes[1]] = [
      owner.trainedOn.classes[1],
      owner.trainedOn.classes[0],
    ];
    header.__metadata__.supernet = JSON.stringify(owner);
    const text = Buffer.from(JSON.stringify(header).padEnd(length));
    assert.equal(text.length, length);
    writeFileSync(file, Buffer.concat([bytes.subarray(0, 8), text, bytes.subarray(8 + length)]));
    fails(
      evaluate("renamed", "--weights", file),
      "class 0 of these weights is",
      "same classes in the same order",
    );
  });
});

describe("a detector's run that starts from files", () => {
  const whole = join(folder, "detector");
  /** Without the steps of a classifier. */
  const detectorOnly = Object.fromEntries(
    Object.entries(tinyQuickstart(data)).filter(
      ([key]) => !/^classification|pretrain|retrain|steps.compare/.test(key),
    ),
  );
  const at = (name: string, settings: Settings = {}): TestRun => ({
    recipe: "detnas-quickstart",
    workDir: join(folder, name),
    settings: { ...tinyQuickstart(data), "steps.compare": "null", ...settings },
  });
  before(() => {
    const { status, stderr } = runToEnd(at("detector"));
    assert.equal(status, 0, stderr);
  });

  it("begins with a given backbone, of which it freezes a part", () => {
    const init = `{file: ${weightsOf(whole, "retrain")}}`;
    const run = {
      ...at("frozen"),
      settings: {
        ...detectorOnly,
        classification: "null",
        "steps.pretrain": "null",
        "steps.retrain": "null",
        "steps.compare": "null",
        "steps.detector.init": init,
        "steps.detector.freeze": "{stages: 1, batchNorm: true}",
      },
    };
    const { status, stdout, stderr } = runToEnd(run, "--subnet", join(whole, "subnet.yaml"));
    assert.equal(status, 0, stderr);
    assert.match(stderr, /loaded (\d+) of \1 tensors; \d+ of a classifier's last layers not used/);
    assert.match(stdout, /given subnet, own weights/);
    tidy(() => {
      const before = loadTensors(weightsOf(whole, "retrain")).tensors;
      const after = loadTensors(weightsOf(run.workDir, "detector")).tensors;
      const changed = [...before].flatMap(([name, tensor]) =>
        name.startsWith("backbone.") && !after.get(name)!.equal(tensor) ? [name] : [],
      );
      const parts = changed.map((name) => name.split(".").slice(1, 3).join("."));
      assert.deepEqual([...new Set(parts)], ["layers.1", "layers.2", "layers.3"]);
      // No batch norm changed, neither its parameters nor its statistics.
      assert.ok(changed.every((name) => before.get(name)!.shape.length === 4));
    });
  });

  it("tests given weights", () => {
    const workDir = join(folder, "detector-tested");
    const settings = setOptions(at("").settings);
    const weights = ["--weights", weightsOf(whole, "detector")];
    const { status, stdout, stderr } = supernet(
      ...["eval", "detnas-quickstart", "--work-dir", workDir, ...settings, ...weights],
    );
    assert.equal(status, 0, stderr);
    assert.match(stdout, /given subnet, given weights/);
    assert.deepEqual(resultsOf(workDir).metrics, resultsOf(whole).metrics);
    assert.equal(resultsOf(workDir).onSupernet, null);
    same(join(workDir, "model.onnx"), join(whole, "model.onnx"));
  });

  it("refuses an init that does not fit, and loads what fits if asked", () => {
    const settings = {
      ...detectorOnly,
      classification: "null",
      "steps.pretrain": "null",
      "steps.retrain": "null",
      "steps.compare": "null",
      "steps.detector.start": "inherited",
      "detector.pyramid.channels": 8,
      "steps.finetune.init": `{file: ${weightsOf(whole, "finetune")}}`,
    };
    const { status, stderr } = runToEnd({ ...at("unfit"), settings });
    assert.equal(status, 1);
    assert.match(stderr, /error: .*only \d+ of \d+ tensors fit; \d+ of another shape .*strict: false/);
  });
});
