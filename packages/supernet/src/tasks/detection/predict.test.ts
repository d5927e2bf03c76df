import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { encodeModel, type OnnxModel } from "@supernet/nas/onnx";
import { pipeline } from "@supernet/pipeline";
import { loadTensors } from "@supernet/torch";
import { type CocoDetection, readCoco, torchvisionDetectors } from "@supernet/vision";
import sharp from "sharp";
import type { ExportedFile } from "../../export/export.js";
import { exportTaskNetwork } from "../../export/export.js";
import { withPrecision } from "../../export/precision.js";
import type { Precision } from "../../export/precisions.js";
import { readSubnetFile } from "../../network/subnet-file.js";
import { annotatedIds, toResults } from "../../predict/coco.js";
import { compareFindings } from "../../predict/compare.js";
import { listInputs } from "../../predict/inputs.js";
import { openPredictor } from "../../predict/open-predictor.js";
import { withSettings } from "../../recipes/define.js";
import { detnasFrcnnShufflenetv2Coco } from "../../recipes/detnas-frcnn-shufflenetv2-coco.js";
import { createRun } from "../../recipes/load.js";
import type { Finding, Prediction, Predictor } from "../../task/predictor.js";
import { searchedSpace } from "../../task/run-context.js";
import { writeFoundNetwork, writePictures } from "../../testing/predict.js";
import {
  type Settings,
  says,
  TINY_FCOS,
  tinyPublished,
  toSettings,
  writePhotographs,
} from "../../testing/recipes.js";
import { openDetection } from "./data.js";
import { detectorNetworks, loadModel } from "./detector.js";
import type { DetectionContext, DetectionRun } from "./settings.js";
import { evaluateDetector } from "./training.js";

const folder = mkdtempSync(join(tmpdir(), "predict-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string) => join(folder, name);

const { retinanet } = torchvisionDetectors;
const TINY_RETINANET: Settings = {
  detector: JSON.stringify({
    ...retinanet,
    pyramid: { ...retinanet.pyramid, strides: [8, 16, 32, 64], channels: 16 },
    anchors: { scales: [2, 3], ratios: [0.5, 1, 2] },
    head: { ...retinanet.head, convs: [16], norm: "group" },
    preNms: 100,
    detectionsPerImage: 30,
  }),
};

const commonSettings = Object.entries(tinyPublished(folder)).filter(([key]) => !key.startsWith("detector."));
const DETECTORS: Readonly<Record<string, Settings>> = {
  "faster-rcnn": tinyPublished(folder),
  retinanet: { ...Object.fromEntries(commonSettings), ...TINY_RETINANET },
  fcos: { ...Object.fromEntries(commonSettings), ...TINY_FCOS },
};

const runOf = (settings: Settings): DetectionRun => {
  const space =
    "{name: spos-shufflenetv2, stem: 8, blocks: [1, 1, 1, 1], channels: [16, 24, 32, 48], last: 32}";
  return createRun(withSettings(detnasFrcnnShufflenetv2Coco, toSettings({ ...settings, space })));
};

/** Largest difference of boxes in pixels, and of scores, that rounding explains. */
const TOLERANCE = { box: 0.1, score: 1e-3 };

/** Checks that findings are the same, in any order. */
function assertSame(found: readonly Finding[], expected: readonly Finding[]): void {
  const isNear = (a: Finding, b: Finding) =>
    a.label === b.label &&
    a.class === b.class &&
    Math.abs(a.score - b.score) <= TOLERANCE.score &&
    a.box!.every((value, i) => Math.abs(value - b.box![i]!) <= TOLERANCE.box);
  assert.equal(found.length, expected.length);
  for (const wanted of expected)
    assert.ok(
      found.some((finding) => isNear(finding, wanted)),
      JSON.stringify(wanted),
    );
}

/** Width and height of pictures, in pixels. The recipe resizes to at most 64 x 96, and pads to multiples of 32. */
const SIZES = { unpadded: [96, 64], landscape: [80, 60], portrait: [60, 90], wide: [200, 40] } as const;

let pictures: Readonly<Record<keyof typeof SIZES, string>>;
before(async () => {
  await writePhotographs(folder);
  const paths = await writePictures(at("pictures"), Object.values(SIZES));
  pictures = Object.fromEntries(Object.keys(SIZES).map((name, i) => [name, paths[i]])) as typeof pictures;
});

for (const [name, settings] of Object.entries(DETECTORS)) {
  describe(`predictions of a ${name}`, () => {
    const run = runOf(settings);
    const workDir = at(name);
    let engine: Predictor;
    before(async () => {
      await writeFoundNetwork(run as never, workDir, "detector", async (subnet) => {
        const networks = await run.get(detectorNetworks);
        return networks.around(networks.backbone(subnet), 2, subnet).detector;
      });
      engine = await openPredictor({ workDir });
    });
    after(() => engine[Symbol.dispose]());

    const files = async () => ({
      path: join(workDir, "steps/detector/weights.safetensors"),
      subnet: readSubnetFile(await run.get(searchedSpace), join(workDir, "steps/search/subnet.yaml")),
    });
    async function exported(images: Pick<ExportedFile, "anySize" | "padded">, change = (m: OnnxModel) => m) {
      const network = run.task.networks.find((other) => other.name === "detector")!;
      const model = await exportTaskNetwork(run as never, network as never, {
        ...(await files()),
        ...images,
      });
      const file = at(`${name}.onnx`);
      writeFileSync(file, encodeModel(change(model)));
      return openPredictor({ model: file });
    }

    it("are the same in ONNX Runtime, for images of any size", async () => {
      using onnx = await exported({ anySize: true, padded: true });
      assert.deepEqual(onnx.classes, engine.classes);
      let total = 0;
      for (const [picture, file] of Object.entries(pictures)) {
        const [width, height] = SIZES[picture as keyof typeof SIZES];
        const expected = await engine.predict(file);
        assert.deepEqual([expected.width, expected.height], [width, height]);
        const found = await onnx.predict(file);
        assertSame(found.found, expected.found);
        total += found.found.length;
      }
      assert.ok(total >= 20, String(total));
    });

    it("are the same in @supernet/pipeline, which needs no engine", async () => {
      const network = run.task.networks.find((other) => other.name === "detector")!;
      for (const images of [{ anySize: true, padded: true }, { anySize: true }, {}]) {
        const options = { ...(await files()), ...images };
        const bytes = encodeModel(await exportTaskNetwork(run as never, network as never, options));
        writeFileSync(at("piped.onnx"), bytes);
        using onnx = await openPredictor({ model: at("piped.onnx") });
        using detect = await pipeline("object-detection", at("piped.onnx"));
        for (const file of [...Object.values(pictures), at("boxed/images/val/0.png")]) {
          const { found } = await onnx.predict(file);
          const expected = found.map(({ class: label, score, box }) => {
            const [x, y, width, height] = box!;
            return { label, score, box: { xmin: x, ymin: y, xmax: x + width, ymax: y + height } };
          });
          assert.deepEqual(await detect(file), expected);
          assert.ok(found.length > 0);
        }
      }
    });

    it("are close to those of a model in float16 or int8", async () => {
      const network = run.task.networks.find((other) => other.name === "detector")!;
      const images = { anySize: true, padded: true };
      const model = await exportTaskNetwork(run as never, network as never, {
        ...(await files()),
        ...images,
      });
      const compared = async (precision: Precision) => {
        const sample = network.predict!.trainingImages!(run as never, { count: 8, folder: () => folder });
        const converted = await withPrecision(model, precision, sample);
        assert.equal(converted.metadata.precision, precision);
        writeFileSync(at("converted.onnx"), encodeModel(converted));
        using predictor = await openPredictor({ model: at("converted.onnx") });
        const found = Object.values(pictures).map(
          async (file) =>
            [(await engine.predict(file)).found, (await predictor.predict(file)).found] as const,
        );
        return compareFindings(await Promise.all(found));
      };
      const half = await compared("float16");
      assert.deepEqual([half.onlyFirst, half.onlySecond], [0, 0]);
      assert.ok(half.score.largest < 0.02 && half.box!.largest < 0.5, JSON.stringify(half));
      // With random weights, many scores are nearly equal, so the best ones can be others.
      const int8 = await compared("int8");
      assert.ok(int8.common >= int8.onlyFirst && int8.score.largest > 0, JSON.stringify(int8));
      assert.ok(int8.score.mean < 0.06 && int8.box!.mean < 4, JSON.stringify(int8));
    });

    it("are the same in ONNX Runtime, in a model of one size", async () => {
      // Padded, the images have the size of the model: 64 x 96.
      using padded = await exported({ padded: true });
      for (const picture of ["unpadded", "landscape"] as const) {
        const [found, expected] = [
          await padded.predict(pictures[picture]),
          await engine.predict(pictures[picture]),
        ];
        assertSame(found.found, expected.found);
      }
      for (const anySize of [false, true]) {
        using plain = await exported({ anySize });
        const [found, expected] = [
          await plain.predict(pictures.unpadded),
          await engine.predict(pictures.unpadded),
        ];
        assertSame(found.found, expected.found);
      }
    });

    it("are inside the image, also if the model has a smaller or a padded input", async () => {
      for (const anySize of [false, true]) {
        using plain = await exported({ anySize });
        for (const [picture, file] of Object.entries(pictures)) {
          const { found, ...size } = await plain.predict(file);
          assert.deepEqual([size.width, size.height], SIZES[picture as keyof typeof SIZES]);
          for (const { box } of found) {
            const [x, y, width, height] = box!;
            assert.ok(x >= 0 && y >= 0 && width > 0 && height > 0, String(box));
            assert.ok(x + width <= size.width + 1e-3 && y + height <= size.height + 1e-3, String(box));
          }
        }
      }
    });

    it("are those of the evaluation, in COCO's format", async () => {
      const recipe = run.recipe;
      const context = { run, recipe, folder: () => folder } as unknown as DetectionContext;
      using data = await openDetection(context);
      const { path, subnet } = await files();
      const { detector } = await loadModel(run, { path, tensors: loadTensors(path).tensors }, subnet);
      const expected = (await evaluateDetector(detector, data.of(subnet).test, "cpu")).detections;
      const annotations = at("boxed/annotations/instances_val.json");
      const images = listInputs([at("boxed/images/val")]);
      assert.equal(images.length, readCoco(annotations, at("boxed/images/val")).samples.length);
      const ids = annotatedIds(annotations, images, engine.classes);
      const found: CocoDetection[] = [];
      for (const [i, { path: file }] of images.entries())
        found.push(...toResults((await engine.predict(file)).found, ids.images[i]!, ids.categories));
      assert.ok(found.length >= 4, String(found.length));
      assert.equal(found.length, expected.length);
      const byImage = (list: readonly CocoDetection[]) => list.toSorted((a, b) => a.image_id - b.image_id);
      const own = byImage(found);
      for (const [i, { image_id, category_id, bbox, score }] of byImage(expected).entries()) {
        assert.deepEqual([own[i]!.image_id, own[i]!.category_id], [image_id, category_id]);
        assert.ok(Math.abs(own[i]!.score - score) < 1e-4);
        for (const [k, value] of bbox.entries()) assert.ok(Math.abs(own[i]!.bbox[k]! - value) < 1e-2);
      }
    });
  });
}

describe("predictions on images", () => {
  let predictor: Predictor;
  before(async () => {
    predictor = await openPredictor({ workDir: at("fcos") });
  });
  after(() => predictor[Symbol.dispose]());

  it("ignore the EXIF orientation, as data sets do", async () => {
    const { data, info } = await sharp(pictures.landscape).raw().toBuffer({ resolveWithObject: true });
    const raw = { width: info.width, height: info.height, channels: 3 } as const;
    for (const extension of ["png", "jpg"]) {
      const found: Prediction[] = [];
      for (const orientation of [1, 6, 8]) {
        const file = at(`rotated-${orientation}.${extension}`);
        await sharp(data, { raw }).withMetadata({ orientation }).toFile(file);
        assert.equal((await sharp(file).metadata()).orientation, orientation);
        found.push(await predictor.predict(file));
      }
      assert.ok(found[0]!.found.length > 0);
      assert.deepEqual(found[1], found[0]);
      assert.deepEqual(found[2], found[0]);
    }
  });

  it("refuse a damaged image", async () => {
    const { buffer } = new Uint8Array(await sharp(pictures.landscape).png().toBuffer());
    writeFileSync(at("cut.png"), new Uint8Array(buffer, 0, buffer.byteLength >> 1));
    await assert.rejects(predictor.predict(at("cut.png")), says("cut.png is damaged or not an image"));
  });
});
