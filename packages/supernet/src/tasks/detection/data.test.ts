import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { UserError } from "@supernet/base";
import { withSettings } from "../../recipes/define.js";
import { detnasFrcnnShufflenetv2Coco } from "../../recipes/detnas-frcnn-shufflenetv2-coco.js";
import { createRun } from "../../recipes/load.js";
import { type Settings, tinyPublished, toSettings, writePhotographs } from "../../testing/recipes.js";
import { detectionSets, openClassification, openDetection } from "./data.js";
import type { DetectionContext, DetectionRecipe } from "./settings.js";

const folder = mkdtempSync(join(tmpdir(), "data-"));
before(() => writePhotographs(folder));
after(() => rmSync(folder, { recursive: true, force: true }));

const recipeWith = (settings: Settings): DetectionRecipe =>
  withSettings(detnasFrcnnShufflenetv2Coco, toSettings({ ...tinyPublished(folder), ...settings }));
const contextOf = (recipe: DetectionRecipe) =>
  ({ run: createRun(recipe), recipe, folder: () => folder }) as unknown as DetectionContext;
const refusal = (message: RegExp) => (error: unknown) => {
  assert.ok(error instanceof UserError, String(error));
  assert.match(error.message, message);
  return true;
};

describe("settings for more images than there are", () => {
  const cases: readonly (readonly [Settings, RegExp])[] = [
    [
      { "steps.search.images": 2 },
      /^steps\.search\.images: got 2, but there are 1 for the search: use a smaller value$/,
    ],
    [{ "steps.test.sampleImages": 5 }, /^steps\.test\.sampleImages: got 5, but there are 4 test images/],
    [
      { "steps.search.batchNorm": "{mode: recalibrate, images: 9, batchSize: 2}" },
      /^steps\.search\.batchNorm\.images: got 9, but there are 7 training images/,
    ],
  ];
  for (const [settings, message] of cases) {
    it(`are refused: ${Object.keys(settings)}`, () =>
      assert.rejects(openDetection(contextOf(recipeWith(settings))), refusal(message)));
  }

  it("are refused: classification.evalImages", () => {
    const recipe = recipeWith({ "classification.evalImages": 5 });
    assert.throws(
      () => openClassification(contextOf(recipe), recipe.steps.pretrain!),
      refusal(/^classification\.evalImages: got 5, but there are 4 images to evaluate: use a smaller value$/),
    );
  });
});

describe("images for the search", () => {
  const boxed = () => join(folder, "boxed");
  const counts = async (recipe: DetectionRecipe) => {
    const { train, search, test } = await detectionSets(createRun(recipe), folder);
    return [train, search, test].map(({ samples }) => samples.length);
  };
  const { "detection.data.folder": _, ...rest } = tinyPublished(folder);
  const withData = (data: string): DetectionRecipe =>
    withSettings(detnasFrcnnShufflenetv2Coco, toSettings({ ...rest, "detection.data": data }));

  it("are a fifth of the training images by default, or the recipe's fraction", async () => {
    assert.deepEqual(await counts(withData(boxed())), [6, 2, 4]);
    assert.deepEqual(await counts(recipeWith({ "detection.data.heldOut": 0.5 })), [4, 4, 4]);
  });

  it("are those in val, if the folder has images for the test too", async () => {
    const three = join(folder, "three");
    cpSync(boxed(), three, { recursive: true });
    cpSync(
      join(three, "annotations", "instances_val.json"),
      join(three, "annotations", "instances_test.json"),
    );
    cpSync(join(three, "images", "val"), join(three, "images", "test"), { recursive: true });
    const { train, search, test } = await detectionSets(createRun(withData(three)), folder);
    assert.deepEqual(
      [train, search, test].map(({ samples }) => samples.length),
      [8, 4, 4],
    );
    assert.match(search.samples[0]!.file, /images\/val/);
    assert.match(test.samples[0]!.file, /images\/test/);
    await assert.rejects(
      counts(withData(`{kind: coco, folder: "${three}", heldOut: 0.5}`)),
      refusal(/^detection\.data\.heldOut: .*three already has images for the search and the test/),
    );
  });

  it("are trained on too, if asked for, but not those without boxes", async () => {
    const partly = join(folder, "without-boxes");
    cpSync(boxed(), partly, { recursive: true });
    const path = join(partly, "annotations", "instances_train.json");
    const { search } = await detectionSets(createRun(withData(partly)), folder);
    const [first] = search.samples;
    const trained = async (data?: "train+search") => {
      using opened = await openDetection(contextOf(withData(partly)), {
        batchSize: 1,
        microBatch: null,
        data,
      });
      const ids = new Set<number>();
      for await (const [batch] of opened.train.train(0, opened.train.images)) ids.add(batch!.items[0]!.id);
      assert.equal(ids.size, opened.train.images);
      return ids;
    };
    const [train, both] = [await trained(), await trained("train+search")];
    assert.deepEqual([train.size, both.size], [6, 8]);
    assert.ok(search.samples.every(({ id }) => both.has(id) && !train.has(id)));
    const file = JSON.parse(readFileSync(path, "utf8"));
    const annotations = file.annotations.filter((box: { image_id: number }) => box.image_id !== first!.id);
    writeFileSync(path, JSON.stringify({ ...file, annotations }));
    both.delete(first!.id);
    assert.deepEqual(await trained("train+search"), both);
  });

  it("have no effect on which training images are filtered", async () => {
    const partly = join(folder, "partly");
    cpSync(boxed(), partly, { recursive: true });
    const path = join(partly, "annotations", "instances_train.json");
    const file = JSON.parse(readFileSync(path, "utf8"));
    const keep = (ids: readonly number[]) => {
      const annotations = file.annotations.filter((box: { image_id: number }) => ids.includes(box.image_id));
      writeFileSync(path, JSON.stringify({ ...file, annotations }));
    };
    const withEmpty = (data: string) =>
      withSettings(
        detnasFrcnnShufflenetv2Coco,
        toSettings({ ...rest, "detection.data": data, "detection.filterEmpty": false }),
      );
    const idsOf = async (recipe: DetectionRecipe) => {
      const { train, search, test, filtered } = await detectionSets(createRun(recipe), folder);
      return { filtered, ids: [train, search, test].map(({ samples }) => samples.map(({ id }) => id)) };
    };
    keep([]);
    await assert.rejects(
      counts(withData(partly)),
      refusal(/^detection\.data: none of the 6 training images has a box: add annotations of objects$/),
    );
    await assert.rejects(counts(withEmpty(partly)), refusal(/none of the 6 training images has a box/));
    keep([1, 2, 3, 4]);
    const all = await idsOf(withEmpty(partly));
    const filtered = await idsOf(withData(partly));
    assert.deepEqual(
      all.ids.map(({ length }) => length),
      [6, 2, 4],
    );
    assert.deepEqual(
      filtered.ids[0],
      all.ids[0]!.filter((id) => id <= 4),
    );
    assert.deepEqual(filtered.ids.slice(1), all.ids.slice(1));
    assert.deepEqual([all.filtered, filtered.filtered], [0, 6 - filtered.ids[0]!.length]);
    assert.ok(filtered.filtered > 0);
  });

  it("are the folder's own if it has any, and then heldOut is refused", async () => {
    const own = join(folder, "own");
    cpSync(boxed(), own, { recursive: true });
    cpSync(join(own, "annotations", "instances_val.json"), join(own, "annotations", "instances_search.json"));
    cpSync(join(own, "images", "val"), join(own, "images", "search"), { recursive: true });
    assert.deepEqual(await counts(withData(own)), [8, 4, 4]);
    await assert.rejects(
      counts(withData(`{kind: coco, folder: "${own}", heldOut: 0.5}`)),
      refusal(
        /^detection\.data\.heldOut: .*own already has images for the search .*: set detection\.data to the folder/,
      ),
    );
  });
});
