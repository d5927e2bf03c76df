import assert from "node:assert/strict";
import { test } from "node:test";
import { parseRecipe } from "../recipe/define.js";
import { detnasQuickstart } from "../recipes/detnas-quickstart.js";
import { checkClassification, checkDetection } from "./check.js";

const space = { name: "autoformer-tiny", imageSize: 64, depth: [1, 2] };
const recipe = parseRecipe({ ...detnasQuickstart, space }, "recipe");

test("images of another size than the space takes are refused before a run", async () => {
  const { imageSize } = recipe.classification;
  await assert.rejects(
    checkClassification(recipe),
    new RegExp(
      `classification\\.imageSize: got ${imageSize}, but space autoformer-tiny .* 64x64 .*same size$`,
    ),
  );
});

test("a detector on a space without maps is refused before a run", async () => {
  await assert.rejects(
    checkDetection(recipe),
    /space autoformer-tiny hands out no feature maps.*take a space/,
  );
});
