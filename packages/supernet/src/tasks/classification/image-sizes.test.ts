import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { Random } from "@supernet/base";
import {
  autoFormerTiny,
  classifierParts,
  createEstimator,
  createLatency,
  type Subnet,
  sampleSubnet,
  uniformSampler,
} from "@supernet/nas";
import { predictLatency } from "../../latency/predict.js";
import { indexTable } from "../../latency/table-file.js";
import { autoFormerQuickstart } from "../../recipes/autoformer-quickstart.js";
import { withSettings } from "../../recipes/define.js";
import { detnasQuickstart } from "../../recipes/detnas-quickstart.js";
import { createRun } from "../../recipes/load.js";
import { mixedQuickstart } from "../../recipes/mixed-quickstart.js";
import { latencySubject, searchProblem } from "../../search/problem.js";
import { searchedSpace } from "../../task/run-context.js";
import { syntheticTable } from "../../testing/latency.js";
import { says, writeGrayImages } from "../../testing/recipes.js";
import { openClassifierData } from "../shared/labeled-images.js";
import { scoringImages, trainingImages } from "./images.js";

const DECISION = "classification.imageSize";
const folder = mkdtempSync(join(tmpdir(), "image-sizes-"));
before(() => writeGrayImages(folder));
after(() => rmSync(folder, { recursive: true, force: true }));

const sizes = [16, 32, 24];
const settings = [
  `classification.data=${folder}`,
  `${DECISION}=[${sizes}]`,
  "classification.interpolation=bilinear",
  "classification.evalImages=null",
  "workers=0",
];
const recipe = withSettings(autoFormerQuickstart, settings);

describe("AutoFormer with several image sizes", async () => {
  const run = createRun(recipe);
  const space = await run.get(searchedSpace);
  const subnets = Array.from({ length: 20 }, (_, i) => sampleSubnet(space, Random.of("image sizes", i)));
  const { name: _, ...given } = recipe.space;
  /** Returns a subnet without its image size, and the parts of its space if that had only this size. */
  const alone = ({ [DECISION]: size, ...subnet }: Subnet) => {
    const side = Number(size);
    const own = autoFormerTiny({ ...(given as Parameters<typeof autoFormerTiny>[0]), imageSize: side });
    return { subnet, parts: classifierParts(own, 10), input: [3, side, side] as const };
  };

  it("has the image size as its first decision", () => {
    assert.deepEqual(space.decisions[0], { name: DECISION, choices: sizes });
  });

  it("limits the resources of the candidate's own size", async () => {
    const { measure, smooth } = await searchProblem(run);
    for (const candidate of subnets) {
      const { subnet, parts, input } = alone(candidate);
      const estimator = createEstimator("classifier", parts, input);
      assert.deepEqual(measure(candidate), estimator.measure(subnet));
      assert.deepEqual(smooth!(candidate), estimator.smooth(subnet));
    }
  });

  it("predicts the latency of the candidate's own size", async () => {
    const subject = await latencySubject(run);
    const table = indexTable("table", syntheticTable(subject));
    assert.deepEqual(table.table.input, [3, 32, 32]);
    const [classifier] = subject.models;
    const predict = predictLatency(table, classifier!, subject.inputOf);
    for (const candidate of subnets) {
      const { subnet, parts, input } = alone(candidate);
      assert.equal(predict(candidate), createLatency(parts, input, table.times)(subnet));
    }
    const { table: content } = table;
    const layers = content.layers.filter(({ input }) => !(input.length === 3 && input[1] === 24));
    assert.throws(
      () => predictLatency(indexTable("part", { ...content, layers }), classifier!, subject.inputOf),
      says("part lacks 3 of the", "at 3x24x24, first patch_embed"),
    );
  });

  it("trains each iteration on images of the size that its subnets choose", async () => {
    const { classes, train, heldOut } = run.get(trainingImages);
    const batching = { batchSize: 4, microBatch: 2 };
    using data = openClassifierData(recipe, { classes, train, val: heldOut }, batching);
    const sampler = data.inImageSize(uniformSampler(space, ["test"]));
    const seen = new Set<number>();
    let iteration = 0;
    for await (const batch of data.train.train(0, 12)) {
      const [subnet] = sampler.at(iteration++);
      for (const { shape } of batch) assert.deepEqual(shape.slice(2), [subnet![DECISION], subnet![DECISION]]);
      seen.add(Number(subnet![DECISION]));
    }
    assert.equal(seen.size, sizes.length);
  });

  it("evaluates and retrains a subnet on images of its size", async () => {
    const { classes, train, heldOut } = run.get(trainingImages);
    const batching = { batchSize: 4, microBatch: null };
    using data = openClassifierData(recipe, { classes, train, val: heldOut }, batching);
    using scored = scoringImages(recipe, heldOut, { batchSize: 8, images: 10 });
    for (const size of sizes) {
      const own = data.of({ [DECISION]: size });
      const images = scored.of({ [DECISION]: size });
      const sources = [own.val, images, images.part(0.5).batches];
      for (const source of sources) {
        for await (const { shape } of source) assert.deepEqual(shape.slice(2), [size, size]);
      }
      for (const source of [own.train.train(0, 3), own.train.lend(0, 3)]) {
        for await (const [batch] of source) assert.deepEqual(batch!.shape, [4, 3, size, size]);
      }
      assert.equal(data.of({ [DECISION]: size, depth: 3 }), own);
    }
  });
});

it("a convolutional space has the decision too, with limits of the candidate's own size", async () => {
  const run = createRun(withSettings(mixedQuickstart, settings));
  const { space, measure } = await searchProblem(run);
  const subnet = sampleSubnet(space, Random.of("convolutional"));
  const flops = sizes.map((size) => measure({ ...subnet, [DECISION]: size }).flops!);
  assert.ok(flops[0]! < flops[2]! && flops[2]! < flops[1]!);
});

describe("image sizes are refused", () => {
  const refused = (changes: readonly string[], ...parts: string[]) =>
    assert.rejects(
      async () => {
        const changed = withSettings(autoFormerQuickstart, [...settings.slice(0, 1), ...changes]);
        await createRun(changed).get(searchedSpace);
      },
      says(...parts),
    );
  const bilinear = "classification.interpolation=bilinear";

  it("without an interpolation", () =>
    refused([`${DECISION}=[16, 32]`], 'interpolation: got null, expected "bilinear" or "bicubic"'));

  it("if the shorter side for evaluation is less than the largest", () =>
    refused(
      [`${DECISION}=[16, 32]`, bilinear, "classification.evalResize=24"],
      "evalResize: got 24, expected at least imageSize, which is 32",
    ));

  it("if the space is for images of another size", () =>
    refused(
      [`${DECISION}=[32, 40]`, bilinear],
      `${DECISION}: the largest is 40, but space autoformer-tiny is for images of 32x32: set both`,
    ));

  it("if they cannot be split into patches", () =>
    refused(
      [`${DECISION}=[20, 32]`, bilinear],
      `${DECISION}: images of 20x20 cannot be split into patches of 8x8: use multiples of 8`,
    ));

  it("for the classifier of a detection recipe", () =>
    assert.throws(
      () => withSettings(detnasQuickstart, [`${DECISION}=[16, 32]`]),
      says("classification.imageSize: got [16,32], expected a number"),
    ));
});
