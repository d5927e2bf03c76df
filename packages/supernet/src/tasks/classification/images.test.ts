import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { autoFormerTinyImageNet } from "../../recipes/autoformer-imagenet.js";
import { withSettings } from "../../recipes/define.js";
import { createRun } from "../../recipes/load.js";
import { tinyAutoFormer, toSettings, writePhotographs } from "../../testing/recipes.js";
import { trainedImages, trainingImages } from "./images.js";

const folder = mkdtempSync(join(tmpdir(), "images-"));
before(() => writePhotographs(folder));
after(() => rmSync(folder, { recursive: true, force: true }));

test("the found network can be trained on the images for the search too", () => {
  const run = createRun(withSettings(autoFormerTinyImageNet, toSettings(tinyAutoFormer(folder))));
  const images = run.get(trainingImages);
  const filesOf = (samples: typeof images.train) => (samples.kind === "files" ? samples.files : []);
  const [train, heldOut] = [filesOf(images.train), filesOf(images.heldOut)];
  assert.deepEqual([train.length, heldOut.length], [4, 4]);
  assert.deepEqual(filesOf(trainedImages(images, {})), train);
  assert.deepEqual(filesOf(trainedImages(images, { data: "train" })), train);
  assert.deepEqual(
    filesOf(trainedImages(images, { data: "train+search" })).toSorted(),
    [...train, ...heldOut].toSorted(),
  );
});
