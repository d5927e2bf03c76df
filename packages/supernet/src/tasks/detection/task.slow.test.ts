import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { PYTHON, withoutModule } from "@supernet/testing";
import { loadTensors } from "@supernet/torch";
import type { CocoDetection } from "@supernet/vision";
import { InferenceSession, Tensor } from "onnxruntime-node";
import sharp from "sharp";
import { readMetrics } from "../../run/metrics.js";
import { type Settings, TINY_FCOS, tinyQuickstart, writeGrayImages } from "../../testing/recipes.js";
import { runToEnd, setOptions, signalWhen, supernet, type TestRun } from "../../testing/runs.js";
import { withoutBfloat16 } from "../../testing/training.js";

const root = mkdtempSync(join(tmpdir(), "detection-"));
const data = join(root, "gray");
before(() => writeGrayImages(data));
after(() => rmSync(root, { recursive: true, force: true }));

const TRAININGS = ["pretrain", "finetune", "retrain", "detector"] as const;
const STEPS = ["pretrain", "finetune", "search", "retrain", "detector", "test", "compare"] as const;

/** Every optional feature of a training, in all of them; images and scores are computed on other threads. */
const EVERYTHING: Settings = {
  workers: 1,
  scorers: 2,
  "steps.compare": null,
  ...Object.fromEntries(
    TRAININGS.flatMap((step) => {
      const classifies = step === "pretrain" || step === "retrain";
      const settings = {
        microBatch: classifies ? 8 : 4,
        "lr.batchSize": 16,
        emaDecay: 0.9,
        precision: withoutBfloat16 ? "float32" : "bfloat16",
        evaluateEvery: classifies ? 0.25 : 1,
        result: "best",
        keepLast: 2,
      };
      return Object.entries(settings).map(([key, value]) => [`steps.${step}.${key}`, value]);
    }),
  ),
};

const tiny = (workDir: string, settings: Settings = {}, recipe = "detnas-quickstart"): TestRun => ({
  recipe,
  workDir,
  settings: { ...tinyQuickstart(data), ...settings },
});

const runTiny = (
  workDir: string,
  more: readonly string[] = [],
  settings: Settings = {},
  recipe = "detnas-quickstart",
) => runToEnd(tiny(workDir, settings, recipe), ...more);

/** Returns digests of the files that must be the same in two runs. */
const outcome = (workDir: string): Record<string, string> =>
  Object.fromEntries(
    [
      "metrics.jsonl",
      "subnet.yaml",
      "model.onnx",
      "steps/test/results.json",
      "steps/test/detections.json",
      "steps/compare/results.json",
    ]
      .filter((name) => existsSync(join(workDir, name)))
      .map((name) => [
        name,
        createHash("sha256")
          .update(contentOf(join(workDir, name)))
          .digest("hex"),
      ]),
  );

/** Returns the content of a file, without measured times. */
function contentOf(path: string): string | Buffer {
  if (!path.endsWith("compare/results.json")) return readFileSync(path);
  return JSON.stringify(JSON.parse(readFileSync(path, "utf8")), (key, value) =>
    key === "latency" ? undefined : value,
  );
}

/** Returns a moment of a run: when a step has recorded metrics `count` times. */
const recorded =
  (step: string, count: number) =>
  (workDir: string): boolean =>
    readMetrics(join(workDir, "metrics.jsonl")).filter((record) => record.step === step).length >= count;

/** Returns a moment of a run: when a path in the folder of the steps exists. */
const written =
  (...path: readonly string[]) =>
  (workDir: string): boolean =>
    existsSync(join(workDir, "steps", ...path));

/** Kills a run at each of the moments and resumes it, checks that most kills hit different steps, and finishes it. */
async function killAndResume(
  workDir: string,
  moments: readonly ((workDir: string) => boolean)[],
  settings: Settings = {},
): Promise<void> {
  const struck = new Set<string | undefined>();
  for (const moment of moments) {
    const { how } = await signalWhen(tiny(workDir, settings), () => moment(workDir), "SIGKILL");
    if (how === "SIGKILL") struck.add(STEPS.findLast((step) => existsSync(join(workDir, "steps", step))));
  }
  assert.ok(struck.size >= moments.length - 2, `the kills hit only ${[...struck]}`);
  const { status, stderr } = runTiny(workDir, ["--resume"], settings);
  assert.equal(status, 0, stderr);
}

describe("the tiny quickstart", () => {
  const folder = join(root, "pipeline");
  const whole = join(folder, "whole");
  before(() => {
    const { status, stderr } = runTiny(whole, ["--json"]);
    assert.equal(status, 0, stderr);
    assert.equal(Object.keys(outcome(whole)).length, 6);
  });

  it("writes the expected files", () => {
    for (const name of ["recipe.yaml", "metrics.jsonl", "subnet.yaml", "model.onnx", "report.html"]) {
      assert.ok(existsSync(join(whole, name)), name);
    }
    for (const step of TRAININGS) {
      assert.ok(existsSync(join(whole, "steps", step, "weights.safetensors")), step);
    }
  });

  it("writes detections in COCO's format; coco-eval gives them the test's metrics", () => {
    const test = join(whole, "steps", "test");
    const truth = join(whole, "steps", "scenes", "annotations", "instances_test.json");
    const detections = JSON.parse(readFileSync(join(test, "detections.json"), "utf8"));
    assert.ok(detections.length > 0);
    for (const detection of detections) {
      assert.deepEqual(Object.keys(detection).sort(), ["bbox", "category_id", "image_id", "score"]);
    }
    const { status, stdout, stderr } = supernet(
      ...["coco-eval", "--gt", truth, "--dt", join(test, "detections.json"), "--json"],
    );
    assert.equal(status, 0, stderr);
    const { metrics } = JSON.parse(readFileSync(join(test, "results.json"), "utf8"));
    assert.deepEqual(JSON.parse(stdout), metrics);
  });

  it("predicts the detections of the test", () => {
    const truth = join(whole, "steps", "scenes", "annotations", "instances_test.json");
    const out = join(folder, "predicted.json");
    const images = join(whole, "steps", "scenes", "images", "test");
    const ids = ["--coco", out, "--annotations", truth];
    const predicted = supernet("predict", "--work-dir", whole, ...ids, images);
    assert.equal(predicted.status, 0, predicted.stderr);
    const read = (path: string): readonly CocoDetection[] => JSON.parse(readFileSync(path, "utf8"));
    const [found, expected] = [read(out), read(join(whole, "steps", "test", "detections.json"))];
    assert.equal(found.length, expected.length);
    for (const [i, { bbox, score, ...rest }] of expected.entries()) {
      const { bbox: own, score: ownScore, ...ownRest } = found[i]!;
      assert.deepEqual(ownRest, rest);
      assert.ok(Math.abs(ownScore - score) < 1e-4);
      for (const [k, value] of bbox.entries()) assert.ok(Math.abs(own[k]! - value) < 1e-2);
    }
    const evaluated = supernet("coco-eval", "--gt", truth, "--dt", out, "--json");
    const { metrics } = JSON.parse(readFileSync(join(whole, "steps", "test", "results.json"), "utf8"));
    for (const [name, value] of Object.entries(JSON.parse(evaluated.stdout) as Record<string, number>))
      assert.ok(Math.abs(value - metrics[name]) < 1e-6, name);
  });

  it("exports the whole detector, which finds the detections of the test", async () => {
    const test = join(whole, "steps", "test");
    const out = join(folder, "detector.onnx");
    const args = ["export", "--work-dir", whole, "--network", "detector", "--input", "any", "-o", out];
    const { status, stdout, stderr } = supernet(...args);
    assert.equal(status, 0, stderr);
    assert.match(stdout, /detector of .*\n {2}images \[batch, 3, height, width\] -> boxes \[batch, \d+, 4\]/);
    const session = await InferenceSession.create(out);
    const truth = JSON.parse(
      readFileSync(join(whole, "steps", "scenes", "annotations", "instances_test.json"), "utf8"),
    );
    const detections: readonly { image_id: number; bbox: number[]; score: number; category_id: number }[] =
      JSON.parse(readFileSync(join(test, "detections.json"), "utf8"));
    let compared = 0;
    for (const { id, file_name: file } of truth.images as readonly { id: number; file_name: string }[]) {
      const { data, info } = await sharp(join(whole, "steps", "scenes", "images", "test", file))
        .removeAlpha()
        .toColourspace("srgb")
        .raw()
        .toBuffer({ resolveWithObject: true });
      const plane = info.width * info.height;
      const pixels = Float32Array.from(data, (_, i) => data[3 * (i % plane) + Math.floor(i / plane)]!);
      const images = new Tensor("float32", pixels, [1, 3, info.height, info.width]);
      const { boxes, scores, labels, counts } = await session.run({ images });
      const expected = detections.filter((detection) => detection.image_id === id);
      assert.equal(Number(counts!.data[0]), expected.length, file);
      for (const [i, { bbox, score, category_id: category }] of expected.entries()) {
        const [x, y, width, height] = bbox as [number, number, number, number];
        const found = Array.from(boxes!.data as Float32Array).slice(i * 4, i * 4 + 4);
        const corners = [x, y, x + width, y + height];
        const off = Math.max(...corners.map((corner, k) => Math.abs(corner - found[k]!)));
        assert.ok(off < 0.1, `${file}: box ${i} is off by ${off}`);
        assert.ok(Math.abs(Number(scores!.data[i]) - score) < 1e-3, `${file}: score ${i}`);
        assert.equal(truth.categories[Number(labels!.data[i])].id, category);
        compared++;
      }
    }
    assert.ok(compared === detections.length && compared > 0);
    await session.release();

    const guide = readFileSync(
      fileURLToPath(new URL("../../../../../docs/guide/export.md", import.meta.url)),
      "utf8",
    );
    const script = guide.split("## Detectors")[1]!.match(/```js\n([\s\S]*?)```/)![1]!;
    const image = join(whole, "steps", "scenes", "images", "test", truth.images[0].file_name);
    const shown = spawnSync(process.execPath, ["--input-type=module", "-e", script, out, image], {
      cwd: fileURLToPath(new URL("../../../", import.meta.url)),
      encoding: "utf8",
    });
    assert.equal(shown.status, 0, shown.stderr);
    for (const line of shown.stdout.trim().split("\n").filter(Boolean))
      assert.match(line, /^\S.*, score [01]\.\d{3}, box -?\d+(, -?\d+){3}$/);
  });

  it("runs the planned number of iterations", () => {
    const settings = setOptions(tinyQuickstart(data));
    const { stdout, stderr } = supernet(
      ...["plan", "detnas-quickstart", ...settings, "--flops-per-second", "1e9", "--json"],
    );
    const { steps, total } = JSON.parse(stdout || `"${stderr}"`);
    const planned = (step: string) => steps.find((line: { step: string }) => line.step === step);
    const metrics = readMetrics(join(whole, "metrics.jsonl"));
    for (const step of [...TRAININGS, "search"]) {
      const last = metrics.filter((record) => record.step === step).at(-1)!;
      assert.equal(planned(step).iterations, last.iteration, step);
      assert.ok(Math.abs(planned(step).hours - planned(step).flops / 1e9 / 3600) < 1e-9);
    }
    assert.ok(total.flops > planned("finetune").flops);
  });

  it("allows extracting the weights of any subnet from its supernet", () => {
    const extracted = (step: string, out: string) => {
      const path = join(folder, out);
      const { stdout, stderr } = supernet("extract", "--work-dir", whole, "--step", step, "--out", path);
      assert.match(stdout, /tensors/, stderr);
      return loadTensors(path).tensors;
    };
    const shared = (step: string) => loadTensors(join(whole, "steps", step, "weights.safetensors")).tensors;
    for (const [step, own, out] of [
      ["pretrain", "retrain", "classifier.pth"],
      ["finetune", "detector", "detector.safetensors"],
    ] as const) {
      const cut = extracted(step, out);
      // The found subnet was trained further by the later step, so only names and shapes are the same.
      const shapes = (tensors: typeof cut) => [...tensors].map(([name, { shape }]) => [name, shape]);
      assert.deepEqual(shapes(cut), shapes(shared(own)));
      const values = new Set([...shared(step).values()].map((tensor) => tensor.toTypedArray().join()));
      for (const [name, tensor] of cut) assert.ok(values.has(tensor.toTypedArray().join()), name);
    }
  });

  it("writes every network for PyTorch, with what it belongs to", { skip: withoutModule("torch") }, () => {
    const guide = readFileSync(
      fileURLToPath(new URL("../../../../../docs/guide/export.md", import.meta.url)),
      "utf8",
    );
    const script = guide.match(/```python\n([\s\S]*?)```/)![1]!;
    for (const [step, name, prefix] of [
      ["detector", "detector", ""],
      ["detector", "backbone", "backbone."],
      ["retrain", "classifier", ""],
    ] as const) {
      const out = join(folder, `${name}.pth`);
      const args = ["--work-dir", whole, "--step", step, "--network", name, "--out", out];
      const { status, stderr } = supernet("extract", ...args);
      assert.equal(status, 0, stderr);
      const saved = loadTensors(join(whole, "steps", step, "weights.safetensors")).tensors;
      const own = [...saved].filter(([key]) => key.startsWith(prefix));
      const { tensors, metadata } = loadTensors(out);
      assert.deepEqual(
        Array.from(tensors, ([key, tensor]) => [prefix + key, tensor.toTypedArray()]),
        own.map(([key, tensor]) => [key, tensor.toTypedArray()]),
      );
      const owner = JSON.parse(metadata.supernet!);
      assert.deepEqual([owner.task, owner.network], ["detection", name]);
      assert.deepEqual(Object.keys(owner.subnet).length > 0, true);
      const sum = "print(sum(weight.double().sum().item() for weight in weights.values()))";
      const [first, input, size, total] = execFileSync(PYTHON, ["-c", script + sum, out], {
        encoding: "utf8",
      })
        .trim()
        .split("\n");
      assert.match(first!, new RegExp(`^${name} of spos-shufflenetv2 for \\S+(, \\S+)*`));
      assert.match(input!, /^input: \(value \/ 255 - mean\) \/ std, mean \[.+\] std \[.+\]$/);
      const numbers = own.reduce((count, [, { numel }]) => count + numel, 0);
      assert.equal(size, `${own.length} tensors, ${numbers} numbers`);
      const expected = own
        .flatMap(([, tensor]) => Array.from(tensor.toTypedArray() as Float32Array, Number))
        .reduce((a, b) => a + b, 0);
      assert.ok(Math.abs(Number(total) - expected) <= 1e-6 * Math.abs(expected), `${total}, not ${expected}`);
    }
  });

  it("scores no subnet twice, and none above the limit", () => {
    const { history } = JSON.parse(readFileSync(join(whole, "steps", "search", "checkpoint"), "utf8"));
    assert.equal(
      new Set(history.map(({ subnet }: { subnet: object }) => JSON.stringify(subnet))).size,
      history.length,
    );
    for (const { resources } of history) assert.ok(resources.flops <= 7.5e5);
  });

  it("stops at Ctrl-C, prints how to resume, and ends the same if it is killed in every step and resumed", async () => {
    const killed = join(folder, "killed");
    const ready = recorded("pretrain", 1);
    const { how, log } = await signalWhen(tiny(killed), () => ready(killed), "SIGINT");
    assert.equal(how, 130);
    assert.match(log, /error: stopped; nothing is lost: continue with .* run .* --resume\n$/);
    await killAndResume(killed, [
      recorded("finetune", 1),
      recorded("search", 3),
      recorded("retrain", 1),
      recorded("detector", 1),
      written("test", "checkpoint"),
      written("compare", "2", "training"),
    ]);
    assert.deepEqual(outcome(killed), outcome(whole));
  });

  it("repeats only steps whose settings have changed", () => {
    const again = join(folder, "again");
    cpSync(whole, again, { recursive: true });
    const { status, stderr } = runTiny(again, ["--resume"], {
      "steps.test.sampleImages": 1,
      "steps.detector.checkpointEvery": 7,
      "steps.pretrain.keepLast": 3,
      "steps.compare": "{randomSubnets: 2, handMade: shuffle_3x3, largest: false}",
    });
    assert.equal(status, 0, stderr);
    assert.equal(stderr.match(/done before/g)?.length, 7);
    assert.deepEqual(outcome(again), outcome(whole));
  });

  const withFcos = { ...TINY_FCOS, "detector.pyramid.channels": undefined, "detector.head.convs": undefined };
  for (const [kind, recipe, settings, losses] of [
    ["retinanet", "detnas-retinanet-quickstart", {}, ["lossBox", "lossClassification"]],
    ["fcos", "detnas-quickstart", withFcos, ["lossBox", "lossCenterness", "lossClassification"]],
  ] as const) {
    it(`repeats only the steps that depend on the detector if that changes to ${kind}`, () => {
      const other = join(folder, kind);
      cpSync(whole, other, { recursive: true });
      const changed = { ...settings, "detector.head.fcs": undefined, "steps.compare": null };
      const { status, stderr } = runTiny(other, ["--resume"], changed, recipe);
      assert.equal(status, 0, stderr);
      assert.equal(stderr.match(/done before/g)?.length, 1);
      const metrics = readFileSync(join(other, "metrics.jsonl"), "utf8").trim().split("\n");
      const trained = metrics.map((line) => JSON.parse(line)).filter(({ lossBox }) => lossBox !== undefined);
      assert.deepEqual([...new Set(trained.map(({ step }) => step))], ["finetune", "detector"]);
      for (const line of trained) {
        assert.deepEqual(
          Object.keys(line)
            .filter((key) => /^loss[A-Z]/.test(key))
            .sort(),
          losses,
        );
        for (const loss of losses) assert.ok(Number.isFinite(line[loss]), loss);
      }
      const results = JSON.parse(readFileSync(join(other, "steps", "test", "results.json"), "utf8"));
      assert.ok(results.metrics.AP >= 0);
    });
  }

  it("refuses a folder that contains a run, except with --resume", () => {
    const { status, stderr } = runTiny(whole);
    assert.equal(status, 1);
    assert.match(stderr, /^error: .*whole contains a run: add --resume .*\n$/);
  });

  it("reports where a training diverged, and saves the batch", () => {
    const broken = join(folder, "broken");
    const { status, stderr } = runTiny(broken, [], {
      "steps.pretrain.lr.base": 1e30,
      "steps.pretrain.clipGradNorm": null,
    });
    assert.equal(status, 1);
    assert.match(stderr, /error: pretrain: \w+ is (NaN|Infinity) at iteration \d+: lower lr.*\n$/);
    const { tensors, metadata } = loadTensors(stderr.match(/\S+diverged\.safetensors/)![0]);
    assert.deepEqual(tensors.get("images.0")!.shape, [16, 3, 32, 32]);
    const [{ labels, ids }] = JSON.parse(metadata.batch!);
    assert.deepEqual([labels.length, ids.length], [16, 16]);
    assert.match(JSON.parse(metadata.subnets!)[0].subnet["layers.0.0"], /^shuffle_/);
  });

  it("repeats a step whose result is corrupt, and composes corrupt scenes again", () => {
    const damaged = join(folder, "damaged");
    cpSync(whole, damaged, { recursive: true });
    for (const name of ["detector/weights.safetensors", "scenes/images/train/000003.png"]) {
      const path = join(damaged, "steps", name);
      writeFileSync(path, readFileSync(path).subarray(0, 100));
    }
    for (const later of ["test", "compare"]) rmSync(join(damaged, "steps", later), { recursive: true });
    const { status, stderr } = runTiny(damaged, ["--resume"]);
    assert.equal(status, 0, stderr);
    assert.match(stderr, /detector: files are missing, changed or corrupt/);
    assert.deepEqual(outcome(damaged), outcome(whole));
  });

  it("recomputes the corrupt parts of an interrupted comparison", () => {
    const cut = join(folder, "cut");
    cpSync(whole, cut, { recursive: true });
    const at = (...path: string[]) => join(cut, "steps", "compare", ...path);
    for (const name of ["done.json", "results.json"]) rmSync(at(name));
    const damage = (path: string, place: (content: Buffer) => number) => {
      const content = readFileSync(path);
      content[place(content)]! ^= 1;
      writeFileSync(path, content);
    };
    damage(at("1", "scores.json"), (content) => content.indexOf("search") + 'search":0.'.length);
    damage(at("2", "weights.safetensors"), (content) => content.length - 1);
    rmSync(at("3", "scores.json"));
    const { status, stderr } = runTiny(cut, ["--resume"]);
    assert.equal(status, 0, stderr);
    assert.deepEqual(outcome(cut), outcome(whole));
    const weights = readdirSync(join(whole, "steps"), { recursive: true, encoding: "utf8" }).filter((name) =>
      name.endsWith("weights.safetensors"),
    );
    for (const name of weights)
      assert.deepEqual(
        readFileSync(join(cut, "steps", name)),
        readFileSync(join(whole, "steps", name)),
        name,
      );
  });

  it("reports a full disk, and loses nothing that was written before", (context) => {
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

describe("the tiny quickstart with all features of a training", () => {
  const folder = join(root, "everything");
  const whole = join(folder, "whole");
  before(() => {
    const { status, stderr } = runTiny(whole, [], EVERYTHING);
    assert.equal(status, 0, stderr);
  });

  it("evaluates during every training, and uses the best weights as its result", () => {
    const metrics = readMetrics(join(whole, "metrics.jsonl"));
    for (const step of TRAININGS) {
      const metric = step === "pretrain" || step === "retrain" ? "accuracy" : "AP";
      const evaluated = metrics.filter((record) => record.step === step && record[metric] !== undefined);
      assert.ok(evaluated.length >= 3, `${step}: ${evaluated.length} evaluations`);
      const best = evaluated.reduce((a, b) => (b[metric]! > a[metric]! ? b : a));
      const file = (name: string) => loadTensors(join(whole, "steps", step, `${name}.safetensors`));
      const { iteration, metric: of, value } = file("best").metadata;
      assert.deepEqual([iteration, of, value], [String(best.iteration), metric, String(best[metric])]);
      const weights = file("weights").tensors;
      for (const [name, tensor] of file("best").tensors)
        assert.deepEqual(tensor.toTypedArray(), weights.get(name)!.toTypedArray(), `${step}: ${name}`);
      const files = readdirSync(join(whole, "steps", step));
      assert.equal(files.filter((name) => name.startsWith("checkpoint-")).length, 2);
    }
  });

  it("ends the same if it is killed in every training and the search, and resumed", async () => {
    const killed = join(folder, "killed");
    const moments = [
      recorded("pretrain", 2),
      recorded("finetune", 3),
      recorded("search", 3),
      recorded("retrain", 3),
      recorded("detector", 2),
    ];
    await killAndResume(killed, moments, EVERYTHING);
    assert.deepEqual(outcome(killed), outcome(whole));
    for (const step of TRAININGS) {
      for (const name of ["best", "weights"]) {
        const bytes = (run: string) => readFileSync(join(run, "steps", step, `${name}.safetensors`));
        assert.ok(bytes(killed).equals(bytes(whole)), `${step}: ${name}`);
      }
    }
  });
});

describe("a user-defined space", () => {
  const example = fileURLToPath(new URL("../../../../../examples/my-space.ts", import.meta.url));
  const folder = join(root, "own-space");
  const whole = join(folder, "whole");

  /** Resumes steps after applying `change` to a copy of the space. Returns the number of steps that were skipped. */
  const rerun = (name: string, change: (text: string) => string, ...command: readonly string[]) => {
    const copy = join(folder, name);
    const index = new URL("../../index.js", import.meta.url).href;
    writeFileSync(copy, change(readFileSync(example, "utf8")).replace('"supernet"', JSON.stringify(index)));
    const settings = setOptions({ ...tinyQuickstart(data), ...LIMIT, space: `{file: ${copy}}` });
    const { status, stderr } = supernet(
      ...[...command, "detnas-quickstart", "--work-dir", whole, ...settings, "--resume"],
    );
    assert.equal(status, 0, stderr);
    return stderr.match(/done before/g)?.length ?? 0;
  };
  const LIMIT: Settings = {
    "steps.search.constraints.flops.max": undefined,
    "steps.search.constraints": "{backbone: {flops: {max: 4e6}}, memory: {max: 2e6}}",
    "steps.compare": null,
  };

  it("is profiled, trained and searched", () => {
    const { status, stderr } = runTiny(whole, [], { ...LIMIT, space: `{file: ${example}}` });
    assert.equal(status, 0, stderr);
    const subnet = join(whole, "subnet.yaml");
    const { stdout } = supernet(
      ...["profile", "--space", example, "--subnet", subnet, "--input", "3x64x64", "--json"],
    );
    const { modules } = JSON.parse(stdout);
    const names = modules.map(({ name }: { name: string }) => name);
    assert.ok(names.includes("layers.3.2"), names);
    const { history } = JSON.parse(readFileSync(join(whole, "steps", "search", "checkpoint"), "utf8"));
    for (const { resources } of history) {
      assert.ok(resources["backbone.flops"] <= 4e6 && resources.memory <= 2e6, JSON.stringify(resources));
    }
  });

  it("keeps its identity if its file is moved, but not if its content changes", () => {
    assert.equal(
      rerun("moved.ts", (text) => text, "run"),
      6,
    );
    const change = (text: string) => text.replace("KERNELS = [3, 5]", "KERNELS = [3, 7]");
    assert.equal(rerun("changed.ts", change, "train", "--step", "pretrain"), 0);
  });
});

describe("a recipe whose data is missing", () => {
  it("fails before the first step", () => {
    const settings = Object.entries(tinyQuickstart(data)).filter(
      ([key]) => !key.startsWith("detection.data."),
    );
    const { status, stderr } = supernet(
      ...["run", "detnas-quickstart", "--work-dir", join(root, "no-boxes")],
      ...setOptions({ ...Object.fromEntries(settings), "detection.data": "nowhere" }),
    );
    assert.equal(status, 1);
    assert.match(
      stderr,
      /error: detection.data: nowhere does not contain a data set with boxes: expected .*\n$/,
    );
    assert.doesNotMatch(stderr, /\[1\/6\]/);
  });

  it("fails with one line", () => {
    const { status, stderr } = supernet(
      ...["run", "detnas-frcnn-shufflenetv2-coco", "--work-dir", join(root, "no-data")],
    );
    assert.equal(status, 1);
    assert.match(stderr, /error: classification\.data: data\/imagenet\/train does not exist: expected .*\n$/);
  });
});
