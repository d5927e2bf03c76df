import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { firstSubnet, formatSubnet } from "@supernet/nas";
import { SpaceClassifier } from "@supernet/nas/supernet";
import { fromTypedArray, manualSeed, noGrad, randn, saveTensors } from "@supernet/torch";
import { InferenceSession, Tensor } from "onnxruntime-node";
import sharp from "sharp";
import { recipeToYaml } from "../recipe/common.js";
import { openSpace, spaceNamed } from "../recipe/open-space.js";
import { mixedQuickstart } from "../recipes/mixed-quickstart.js";
import { type Mistake, testMistakes } from "../testing/mistakes.js";
import { supernet } from "../testing/runs.js";

const root = fileURLToPath(new URL("../../../../", import.meta.url));
const example = join(root, "examples/my-space.ts");
const folder = mkdtempSync(join(tmpdir(), "export-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string) => join(folder, name);
const run = (...args: readonly string[]) => supernet("export", ...args);

describe("supernet export", async () => {
  manualSeed(5);
  const space = await openSpace(spaceNamed(example));
  const subnet = firstSubnet(space);
  const classifier = new SpaceClassifier(space, 3, subnet).eval();
  writeFileSync(at("subnet.yaml"), formatSubnet(space, subnet));
  saveTensors(at("weights.safetensors"), classifier.stateDict());
  const files = [
    ...["--space", example, "--subnet", at("subnet.yaml")],
    ...["--weights", at("weights.safetensors"), "--input", "3x64x64"],
  ];

  it("exports a classifier that computes the same in ONNX Runtime as in the engine", async () => {
    const { stdout, stderr, status } = run(...files, "-o", at("model.onnx"));
    assert.equal(status, 0, stderr);
    assert.match(
      stdout,
      /model\.onnx: classifier of .*, opset 17\n {2}images \[batch, 3, 64, 64\] -> logits \[batch, 3\]/,
    );
    const images = randn([2, 3, 64, 64]);
    const session = await InferenceSession.create(at("model.onnx"));
    const feeds = { images: new Tensor("float32", images.toTypedArray() as Float32Array, [2, 3, 64, 64]) };
    const { logits } = await session.run(feeds);
    const expected = noGrad(() => classifier.forward(images));
    const found = fromTypedArray(logits!.data as Float32Array, [2, 3]);
    assert.ok(found.sub(expected).abs().max().item() < 1e-5);
    await session.release();
  });

  it("exports the backbone of the same weights, with a feature map for each stride", () => {
    const { stdout, stderr, status } = run(...files, "--backbone", "--out", at("backbone.onnx"), "--json");
    assert.equal(status, 0, stderr);
    const { kind, outputs, metadata } = JSON.parse(stdout);
    assert.equal(kind, "backbone");
    assert.deepEqual(
      outputs.map(({ name, shape }: { name: string; shape: number[] }) => [name, shape[1]]),
      space.maps.map(({ stride }) => [`stride_${stride}`, 64 / stride]),
    );
    assert.deepEqual(JSON.parse(metadata.subnet), subnet);
  });

  it("writes a model that the example of the documentation runs", async () => {
    const text = readFileSync(join(root, "docs/guide/export.md"), "utf8");
    const script = text.match(/```js\n([\s\S]*?)```/)![1]!;
    await sharp({ create: { width: 90, height: 70, channels: 3, background: "#a06020" } }).toFile(
      at("image.png"),
    );
    const args = ["--input-type=module", "-e", script, at("model.onnx"), at("image.png")];
    const { stdout, stderr, status } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
    assert.equal(status, 0, stderr);
    const pixel = [0xa0, 0x60, 0x20].map(
      (value, c) => (value / 255 - [0.485, 0.456, 0.406][c]!) / [0.229, 0.224, 0.225][c]!,
    );
    const plane = new Float32Array(3 * 64 * 64).map((_, i) => pixel[Math.floor(i / 4096)]!);
    const logits = noGrad(() =>
      classifier.forward(fromTypedArray(plane, [1, 3, 64, 64])).toArray(),
    ) as number[][];
    assert.equal(stdout.trim(), `class ${logits[0]!.indexOf(Math.max(...logits[0]!))}`);
  });

  mkdirSync(at("begun"));
  writeFileSync(at("begun/recipe.yaml"), recipeToYaml(mixedQuickstart));
  const mistakes: readonly Mistake[] = [
    [files, 2, /--out is missing/],
    [[...files, "--out", "x.pb"], 2, /use the extension \.onnx/],
    [["--space", example, "-o", "x.onnx"], 2, /set --work-dir, or --space, --subnet and --weights/],
    [[...files, "--step", "search", "-o", "x.onnx"], 2, /--step is a step of a run: add --work-dir/],
    [[...files, "--network", "detector", "-o", "x.onnx"], 2, /--network is a network of a run: add --work-/],
    [[...files, "--member", "1", "-o", "x.onnx"], 2, /--member is a member of a run's front: add --work-dir/],
    [
      [...files, "--precision", "int4", "-o", "x.onnx"],
      2,
      /--precision int4: use one of float32, float16, int8/,
    ],
    [
      [...files, "--precision", "int8", "-o", "x.onnx"],
      2,
      /--precision int8 needs a detector or classifier of a/,
    ],
    [[...files, "--padded", "-o", "x.onnx"], 2, /--padded is for the detector of a run: add --work-dir/],
    [
      ["--work-dir", at("begun"), "--network", "detector", "-o", "x.onnx"],
      2,
      /--network detector: use classifier for this run/,
    ],
    [
      ["--work-dir", at("begun"), "--input", "any", "-o", "x.onnx"],
      2,
      /--input any: a classifier accepts only images of one size/,
    ],
    [[...files, "--work-dir", folder, "-o", "x.onnx"], 2, /omit --space, --subnet, --weights/],
    [
      ["--work-dir", at("none"), "-o", "x.onnx"],
      1,
      /none is not the folder of a run: it has no recipe\.yaml/,
    ],
    [
      ["--work-dir", at("begun"), "-o", "x.onnx"],
      1,
      /subnet\.yaml does not exist: step search is not finished/,
    ],
    [[...files, "-o", join("/proc", "x.onnx")], 1, /cannot write \/proc\/x\.onnx/],
    [
      ["--space", "mobilenetv2", "--subnet", at("subnet.yaml"), "--weights", "x", "-o", "x.onnx"],
      1,
      /subnet\.yaml/,
    ],
  ];
  testMistakes(
    mistakes.map(([args, code, text]) => [["export", ...args], code, text]),
    (args) => `reports the mistake in ${args.join(" ").replaceAll(folder, "").replaceAll(root, "")}`,
  );
});
