import assert from "node:assert/strict";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { UserError } from "@supernet/base";
import { checkFeasible } from "@supernet/nas";
import { activeStateDict, SpaceClassifier } from "@supernet/nas/supernet";
import { loadTensors, noGrad, randn, tidy } from "@supernet/torch";
import { readSubnetFile } from "../../network/subnet-file.js";
import { openSpace } from "../../recipe/open-space.js";
import { withSettings } from "../../recipes/define.js";
import { createRun } from "../../recipes/load.js";
import { mixedQuickstart } from "../../recipes/mixed-quickstart.js";
import { readMetrics } from "../../run/metrics.js";
import { searchProblem } from "../../search/problem.js";
import { pipelineSteps } from "../../task/pipeline.js";
import {
  type Settings,
  tinyMixed,
  toSettings,
  writeGrayImages,
  writePhotographs,
} from "../../testing/recipes.js";
import { runToEnd, setOptions, signalWhen, supernet, type TestRun } from "../../testing/runs.js";
import { trainingImages } from "./images.js";
import { openSupernet } from "./scoring.js";

const STEPS = ["train", "search", "retrain", "test"];

describe("the tiny search for a classifier", () => {
  const folder = mkdtempSync(join(tmpdir(), "classification-"));
  const data = join(folder, "gray");
  const whole = join(folder, "whole");
  const tiny = (workDir: string, settings: Settings = {}): TestRun => ({
    recipe: "mixed-quickstart",
    workDir,
    settings: { ...tinyMixed(data), ...settings },
  });
  const copyOfWhole = (name: string): string => {
    cpSync(whole, join(folder, name), { recursive: true });
    return join(folder, name);
  };
  const resume = (workDir: string, settings: Settings = {}): string => {
    const { status, stderr } = runToEnd(tiny(workDir, settings), "--resume");
    assert.equal(status, 0, stderr);
    return stderr;
  };
  const resultsIn = (workDir: string) =>
    JSON.parse(readFileSync(join(workDir, "steps", "test", "results.json"), "utf8"));

  /** Returns the files that must be the same in two runs. */
  const outcome = (workDir: string): string[] =>
    [
      "metrics.jsonl",
      "subnet.yaml",
      "model.onnx",
      "steps/search/checkpoint",
      ...["train", "search", "retrain"].map((step) => `steps/${step}/weights.safetensors`),
      "steps/test/results.json",
      "steps/test/predictions.json",
    ].map((name) => readFileSync(join(workDir, name), "base64"));

  before(() => {
    writeGrayImages(data);
    const { status, stderr, stdout } = runToEnd(tiny(whole), "--json");
    assert.equal(status, 0, stderr);
    assert.deepEqual(JSON.parse(stdout).inherited, resultsIn(whole).inherited);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it("writes the expected files", () => {
    for (const name of ["recipe.yaml", "metrics.jsonl", "subnet.yaml", "model.onnx", "report.html"])
      assert.ok(existsSync(join(whole, name)), name);
    const page = readFileSync(join(whole, "report.html"), "utf8");
    assert.match(page, /found subnet, fine-tuned/);
    assert.equal(page.match(/<figure>/g)?.length, 2);
    const recorded = readMetrics(join(whole, "metrics.jsonl"));
    assert.deepEqual([...new Set(recorded.map(({ step }) => step))], STEPS);
  });

  it("tests the found subnet with the supernet's weights and its own, and random subnets", () => {
    const { classes, images, inherited, retrained, random, randomMean } = resultsIn(whole);
    assert.deepEqual([classes, images, random.length], [10, 40, 2]);
    for (const { top1, top5 } of [inherited, retrained]) {
      assert.ok(0 <= top1 && top1 <= top5 && top5 <= 1);
      assert.ok(Number.isInteger(Math.round(1e9 * 40 * top1) / 1e9));
    }
    assert.ok(Math.abs(randomMean - (random[0] + random[1]) / 2) < 1e-12);
    const predictions = JSON.parse(readFileSync(join(whole, "steps", "test", "predictions.json"), "utf8"));
    const right = predictions.filter(
      ({ label, best }: { label: number; best: number[] }) => best[0] === label,
    );
    assert.deepEqual([predictions.length, right.length / 40], [40, retrained.top1]);
    for (const { id, label } of predictions) assert.equal(id % 10, label);
  });

  it("runs the planned number of iterations", () => {
    const { stdout, stderr } = supernet(
      ...["plan", "mixed-quickstart", ...setOptions(tinyMixed(data))],
      ...["--flops-per-second", "1e9", "--json"],
    );
    const { steps } = JSON.parse(stdout || `"${stderr}"`);
    assert.deepEqual(
      steps.map(({ step }: { step: string }) => step),
      STEPS,
    );
    const metrics = readMetrics(join(whole, "metrics.jsonl"));
    for (const step of ["train", "search", "retrain"]) {
      const last = metrics.filter((record) => record.step === step).at(-1)!;
      assert.equal(steps.find((line: { step: string }) => line.step === step).iterations, last.iteration);
    }
  });

  it("scores no subnet twice, and none above the limit", () => {
    const { history } = JSON.parse(readFileSync(join(whole, "steps", "search", "checkpoint"), "utf8"));
    const keys = history.map(({ subnet }: { subnet: object }) => JSON.stringify(subnet));
    assert.equal(new Set(keys).size, history.length);
    for (const { resources } of history) assert.ok(resources.flops <= 3.3e5);
  });

  it("finds the same with several scorers, each on its own thread", () => {
    const parallel = copyOfWhole("parallel");
    rmSync(join(parallel, "steps", "search"), { recursive: true });
    resume(parallel, { scorers: 2 });
    for (const name of ["steps/search/checkpoint", "steps/search/weights.safetensors", "subnet.yaml"])
      assert.equal(
        readFileSync(join(parallel, name), "base64"),
        readFileSync(join(whole, name), "base64"),
        name,
      );
  });

  it("extracts weights that make the standalone subnet equal to the supernet bit for bit", async () => {
    const recipe = withSettings(mixedQuickstart, toSettings(tinyMixed(data)));
    const space = await openSpace(recipe.space);
    const run = createRun(recipe);
    const { classes } = run.get(trainingImages);
    const subnet = readSubnetFile(space, join(whole, "subnet.yaml"));
    const context = {
      ...{ run, recipe, space, device: "cpu", root: whole, log() {} },
      folder: (step = "search") => join(whole, "steps", step),
      host: undefined as never,
    };
    using shared = openSupernet(context);
    await shared.prepare(subnet);
    const alone = new SpaceClassifier(space, classes.length, subnet);
    const { tensors } = loadTensors(join(whole, "steps", "search", "weights.safetensors"));
    assert.deepEqual([...tensors.keys()].sort(), [...activeStateDict(shared.model).keys()].sort());
    alone.loadStateDict(tensors);
    noGrad(() =>
      tidy(() => {
        const input = randn([4, 3, 32, 32]);
        const [own, expected] = [alone, shared.model].map((model) => model.eval().forward(input).toArray());
        assert.deepEqual(own, expected);
      }),
    );
  });

  it("allows extracting the weights of any subnet from its supernet", () => {
    const out = join(folder, "cut.safetensors");
    const extract = (step: string) => supernet("extract", "--work-dir", whole, "--step", step, "--out", out);
    const wrong = extract("pretrain");
    assert.equal(wrong.status, 2);
    assert.match(
      wrong.stderr,
      /^error: --step pretrain: use (retrain or )?search or train of a recipe for classification\n$/,
    );
    assert.match(extract("train").stdout, /tensors/);
    const cut = loadTensors(out).tensors;
    const { tensors } = loadTensors(join(whole, "steps", "search", "weights.safetensors"));
    assert.deepEqual([...cut.keys()], [...tensors.keys()]);
    // The search's weights have the subnet's own batch-norm statistics.
    for (const [name, tensor] of cut)
      if (!/running|num_batches/.test(name))
        assert.deepEqual(tensor.toTypedArray(), tensors.get(name)!.toTypedArray(), name);
  });

  it("stops at Ctrl-C, prints how to resume, and ends the same if it is killed in every step and resumed", async () => {
    const killed = join(folder, "killed");
    const recorded = (step: string) =>
      readMetrics(join(killed, "metrics.jsonl")).filter((record) => record.step === step).length;
    const struck = new Set<string>();
    const strike = async (ready: () => boolean) => {
      if ((await signalWhen(tiny(killed), ready, "SIGKILL")).how !== "SIGKILL") return;
      struck.add(STEPS.findLast((step) => existsSync(join(killed, "steps", step)))!);
    };
    await strike(() => recorded("train") >= 1);
    const { how, log } = await signalWhen(tiny(killed), () => recorded("search") >= 1, "SIGINT");
    assert.equal(how, 130);
    assert.match(log, /error: stopped; nothing is lost: continue with .* run .* --resume\n$/);
    await strike(() => recorded("search") >= 3);
    await strike(() => recorded("retrain") >= 1);
    // One of two random subnets is scored then.
    await strike(() => existsSync(join(killed, "steps", "test", "checkpoint")));
    assert.deepEqual([...struck], STEPS);
    resume(killed);
    assert.deepEqual(outcome(killed), outcome(whole));
  });

  it("retrains from scratch, or not at all, without repeating the search", () => {
    const again = copyOfWhole("again");
    const log = resume(again, { "steps.retrain.start": "scratch", "steps.test.sampleImages": 1 });
    assert.equal(log.match(/done before/g)?.length, 2);
    assert.match(log, /training the found subnet from scratch/);
    assert.deepEqual(resultsIn(again).inherited, resultsIn(whole).inherited);
    const weights = (run: string) =>
      readFileSync(join(run, "steps", "retrain", "weights.safetensors"), "base64");
    assert.notEqual(weights(again), weights(whole));

    const settings = Object.entries(tinyMixed(data)).filter(([key]) => !key.startsWith("steps.retrain."));
    const bare = { recipe: "mixed-quickstart", workDir: again, settings: Object.fromEntries(settings) };
    const { status, stderr, stdout } = runToEnd(bare, "--resume", "--set", "steps.retrain=null");
    assert.equal(status, 0, stderr);
    assert.equal(stderr.match(/done before/g)?.length, 2);
    assert.match(stderr, /\[3\/3\] test/);
    const { inherited, retrained } = resultsIn(again);
    assert.deepEqual([inherited, retrained], [resultsIn(whole).inherited, null]);
    assert.doesNotMatch(stdout, /fine-tuned/);
  });

  it("repeats only steps whose settings have changed", () => {
    const again = copyOfWhole("unchanged");
    const log = resume(again, { "steps.test.sampleImages": 1, "steps.train.keepLast": 3 });
    assert.equal(log.match(/done before/g)?.length, 4);
    assert.deepEqual(outcome(again), outcome(whole));
  });

  it("trains and searches step by step without reading the test images", () => {
    const blind = join(folder, "blind");
    cpSync(data, join(blind, "data"), { recursive: true });
    for (const kind of ["images-idx3", "labels-idx1"])
      writeFileSync(join(blind, "data", `t10k-${kind}-ubyte`), "not to be read");
    const workDir = join(blind, "run");
    const at = ["mixed-quickstart", "--work-dir", workDir, ...setOptions(tinyMixed(join(blind, "data")))];
    // A run that includes the test checks for its images before the first step.
    const early = supernet("run", ...at);
    assert.equal(early.status, 1);
    assert.match(early.stderr, /error: classification\.data: \S*t10k-images-idx3-ubyte is damaged .*\n$/);
    assert.doesNotMatch(early.stderr, /\[1\/4\]/);

    const train = supernet("train", ...at);
    assert.equal(train.status, 0, train.stderr);
    const tooEarly = supernet("train", ...at, "--step", "retrain");
    assert.match(tooEarly.stderr, /error: step retrain needs step search/);
    const next = supernet("train", ...at);
    assert.match(next.stderr, /error: the next step is search: run supernet search mixed-quickstart\n$/);
    const search = supernet("search", ...at);
    assert.equal(search.status, 0, search.stderr);
    assert.deepEqual(
      readFileSync(join(workDir, "steps/search/checkpoint"), "utf8"),
      readFileSync(join(whole, "steps/search/checkpoint"), "utf8"),
    );
    const retrain = supernet("train", ...at);
    assert.match(retrain.stderr, /\[3\/3\] fine-tuning the found subnet/);
    const test = supernet("eval", ...at);
    assert.equal(test.status, 1);
    assert.match(test.stderr, /error: classification\.data: \S*t10k-images-idx3-ubyte is damaged .*\n$/);
  });

  it("supports image folders, and omits top-5 for up to five classes", async () => {
    const photographs = join(folder, "photographs");
    await writePhotographs(photographs);
    const { status, stderr, stdout } = runToEnd(
      tiny(join(folder, "two-classes"), {
        "classification.data": join(photographs, "labeled"),
        "classification.evalResize": 36,
        "classification.interpolation": "bilinear",
        "classification.heldOut": 0.5,
        "classification.evalImages": null,
        "steps.train.batchSize": 1,
        "steps.retrain.batchSize": 1,
        "steps.search.batchNorm": "{images: 4, batchSize: 2}",
        "steps.search.images": null,
        "steps.test.images": null,
      }),
    );
    assert.equal(status, 0, stderr);
    assert.match(stdout, /^4 test images, accuracy:$/m);
    assert.doesNotMatch(stdout, /top-5/);
  });

  it("supports a space without batch-norm", async () => {
    const index = new URL("../../index.js", import.meta.url).href;
    const example = new URL("../../../../../examples/my-space.ts", import.meta.url);
    const file = join(folder, "without-batch-norm.ts");
    const text = readFileSync(example, "utf8").replace(" batchNorm2d(),", "");
    writeFileSync(file, text.replace('"supernet"', JSON.stringify(index)));
    const space: Settings = {
      space: `{file: ${file}}`,
      "steps.search.constraints.flops.max": undefined,
      "steps.search.constraints": "{params: {min: 1e3, max: 1e5}}",
      "steps.train.optimizer.noDecay": "[bias]",
      "steps.retrain.optimizer.noDecay": "[bias]",
    };
    await refused({ ...space }, /steps\.search\.batchNorm: my-space has no batch-norm: set it to null/);
    const bare = join(folder, "bare");
    const { status, stderr } = runToEnd(tiny(bare, { ...space, "steps.search.batchNorm": null }));
    assert.equal(status, 0, stderr);
    const { history } = JSON.parse(readFileSync(join(bare, "steps", "search", "checkpoint"), "utf8"));
    for (const { resources } of history) assert.ok(1e3 <= resources.params && resources.params <= 1e5);
  });

  const refused = (settings: Settings, text: RegExp): Promise<void> =>
    assert.rejects(begin({ ...tinyMixed(data), ...settings }), (error) => {
      assert.ok(error instanceof UserError, String(error));
      assert.match(error.message, text);
      assert.ok(!error.message.includes("\n"), error.message);
      return true;
    });
  const mistakes: readonly (readonly [settings: Settings, text: RegExp])[] = [
    [
      { "steps.search.batchNorm": null },
      /steps\.search\.batchNorm: got null, but mixed-mobilenet has batch-norm/,
    ],
    [
      { "steps.search.batchNorm.batchSize": 33 },
      /batchNorm\.batchSize: got 33, expected at most 32, the images/,
    ],
    [{ "steps.search.batchNorm.mode": "batch" }, /unknown key steps\.search\.batchNorm\.mode/],
    [
      { "steps.search.images": 31 },
      /steps\.search\.images: got 31, but there are 30 held-out images: use a smaller value/,
    ],
    [
      { cache: "kept" },
      /^cache: the images in .* are not encoded, so there is nothing to cache: set it to null/,
    ],
    [{ "classification.evalImages": 31 }, /classification\.evalImages: got 31, but there are 30 held-out/],
    [
      { "steps.search.batchNorm.images": 291 },
      /batchNorm\.images: got 291, but there are 290 training images/,
    ],
    [{ "steps.test.images": 61 }, /steps\.test\.images: got 61, but there are 60 test images/],
    [{ "steps.test.sampleImages": 41 }, /sampleImages: got 41, but there are 40 images in the test/],
    [{ "steps.train.warmup.iterations": 19 }, /steps\.train\.warmup\.iterations: iteration 19 is after/],
    [{ "classification.heldOut": 1 }, /classification\.heldOut: got 1, expected less than 1/],
    [{ "classification.data": "nowhere" }, /nowhere\/train does not exist: expected train\/<class>/],
    [
      { "steps.search.constraints.flops.max": 1e3 },
      /no subnet of mixed-mobilenet was found with flops at most/,
    ],
    [
      { "steps.search.constraints.backbone.flops.max": 1e6 },
      /unknown key steps\.search\.constraints\.backbone/,
    ],
    [{ "steps.search.input": "[3, 32, 32]" }, /unknown key steps\.search\.input/],
    [{ "steps.retrain.start": "middle" }, /steps\.retrain\.start: got "middle", expected one of "inherited"/],
    [{ "steps.pretrain.epochs": 1 }, /unknown key steps\.pretrain/],
    [{ detection: "{}" }, /unknown key detection/],
    [{ task: "detection" }, /--set task=detection: mixed-quickstart is a recipe for classification/],
  ];
  for (const [settings, text] of mistakes) {
    it(`is refused with ${toSettings(settings)}`, () => refused(settings, text));
  }
});

/** Runs all checks that a run makes before its first step. */
async function begin(settings: Settings): Promise<void> {
  const recipe = withSettings(mixedQuickstart, toSettings(settings));
  const run = createRun(recipe);
  run.task.checkSpace!(recipe, await openSpace(recipe.space));
  checkFeasible(await searchProblem(run));
  for (const { check } of pipelineSteps(run)) await check?.();
}
