import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { sposShuffleNetV2 } from "@supernet/nas";
import { sumCost } from "../../plan/work.js";
import { withSettings } from "../../recipes/define.js";
import { detectorQuickstart } from "../../recipes/detector-quickstart.js";
import { detnasFrcnnShufflenetv2Coco } from "../../recipes/detnas-frcnn-shufflenetv2-coco.js";
import { detnasPhotographs } from "../../recipes/detnas-photographs.js";
import { detnasQuickstart } from "../../recipes/detnas-quickstart.js";
import { createRun } from "../../recipes/load.js";
import { networksOf } from "../../task/run-context.js";
import { exportedSteps, supernetSteps } from "../../task/weights.js";
import { computeWork, type DataFacts, planDetection } from "./plan.js";
import type { FrontRecipe } from "./settings.js";

const facts: DataFacts = {
  classification: { train: 1281167, val: 50000 },
  detection: {
    ...{ train: 113556, search: 4731, trainAndSearch: 118287, test: 5000, classes: 80 },
    size: { height: 800, width: 1344 },
  },
};

describe("computeWork", () => {
  it("plans the published recipe: twice 300k iterations on ImageNet, twice 12 of COCO, and 1000 candidates", () => {
    const work = Object.fromEntries(
      computeWork(detnasFrcnnShufflenetv2Coco, sposShuffleNetV2(), facts).map(({ step, ...rest }) => [
        step,
        rest,
      ]),
    );
    assert.deepEqual(Object.keys(work), ["pretrain", "finetune", "search", "retrain", "detector", "test"]);
    assert.equal(work.pretrain!.iterations, 300_000);
    assert.equal(work.pretrain!.images.classifierTraining, 1024 * work.pretrain!.iterations);
    assert.equal(work.retrain!.images.classifierInference, 24 * 50000);
    assert.equal(work.finetune!.iterations, 12 * Math.floor(113556 / 16));
    // It is trained on the images for the search too, so only the test evaluates it.
    assert.equal(work.finetune!.images.detectorInference, 12 * (500 + 4731));
    assert.equal(work.detector!.iterations, 12 * Math.floor(118287 / 16));
    assert.equal(work.detector!.images.detectorInference, 0);
    assert.deepEqual(
      [work.search!.iterations, work.search!.images.detectorInference],
      [1000, 1000 * (500 + 4731)],
    );
  });

  it("counts an image once per subnet of an iteration", () => {
    const settings = [
      "steps.pretrain.sampling={kind: sandwich, random: 2, distillation: true}",
      "steps.finetune.sampling={kind: fair}",
    ];
    const [uniform, several] = [[], settings].map((given) =>
      computeWork(withSettings(detnasQuickstart, given), sposShuffleNetV2(), facts),
    );
    const images = (work: typeof uniform, step: string) => work!.find((other) => other.step === step)!;
    assert.equal(images(several, "pretrain").iterations, images(uniform, "pretrain").iterations);
    for (const [step, activity] of [
      ["pretrain", "classifierTraining"],
      ["finetune", "detectorTraining"],
    ] as const) {
      // Largest, smallest and two random subnets; four choices per block.
      assert.equal(images(several, step).images[activity], 4 * images(uniform, step).images[activity]!);
    }
    assert.deepEqual(images(several, "retrain"), images(uniform, "retrain"));
  });

  it("counts each training of the comparison", () => {
    const small: DataFacts = {
      classification: { train: 6400, val: 3000 },
      detection: { ...facts.detection, train: 240, search: 60, test: 70 },
    };
    const work = computeWork(detnasPhotographs, sposShuffleNetV2(), small);
    const images = (step: string) => work.find((other) => other.step === step)!.images;
    assert.equal(images("compare").classifierTraining!, 15 * images("retrain").classifierTraining!);
    assert.equal(images("compare").detectorTraining!, 15 * images("detector").detectorTraining!);
    assert.ok(images("compare").detectorInference! > images("search").detectorInference!);
  });

  it("counts the trainings of a calibration, and not again those of the front", () => {
    const { calibrate, front } = detectorQuickstart.steps;
    const work = computeWork(detectorQuickstart, sposShuffleNetV2(), { ...facts, classification: null });
    const images = (step: string) => work.find((other) => other.step === step)!.images;
    const { candidates, training } = calibrate!;
    const trained = candidates * training.epochs * facts.detection.train;
    assert.ok(Math.abs(images("calibrate").detectorTraining! - trained) <= candidates * training.batchSize);
    assert.equal(images("front").detectorTraining, undefined);
    assert.ok(images("front").detectorInference! > front!.members * facts.detection.test);
  });

  it("counts the final evaluation of a training that has no other", () => {
    const work = computeWork(detnasQuickstart, sposShuffleNetV2(), facts);
    const images = (step: string) => work.find((other) => other.step === step)!.images;
    assert.equal(images("retrain").classifierInference, 2000);
    assert.equal(images("pretrain").classifierInference, 3 * (2000 + 8 * 64));
    assert.equal(images("detector").detectorInference, 4731);
  });

  it("counts the training of each detector of the front", () => {
    const settings = ["steps.retrain=null", "steps.detector.start=inherited", "steps.front={members: 3}"];
    const given = (finetune: object | null) => {
      const recipe = withSettings(detnasQuickstart, settings);
      const front = { members: 3, finetune: finetune as FrontRecipe["finetune"] };
      return computeWork({ ...recipe, steps: { ...recipe.steps, front } }, sposShuffleNetV2(), facts);
    };
    const images = (work: ReturnType<typeof given>, step: string) =>
      work.find((other) => other.step === step)!.images;
    const trained = given({ ...detnasQuickstart.steps.detector!, start: "inherited" });
    const { detectorTraining, detectorInference } = images(trained, "front");
    // Three members and the default detector.
    assert.equal(detectorTraining, 4 * images(trained, "detector").detectorTraining!);
    assert.equal(
      detectorInference,
      images(given(null), "front").detectorInference! +
        4 * (2 * facts.detection.search + facts.detection.test),
    );
  });

  it("refuses settings that the run would refuse", () => {
    const late = withSettings(detnasFrcnnShufflenetv2Coco, ["steps.finetune.warmup.iterations=500000"]);
    assert.throws(() => computeWork(late, sposShuffleNetV2(), facts), /steps\.finetune\.warmup\.iterations/);
  });

  it("gives no cost to activities that do not occur", () => {
    const images = { classifierTraining: 0, detectorTraining: 3 };
    assert.equal(sumCost(images, { classifierTraining: Number.POSITIVE_INFINITY, detectorTraining: 2 }), 6);
  });
});

describe("a recipe without labeled images", () => {
  const recipe = withSettings(detnasQuickstart, [
    "classification=null",
    "steps.pretrain=null",
    "steps.retrain=null",
    "steps.detector.start=inherited",
  ]);
  const run = createRun(recipe);

  it("has no step and no network that would need them", () => {
    const { steps } = run.task;
    assert.deepEqual(
      steps(recipe).map(({ name }) => name),
      ["finetune", "search", "detector", "test"],
    );
    assert.deepEqual(
      networksOf(run).map(({ name }) => name),
      ["features", "backbone", "detector"],
    );
    const saved = [...exportedSteps(run), ...supernetSteps(run)];
    assert.deepEqual(
      saved.map(({ step, network }) => `${step} ${network.name}`),
      ["detector backbone", "detector detector", "finetune detector"],
    );
  });

  it("is planned, but not with a number of them", async () => {
    const detectionImages = { train: 1000, test: 200 };
    const { networks, work } = await planDetection(run, { detectionImages });
    assert.deepEqual(
      networks.map(({ name }) => name),
      ["detector"],
    );
    assert.ok(work.every(({ images }) => !Object.keys(images).some((name) => name.startsWith("classifier"))));
    await assert.rejects(
      planDetection(run, { images: { train: 9, val: 9 }, detectionImages }),
      /^UserError: --images: detnas-quickstart has no such images: remove the option$/,
    );
  });

  it("repeats every step if its seed or its space changes", () => {
    const inputs = (...settings: string[]) =>
      JSON.stringify(run.task.steps(withSettings(recipe, settings))[0]!.inputs);
    assert.notEqual(inputs("seed=1"), inputs());
    assert.notEqual(inputs("space.blocks.1=3"), inputs());
    assert.equal(inputs("workers=0"), inputs());
  });
});
