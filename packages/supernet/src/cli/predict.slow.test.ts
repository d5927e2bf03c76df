import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
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
import type { UserError } from "@supernet/base";
import sharp from "sharp";
import { withSettings } from "../recipes/define.js";
import { detnasFrcnnShufflenetv2Coco } from "../recipes/detnas-frcnn-shufflenetv2-coco.js";
import { createRun } from "../recipes/load.js";
import { mixedQuickstart } from "../recipes/mixed-quickstart.js";
import { detectorNetworks } from "../tasks/detection/detector.js";
import { writeFoundNetwork, writePictures } from "../testing/predict.js";
import {
  tinyMixed,
  tinyPublished,
  toSettings,
  writeGrayImages,
  writePhotographs,
} from "../testing/recipes.js";
import { bin, supernet } from "../testing/runs.js";
import { parseCommand } from "./arguments.js";
import { predict as command } from "./commands/predict.js";

const folder = mkdtempSync(join(tmpdir(), "predict-cli-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string) => join(folder, name);
const predict = (...args: readonly string[]) => supernet("predict", ...args);
const detector = () => ["--work-dir", at("detector")];

let photos: string[];
before(async () => {
  await writePhotographs(folder);
  const space =
    "{name: spos-shufflenetv2, stem: 8, blocks: [1, 1, 1, 1], channels: [16, 24, 32, 48], last: 32}";
  const settings = toSettings({ ...tinyPublished(folder), space });
  const run = createRun(withSettings(detnasFrcnnShufflenetv2Coco, settings));
  await writeFoundNetwork(run as never, at("detector"), "detector", async (subnet) => {
    const networks = await run.get(detectorNetworks);
    return networks.around(networks.backbone(subnet), 2, subnet).detector;
  });
  writeGrayImages(at("gray"));
  const classifier = createRun(withSettings(mixedQuickstart, toSettings(tinyMixed(at("gray")))));
  const { SpaceClassifier } = await import("@supernet/nas/supernet");
  const { searchedSpace } = await import("../task/run-context.js");
  const searched = await classifier.get(searchedSpace);
  await writeFoundNetwork(
    classifier as never,
    at("classifier"),
    "retrain",
    async (subnet) => new SpaceClassifier(searched, 10, subnet),
  );
  photos = await writePictures(at("photos"), [
    [96, 64],
    [80, 60],
  ]);
  await writePictures(at("photos/deep"), [[50, 90]], "png");
  await writePictures(at("small"), [[28, 28]], "png");
});

describe("supernet check", () => {
  const check = (...args: readonly string[]) => supernet("check", ...args);
  const model = (precision: string) => {
    const file = at(`${precision}.onnx`);
    const args = ["--network", "detector", "--input", "any", "--padded", "--precision", precision];
    const { status, stdout, stderr } = supernet("export", ...detector(), ...args, "--out", file);
    assert.equal(status, 0, stderr);
    assert.equal(stdout.includes(`numbers, ${precision}, opset`), precision !== "float32");
    return file;
  };

  it("reports the largest differences between a model and its run", () => {
    const exact = model("float32");
    const { status, stdout, stderr } = check("--model", exact, ...detector(), at("photos"));
    assert.equal(status, 0, stderr);
    const [first, score, box] = stdout.trim().split("\n");
    assert.match(
      first!,
      /^3 images: \d+ objects found by both, 0 only by the source, 0 only by .*float32\.onnx$/,
    );
    assert.ok(Number(score!.match(/^ {2}score {2}largest difference (\S+), mean/)![1]) < 1e-3);
    assert.ok(Number(box!.match(/^ {2}box {4}largest difference (\S+) pixels, mean/)![1]) < 0.1);

    const json = (...args: readonly string[]) => {
      const result = check(...args, "--json", at("photos"));
      assert.equal(result.status, 0, result.stderr);
      return JSON.parse(result.stdout);
    };
    const same = json("--model", exact, "--against", exact);
    assert.deepEqual([same.images, same.score.largest, same.box.largest], [3, 0, 0]);
    const rounded = json("--model", model("int8"), "--against", exact);
    assert.ok(rounded.common > 0 && rounded.score.largest > same.score.largest);
    const few = json("--model", exact, "--against", exact, "--threshold", "0.9");
    assert.ok(few.common < same.common);
  });

  it("reports mistakes", () => {
    const model = ["--model", at("none.onnx")];
    for (const [args, text] of [
      [[...model], /expects at least 1 argument/],
      [[...model, at("photos")], /set either --work-dir or --against/],
      [[...model, "--against", at("none.onnx"), "--member", "1", at("photos")], /add --work-dir/],
      [[...model, "--against", at("none.onnx"), at("photos")], /cannot read .*none\.onnx/],
    ] as const) {
      const { status, stderr } = check(...args);
      assert.notEqual(status, 0);
      assert.match(stderr, text);
    }
  });
});

describe("supernet predict", () => {
  it("prints a table of the objects in images and folders", () => {
    const { status, stdout, stderr } = predict(...detector(), photos[1]!, at("photos"));
    assert.equal(status, 0, stderr);
    const [title, ...rows] = stdout.trimEnd().split("\n");
    assert.match(title!, /^image +class +score +x +y +width +height$/);
    assert.deepEqual(
      [...new Set(rows.map((row) => row.split("  ")[0]!))],
      [photos[1], photos[0], at("photos/deep/0.png")],
    );
    for (const row of rows) assert.match(row, /\.(jpg|png) +(cat|dog) +[01]\.\d{3}( +\d+\.\d){4}$/);
    assert.match(stderr, /^ {2}images {4}3\/3 /);
  });

  it("prints JSON, writes COCO results and pictures, of what reaches the threshold", async () => {
    const out = ["--json", "--coco", at("results.json"), "--draw", at("drawn"), "--threshold", "0.1"];
    const { status, stdout, stderr } = predict(...detector(), ...out, at("photos"));
    assert.equal(status, 0, stderr);
    const { classes, images } = JSON.parse(stdout);
    assert.deepEqual(classes, ["cat", "dog"]);
    assert.deepEqual(
      images.map(({ image, width, height }: { image: string; width: number; height: number }) => [
        image,
        width,
        height,
      ]),
      [
        [photos[0], 96, 64],
        [photos[1], 80, 60],
        [at("photos/deep/0.png"), 50, 90],
      ],
    );
    const results = JSON.parse(readFileSync(at("results.json"), "utf8"));
    const expected = images.flatMap(
      ({ found }: { found: { label: number; score: number; box: number[] }[] }, i: number) =>
        found.map(({ label, score, box }) => ({ image_id: i + 1, category_id: label + 1, bbox: box, score })),
    );
    assert.ok(results.length > 0);
    assert.deepEqual(results, expected);
    assert.ok(results.every(({ score }: { score: number }) => score >= 0.1));
    const drawn = readdirSync(at("drawn"), { recursive: true, encoding: "utf8" }).sort();
    assert.deepEqual(drawn, ["0.jpg", "1.jpg", "deep", "deep/0.png"]);
    const { width, height } = await sharp(at("drawn/deep/0.png")).metadata();
    assert.deepEqual([width, height], [50, 90]);
  });

  it("writes the ids of an annotation file", () => {
    const annotations = at("boxed/annotations/instances_val.json");
    const args = ["--coco", at("val.json"), "--annotations", annotations, at("boxed/images/val")];
    const { status, stdout, stderr } = predict(...detector(), ...args);
    assert.equal(status, 0, stderr);
    assert.match(stdout, /val\.json: \d+ detections in 4 images\n$/);
    const evaluated = supernet("coco-eval", "--gt", annotations, "--dt", at("val.json"), "--json");
    assert.equal(evaluated.status, 0, evaluated.stderr);
  });

  it("prints the best classes of a classifier", () => {
    const { status, stdout, stderr } = predict("--work-dir", at("classifier"), at("small"));
    assert.deepEqual([status, stderr], [0, ""]);
    const [title, ...rows] = stdout.trimEnd().split("\n");
    assert.match(title!, /^image +class +score$/);
    assert.equal(rows.length, 5);
  });

  it("predicts on the other images if one is damaged, and exits with 1", async () => {
    mkdirSync(at("some"));
    writeFileSync(at("some/a.jpg"), readFileSync(photos[0]!));
    const whole = await sharp({ create: { width: 90, height: 60, channels: 3, background: "#789" } })
      .composite([{ input: photos[1]! }])
      .jpeg()
      .toBuffer();
    writeFileSync(at("some/b.jpg"), whole.subarray(0, whole.length >> 1));
    const { status, stdout, stderr } = predict(...detector(), "--json", at("some"));
    assert.equal(status, 1, stderr);
    assert.match(
      stderr,
      /\nerror: .*some\/b\.jpg is damaged or not an image \([^\n]*\): replace or remove it\n$/,
    );
    const { images } = JSON.parse(stdout);
    assert.deepEqual(
      images.map(({ image }: { image: string }) => image),
      [at("some/a.jpg")],
    );
  });

  it("reports that ONNX Runtime is missing", () => {
    const model = at("model.onnx");
    const exported = supernet(
      "export",
      ...detector(),
      "--network",
      "detector",
      "--input",
      "any",
      "-o",
      model,
    );
    assert.equal(exported.status, 0, exported.stderr);
    const hooks = `export const resolve = (name, context, next) => {
      if (name === "onnxruntime-node") throw new Error("missing");
      return next(name, context);
    };`;
    const register = `import { register } from "node:module"; register(${JSON.stringify(`data:text/javascript,${encodeURIComponent(hooks)}`)});`;
    const args = [
      "--import",
      `data:text/javascript,${encodeURIComponent(register)}`,
      bin,
      "predict",
      "--model",
      model,
    ];
    const { status, stderr } = spawnSync(process.execPath, [...args, photos[0]!], { encoding: "utf8" });
    assert.equal(status, 1);
    assert.match(stderr, /^error: ONNX Runtime is not installed .*: run npm install onnxruntime-node\n$/);
  });

  const mistakes: readonly (readonly [args: () => string[], code: number, text: RegExp])[] = [
    [() => [photos[0]!], 2, /set either --work-dir or --model/],
    [() => [...detector(), "--model", "x.onnx", photos[0]!], 2, /set either --work-dir or --model/],
    [() => detector(), 2, /supernet predict expects at least 1 argument, got 0/],
    [() => ["--model", "x.onnx", "--member", "1", photos[0]!], 2, /--member is a member of a run's front/],
    [() => [...detector(), "--member", "x", photos[0]!], 2, /--member x: expected a number/],
    [() => [...detector(), "--member", "1", photos[0]!], 1, /detector has no front: set steps\.front/],
    [
      () => [...detector(), "--threshold", "2", photos[0]!],
      2,
      /--threshold 2: expected a number from 0 to 1/,
    ],
    [() => [...detector(), "--annotations", "a.json", photos[0]!], 2, /add --coco FILE/],
    [
      () => [...detector(), "--annotations", "a.json", "--coco", "./a.json", photos[0]!],
      2,
      /would replace the annotations/,
    ],
    [
      () => [...detector(), at("none.jpg"), at("nowhere")],
      1,
      /2 of 2 images cannot be read: .*; cannot read/,
    ],
    [() => [...detector(), at("detector")], 1, /detector contains no images/],
    [() => [...detector(), "--draw", at("photos"), photos[0]!], 1, /would replace the image/],
    [() => ["--work-dir", at("photos"), photos[0]!], 1, /photos is not the folder of a run/],
    [() => ["--model", photos[0]!, photos[0]!], 1, /0\.jpg: this is not an ONNX model, or it is damaged/],
    [
      () => ["--work-dir", at("classifier"), "--draw", at("no"), at("small")],
      2,
      /--draw needs boxes: use a detector, not a classifier/,
    ],
    [() => [...detector(), "--coco", "/proc/x.json", photos[0]!], 1, /cannot write \/proc\/x\.json/],
  ];
  for (const [args, code, text] of mistakes) {
    it(`reports a mistake: ${text.source}`, async () => {
      const called = async () => {
        const { values, positionals } = parseCommand(command, args());
        await command.run(values, positionals);
      };
      await assert.rejects(called, (error: UserError) => {
        assert.equal(error.name, "UserError", error.stack);
        assert.equal(error.exitCode, code);
        assert.match(error.message, text);
        assert.doesNotMatch(error.message, /\n/);
        return true;
      });
    });
  }

  it("writes nothing if a mistake is found before the work", () => assert.ok(!existsSync(at("no"))));
});
