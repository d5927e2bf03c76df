import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import { countNetworks, SPACES } from "@supernet/nas";
import { recipeToYaml } from "../recipe/common.js";
import { detnasQuickstart } from "../recipes/detnas-quickstart.js";
import { type Mistake, testMistakes } from "../testing/mistakes.js";
import { bin, supernet } from "../testing/runs.js";

const folder = mkdtempSync(join(tmpdir(), "cli-"));
const file = (name: string, content: unknown): string => {
  const path = join(folder, name);
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
};

const KINDS: Readonly<Record<string, string>> = {
  3: "shuffle_3x3",
  5: "shuffle_5x5",
  7: "shuffle_7x7",
  X: "shuffle_xception",
};
/** Published subnet of DetNAS. */
const DETNAS = ["5333", "X3X7", "77XX375X", "7775"];
const lines = (line: (decision: string, choice: string) => string): string =>
  DETNAS.flatMap((stage, s) => [...stage].map((kind, b) => line(`layers.${s}.${b}`, KINDS[kind]!))).join(
    "\n",
  );

/** Converts layers.0.1 to stage_0_block_1. */
const asStage = (decision: string) => decision.replace(/layers\.(\d)\.(\d)/, "stage_$1_block_$2");

describe("a command whose output cannot be written", () => {
  const shell = (script: string) =>
    spawnSync("bash", ["-c", script, "bash", process.execPath, bin], { encoding: "utf8" });

  it("says so in one line, and exits with 1", () => {
    const { status, stderr } = shell('"$1" "$2" recipes > /dev/full');
    assert.deepEqual([status, stderr.split("\n").length], [1, 2], stderr);
    assert.match(stderr, /^error: cannot write the output: the disk is full/);
  });

  it("ends quietly if a reader has seen enough, and goes on if nobody reads the progress", () => {
    const read = shell('"$1" "$2" recipes | head -n 1');
    assert.deepEqual([read.status, read.stderr], [0, ""]);
    const { status, stdout } = shell(
      '"$1" "$2" plan mixed-quickstart --images 60000,10000 --json 2> >(true)',
    );
    assert.equal(status, 0);
    assert.ok(JSON.parse(stdout).total.hours > 0);
  });

  it("names the limit that a file or a name exceeds", () => {
    const run = '"$1" "$2" run mixed-quickstart --work-dir';
    const large = shell(`ulimit -f 1; ${run} '${join(folder, "small")}'`);
    assert.equal(large.status, 1);
    assert.match(large.stderr, /^error: cannot write .*recipe\.yaml: .* ulimit -f/);
    const long = shell(`${run} ${"a".repeat(500)}`);
    assert.equal(long.status, 1);
    assert.match(long.stderr, /^error: cannot .*: a name in the path is too long/);
  });
});

describe("supernet profile", () => {
  it("prints the published cost of DetNAS's subnet", () => {
    const text = lines((decision, choice) => `${asStage(decision)}:\n  chosen:\n  - ${choice}`);
    const subnet = ["--subnet", file("subnet.yaml", text)];
    const { stdout, status } = supernet(
      ...["profile", "--space", "spos-shufflenetv2", ...subnet, "--input", "3x224x224", "--json"],
    );
    assert.equal(status, 0);
    const { params, flops, macs } = JSON.parse(stdout);
    assert.deepEqual({ params, flops, macs }, { params: 3349112, flops: 335111488, macs: 325923008 });
  });

  for (const [name, { create }] of Object.entries(SPACES)) {
    it(`profiles ${name}`, () => {
      const { stdout } = supernet("profile", "--space", name, "--json");
      const { subnets, min, max } = JSON.parse(stdout);
      assert.equal(subnets, String(countNetworks(create())));
      for (const resource of ["params", "macs", "flops", "activations", "memory"]) {
        assert.ok(min[resource] < max[resource], resource);
      }
    });
  }

  it("lists every space", () => {
    const { stdout } = supernet("spaces");
    for (const name of Object.keys(SPACES)) assert.match(stdout, new RegExp(`^${name}\n  .* subnets$`, "m"));
  });

  it("profiles the complete detector of a recipe, and only the backbone, by module", () => {
    const path = file(
      "detnas.yaml",
      lines((decision, choice) => `${decision}: ${choice}`),
    );
    const json = (...args: string[]) => {
      const { stdout, stderr } = supernet("profile", ...args, "--subnet", path, "--json");
      return JSON.parse(stdout || JSON.stringify(stderr));
    };
    const detector = json("--recipe", "detnas-retinanet-shufflenetv2-coco", "--input", "3x128x128");
    const backbone = json("--space", "spos-shufflenetv2", "--backbone", "--input", "3x128x128");
    const named = (name: string) => detector.modules.find((module: { name: string }) => module.name === name);
    assert.deepEqual(
      detector.modules.map(({ name }: { name: string }) => name),
      ["backbone", "neck", "bbox_head"],
    );
    assert.deepEqual([named("backbone").params, named("backbone").macs], [backbone.params, backbone.macs]);
    // RetinaNet's head runs on five levels; its last two convolutions have 80 x 9 and 4 x 9 channels.
    assert.equal(named("bbox_head").params, 8 * (256 * 256 * 9 + 256) + (256 * 9 + 1) * (80 * 9 + 4 * 9));
    assert.ok(detector.memory > 4 * detector.params);
  });

  it("profiles the extreme subnets of the space without --subnet", () => {
    const { stdout } = supernet("profile", "--space", "spos-shufflenetv2", "--json");
    const { subnets, min, max } = JSON.parse(stdout);
    assert.equal(subnets, String(4n ** 20n));
    assert.ok(min.flops < 335111488 && max.flops > 335111488);
  });

  it("measures the smallest and the largest subnet on this machine", () => {
    const { stdout } = supernet(
      "profile",
      "--space",
      "spos-shufflenetv2",
      "--input",
      "3x64x64",
      "--latency",
      "--json",
    );
    const { min, max } = JSON.parse(stdout);
    for (const { latency } of [min, max]) {
      assert.ok(0 < latency.median && latency.median <= latency.p95);
      assert.ok(latency.runs >= 20 && latency.threads >= 1);
      assert.deepEqual([latency.batch, latency.device], [1, "cpu"]);
    }
  });

  it("reports an unknown choice with the valid ones", () => {
    const path = file(
      "wrong.yaml",
      lines((d, c) => `${d}: ${d === "layers.1.2" ? "shuffle_9x9" : c}`),
    );
    const { stderr, status } = supernet("profile", "--space", "spos-shufflenetv2", "--subnet", path);
    assert.equal(status, 1);
    assert.match(stderr, /^error: .*wrong\.yaml.*shuffle_9x9.*layers\.1\.2.*shuffle_xception.*\n$/);
  });
});

describe("supernet coco-eval", () => {
  it("prints the twelve metrics", () => {
    const truth = {
      images: [{ id: 1 }],
      categories: [{ id: 1, name: "a" }],
      annotations: [{ id: 1, image_id: 1, category_id: 1, bbox: [0, 0, 10, 10], area: 100, iscrowd: 0 }],
    };
    const found = [{ image_id: 1, category_id: 1, bbox: [0, 0, 10, 10], score: 0.9 }];
    const { stdout } = supernet(
      "coco-eval",
      "--gt",
      file("gt.json", truth),
      "--dt",
      file("dt.json", found),
      "--json",
    );
    const metrics = JSON.parse(stdout);
    assert.deepEqual(Object.keys(metrics), "AP AP50 AP75 APs APm APl AR1 AR10 AR100 ARs ARm ARl".split(" "));
    assert.ok(Math.abs(metrics.AP - 1) < 1e-9 && metrics.APl === -1);
  });
});

describe("supernet doctor", () => {
  it("finds the engine that the tests use", () => {
    const { stdout, status } = supernet("doctor", "--json");
    const { ok, checks } = JSON.parse(stdout);
    assert.equal(status, 0);
    assert.equal(ok, true);
    assert.ok(checks.some(({ name }: { name: string }) => name === "libtorch"));
  });
});

describe("mistakes on the command line", () => {
  const extracted = join(folder, "extracted");
  mkdirSync(extracted);
  writeFileSync(join(extracted, "recipe.yaml"), recipeToYaml(detnasQuickstart));
  const mistakes: readonly Mistake[] = [
    [["trian", "x"], 2, /unknown command trian: did you mean train\?/],
    [["run", "x", "--resum"], 2, /unknown option --resum: did you mean --resume\?/],
    [["run"], 2, /expects 1 argument, got 0: usage: supernet run RECIPE/],
    [["run", "detnas-quickstrat"], 2, /did you mean detnas-quickstart\?/],
    [["run", "constructor"], 2, /unknown recipe constructor/],
    [
      ["run", "detnas-photographs", "--set", "steps.compare.handMade=shuffle_9x9"],
      1,
      /handMade: shuffle_9x9 is not a choice of layers\.0\.0/,
    ],
    [
      [
        "run",
        "detnas-quickstart",
        "--work-dir",
        join(folder, "u"),
        "--set",
        "steps.detector.evaluateEvery=99",
      ],
      1,
      /steps\.detector\.evaluateEvery/,
    ],
    [["run", "detnas-quickstart", "--set", "sed=1"], 1, /unknown key sed: did you mean seed\?/],
    [
      ["run", "detnas-quickstart", "--set", "steps.search.constraints.flops.max=1e5"],
      1,
      /no subnet of spos-shufflenetv2 .* flops at most 100000: .* has flops from \d+ to \d+;/,
    ],
    [
      ["run", "detnas-quickstart", "--set", "steps.search.strategy.mutations.perDecision={depth: 0.4}"],
      1,
      /perDecision\.depth is not a decision of spos-shufflenetv2: valid: layers\.0\.0, /,
    ],
    [["profile", "--space", "spos"], 2, /unknown space spos: .*valid: .*detnas-large, mobilenetv2/],
    [["profile"], 2, /--space is missing/],
    [["profile", "--space", "mobilenetv2", "--recipe", "detnas-quickstart"], 2, /omit --space/],
    [
      ["profile", "--recipe", "mixed-quickstart", "--backbone"],
      2,
      /--recipe has .*omit --space and --backbone/,
    ],
    [
      ["profile", "--recipe", "mixed-quickstart", "--network", "detector"],
      2,
      /--network detector: mixed-quickstart has classifier$/m,
    ],
    [
      ["profile", "--detector", "detnas-quickstart"],
      2,
      /--detector detnas-quickstart is now --recipe detnas-quickstart --network detector/,
    ],
    [
      ["profile", "--recipe", "detnas-frcnn-shufflenetv2-coco", "--network", "classifier"],
      1,
      /imagenet\/train does not exist/,
    ],
    [["profile", "--space", "mobilenetv2", "--set", "seed=1"], 2, /--set is for a recipe: add --recipe/],
    [["profile", "--space", "spos-shufflenetv2", "--input", "224"], 2, /--input 224/],
    [["latency"], 2, /--space is missing/],
    [["latency", "--recipe", "detnas-quickstart", "--input", "3x64x64"], 2, /omit --space and --input/],
    [
      ["latency", "--classifier", "detnas-quickstart"],
      2,
      /--classifier detnas-quickstart is now --recipe detnas-quickstart/,
    ],
    [
      ["latency", "--space", "mobilenetv2", "--runtime", "torch"],
      2,
      /--runtime torch: use one of libtorch, onnxruntime/,
    ],
    [["latency", "--space", "mobilenetv2", "--export-layers", "x", "--check", "3"], 2, /measures nothing/],
    [["profile", "--space", "mobilenetv2", "--runtime", "onnxruntime"], 2, /add --latency/],
    [
      ["latency", "--space", "mobilenetv2", "--device-table", file("t.json", "{}"), "--threads", "2"],
      1,
      /not a latency table/,
    ],
    [["latency", "--space", "mobilenetv2", "--check", "1"], 2, /--check 1: expected .* at least 2/],
    [
      [
        "run",
        "detnas-quickstart",
        "--set",
        "steps.search.constraints.latency.max=1",
        "--set",
        "steps.search.latency={table: none.json}",
      ],
      1,
      /cannot read .*none\.json/,
    ],
    [["profile", "--space", "autoformer-tiny", "--backbone"], 1, /autoformer-tiny has no feature maps/],
    [
      ["profile", "--recipe", "detnas-quickstart", "--set", "space={name: autoformer-tiny}"],
      1,
      /autoformer-tiny has no feature maps.*use a space with feature maps/,
    ],
    [
      ["profile", "--space", "autoformer-tiny", "--input", "3x64x64"],
      1,
      /image of 64x64 .* 224x224.*imageSize/,
    ],
    [["plan", "detnas-quickstart", "--images", "12"], 2, /--images 12: expected two numbers/],
    [["plan", "detnas-quickstart", "--flops-per-second", "fast"], 2, /--flops-per-second fast/],
    [
      ["plan", "mixed-quickstart", "--images", "9,9", "--detection-images", "9,9"],
      2,
      /--detection-images: mixed-quickstart has no such images/,
    ],
    [["plan", "mixed-quickstart", "--set", "classification.data=nowhere"], 1, /images with --images$/m],
    [
      ["plan", "detnas-frcnn-shufflenetv2-coco"],
      1,
      /imagenet.*: or pass the numbers of images with --images/,
    ],
    [["extract", "--work-dir", "x"], 2, /--out is missing: usage: supernet extract/],
    [["extract", "--space", "mobilenetv2", "--out", "a.pth"], 2, /set --work-dir, or --space, --weights/],
    [
      ["extract", "--work-dir", "x", "--step", "train", "--key", "ema", "--out", "a.pth"],
      2,
      /--key is for a supernet in a file: omit it, or --work-dir/,
    ],
    [
      ["extract", "--work-dir", extracted, "--step", "test", "--out", "a.pth"],
      2,
      /--step test: use detector or retrain or finetune or pretrain of a recipe for detection/,
    ],
    [
      ["extract", "--work-dir", extracted, "--step", "retrain", "--network", "detector", "--out", "a.pth"],
      2,
      /--network detector: use classifier for this step/,
    ],
    [
      ["extract", "--work-dir", extracted, "--subnet", "s.yaml", "--out", "a.pth"],
      2,
      /--subnet s\.yaml: the step detector saved only the found subnet/,
    ],
    [
      ["extract", "--work-dir", "x", "--step", "pretrain", "--out", "a.pt"],
      2,
      /--out a\.pt: use the extension/,
    ],
    [["extract", "--work-dir", folder, "--step", "pretrain", "--out", "a.pth"], 1, /recipe\.yaml/],
    [["coco-eval", "--gt", "x"], 2, /--dt is missing/],
    [
      ["train", "detnas-quickstart", "--step", "tset", "--work-dir", join(folder, "w")],
      2,
      /--step tset: use one of pretrain, finetune, /,
    ],
    [["search", "detnas-quickstart", "--work-dir", join(folder, "v")], 1, /step search needs step pretrain/],
  ];
  testMistakes(mistakes, (args) => args.join(" ").replaceAll(folder, ""));

  it("end the program with their exit code and one line", () => {
    for (const [args, code, line] of [
      [["run", "detnas-quickstart", "--set", "sed=1"], 1, /^error: --set sed=1: unknown key sed[^\n]*\n$/],
      [["run"], 2, /^error: [^\n]*usage: supernet run RECIPE[^\n]*\n$/],
    ] as const) {
      const { stderr, status } = supernet(...args);
      assert.equal(status, code, stderr);
      assert.match(stderr, line);
    }
  });

  it("do not include help and version", () => {
    assert.match(supernet("--help").stdout, /^ {2}run +Run all steps of a recipe$/m);
    assert.match(supernet("--version").stdout, /^\d+\.\d+\.\d+\n$/);
    assert.match(supernet("search", "--help").stdout, /^Usage: supernet search RECIPE \[options\]/);
    assert.equal(supernet("help", "search").stdout, supernet("search", "--help").stdout);
    const unknown = supernet("help", "serch");
    assert.deepEqual([unknown.status, /did you mean search/.test(unknown.stderr)], [2, true]);
  });
});
