import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { encodeModel, type OnnxModel } from "@supernet/nas/onnx";
import { SpaceClassifier } from "@supernet/nas/supernet";
import { pipeline } from "@supernet/pipeline";
import { loadTensors, noGrad, ops, tidy } from "@supernet/torch";
import { exportTaskNetwork } from "../../export/export.js";
import { withPrecision } from "../../export/precision.js";
import { readSubnetFile } from "../../network/subnet-file.js";
import { compareFindings } from "../../predict/compare.js";
import { openPredictor } from "../../predict/open-predictor.js";
import { autoFormerTinyImageNet } from "../../recipes/autoformer-imagenet.js";
import { withSettings } from "../../recipes/define.js";
import { createRun } from "../../recipes/load.js";
import { mixedQuickstart } from "../../recipes/mixed-quickstart.js";
import { searchedSpace } from "../../task/run-context.js";
import type { RunContext } from "../../task/task.js";
import { writeFoundNetwork, writePictures } from "../../testing/predict.js";
import {
  says,
  tinyAutoFormer,
  tinyMixed,
  toSettings,
  writeGrayImages,
  writePhotographs,
} from "../../testing/recipes.js";
import { imageTensor } from "../../training/batches.js";
import { type LabeledRecipe, labeledBatches, labeledVal } from "./labeled-images.js";

const folder = mkdtempSync(join(tmpdir(), "classifier-predict-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string) => join(folder, name);

const transformer: RunContext<LabeledRecipe> = createRun(
  withSettings(autoFormerTinyImageNet, toSettings(tinyAutoFormer(folder))),
);
const gray: RunContext<LabeledRecipe> = createRun(
  withSettings(mixedQuickstart, toSettings(tinyMixed(at("gray")))),
);

before(async () => {
  await writePhotographs(folder);
  writeGrayImages(at("gray"));
  for (const [name, run, classes] of [
    ["transformer", transformer, 2],
    ["convolutional", gray, 10],
  ] as const) {
    const space = await run.get(searchedSpace);
    await writeFoundNetwork(
      run as never,
      at(name),
      "retrain",
      async (subnet) => new SpaceClassifier(space, classes, subnet),
    );
  }
});

async function exported(name: string, run: RunContext<LabeledRecipe>, change = (model: OnnxModel) => model) {
  const network = run.task.networks.find((other) => other.name === "classifier")!;
  const subnet = readSubnetFile(await run.get(searchedSpace), at(`${name}/steps/search/subnet.yaml`));
  const path = at(`${name}/steps/retrain/weights.safetensors`);
  const model = await exportTaskNetwork(run as never, network as never, { path, subnet });
  writeFileSync(at(`${name}.onnx`), encodeModel(change(model)));
  return at(`${name}.onnx`);
}

describe("predictions of a classifier", () => {
  it("are the probabilities of the evaluation, in the engine and in ONNX Runtime", async () => {
    using engine = await openPredictor({ workDir: at("transformer") });
    using onnx = await openPredictor({ model: await exported("transformer", transformer) });
    assert.deepEqual([engine.classes, engine.findsBoxes], [["cat", "dog"], false]);
    assert.deepEqual([onnx.classes, onnx.findsBoxes], [["cat", "dog"], false]);
    const space = await transformer.get(searchedSpace);
    const subnet = readSubnetFile(space, at("transformer/steps/search/subnet.yaml"));
    const classifier = new SpaceClassifier(space, 2, subnet).eval();
    classifier.loadStateDict(loadTensors(at("transformer/steps/retrain/weights.safetensors")).tensors);
    const batching = { batchSize: 4, microBatch: null };
    using batches = labeledBatches(transformer.recipe, labeledVal(transformer), batching);
    let compared = 0;
    for await (const batch of batches.evaluate()) {
      const expected = noGrad(() =>
        tidy(() => ops.softmax(classifier.forward(imageTensor(batch, "cpu")), 1).toArray()),
      ) as number[][];
      for (const [i, file] of batch.ids.entries()) {
        for (const predictor of [engine, onnx]) {
          const { width, height, found } = await predictor.predict(String(file));
          assert.deepEqual([width, height, found.length], [40, 50, 2]);
          assert.ok(found[0]!.score >= found[1]!.score);
          for (const { label, class: name, score } of found) {
            assert.equal(name, ["cat", "dog"][label]);
            assert.ok(Math.abs(score - expected[i]![label]!) < 1e-4);
          }
        }
        compared++;
      }
    }
    assert.equal(compared, 4);
  });

  it("are the same in @supernet/pipeline, which needs no engine", async () => {
    for (const [name, run] of [
      ["transformer", transformer],
      ["convolutional", gray],
    ] as const) {
      const model = await exported(name, run);
      using onnx = await openPredictor({ model });
      using classify = await pipeline("image-classification", model);
      const sizes = name === "transformer" ? [[90, 50] as const, [20, 31] as const] : [[20, 27] as const];
      for (const extension of ["jpg", "png"]) {
        for (const file of await writePictures(at("piped"), sizes, extension)) {
          const { found } = await onnx.predict(file);
          const expected = found.map(({ class: label, score }) => ({ label, score }));
          assert.deepEqual(await classify(file), expected, file);
        }
      }
    }
  });

  it("are close to those of a model in float16 or int8, if it has convolutions", async () => {
    const network = gray.task.networks.find((other) => other.name === "classifier")!;
    const images = () => network.predict!.trainingImages!(gray, { count: 8, folder: () => folder });
    using onnx = await openPredictor({ model: await exported("convolutional", gray) });
    const [picture] = await writePictures(at("precision"), [[28, 28]], "png");
    const { found } = await onnx.predict(picture!);
    for (const [precision, limit] of [
      ["float16", 0.003],
      ["int8", 0.1],
    ] as const) {
      let converted: OnnxModel | undefined;
      await exported("convolutional", gray, (model) => {
        converted = model;
        return model;
      });
      writeFileSync(at("converted.onnx"), encodeModel(await withPrecision(converted!, precision, images())));
      using predictor = await openPredictor({ model: at("converted.onnx") });
      const { score, common } = compareFindings([[found, (await predictor.predict(picture!)).found]]);
      assert.ok(common >= 4 && score.largest > 0 && score.largest < limit, `${precision}: ${score.largest}`);
    }
    let attention: OnnxModel | undefined;
    await exported("transformer", transformer, (model) => {
      attention = model;
      return model;
    });
    await assert.rejects(
      withPrecision(attention!, "int8", images()),
      says("this network cannot be quantized", "use float16"),
    );
  });

  it("are the five best classes", async () => {
    const [picture] = await writePictures(folder, [[28, 28]], "png");
    using engine = await openPredictor({ workDir: at("convolutional") });
    using onnx = await openPredictor({ model: await exported("convolutional", gray) });
    const expected = await engine.predict(picture!);
    const scores = expected.found.map(({ score }) => score);
    assert.equal(scores.length, 5);
    assert.deepEqual(
      scores,
      scores.toSorted((a, b) => b - a),
    );
    assert.ok(scores.reduce((sum, score) => sum + score) <= 1 + 1e-6);
    const { found } = await onnx.predict(picture!);
    for (const [i, { label, score }] of found.entries()) {
      assert.equal(label, expected.found[i]!.label);
      assert.ok(Math.abs(score - scores[i]!) < 1e-4);
    }
  });

  it("need images of the training's size if it did not resize them", async () => {
    const [large] = await writePictures(at("large"), [[40, 30]]);
    using engine = await openPredictor({ workDir: at("convolutional") });
    await assert.rejects(
      engine.predict(large!),
      says(
        "0.jpg has 40 x 30 pixels, but the classifier was trained without resizing: use images of at most",
      ),
    );
  });

  it("need the metadata and the outputs of an exported classifier", async () => {
    const without = await exported("transformer", transformer, ({ metadata, ...model }) => ({
      ...model,
      metadata: { space: metadata.space! },
    }));
    await assert.rejects(
      openPredictor({ model: without }),
      says("has no metadata classes, resize, mean, std"),
    );
    const other = await exported("transformer", transformer, ({ metadata, ...model }) => ({
      ...model,
      metadata: { ...metadata, classes: '["cat","dog","cow"]' },
    }));
    using predictor = await openPredictor({ model: other });
    await assert.rejects(
      predictor.predict(at("labeled/val/cat/0.png")),
      says("did not return logits of its 3 classes"),
    );
  });
});
