import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { says } from "../testing/recipes.js";
import { annotatedIds, numberedIds, toResults } from "./coco.js";

const folder = mkdtempSync(join(tmpdir(), "coco-"));
after(() => rmSync(folder, { recursive: true, force: true }));

function annotations(
  name: string,
  files: readonly (readonly [string, number])[],
  categories: readonly string[],
) {
  const path = join(folder, name);
  const truth = {
    images: files.map(([file_name, id]) => ({ id, file_name })),
    annotations: [],
    categories: categories.map((category, i) => ({ id: 10 * (i + 1), name: category })),
  };
  writeFileSync(path, JSON.stringify(truth));
  return path;
}
const images = ["val/a.jpg", "val/deep/b.jpg"].map((path) => ({ path: join(folder, path), name: path }));

describe("COCO's ids", () => {
  it("are numbers from 1 without annotations", () => {
    assert.deepEqual(numberedIds(images, ["cat", "dog", "cow"]), { images: [1, 2], categories: [1, 2, 3] });
  });

  it("are those of the longest file name that matches, and of the class names", () => {
    const path = annotations(
      "all.json",
      [
        ["a.jpg", 7],
        ["b.jpg", 8],
        ["deep/b.jpg", 9],
      ],
      ["dog", "cat"],
    );
    assert.deepEqual(annotatedIds(path, images, ["cat", "dog"]), { images: [7, 9], categories: [20, 10] });
  });

  it("report all images and classes that are missing or ambiguous", () => {
    const few = annotations("few.json", [["a.jpg", 7]], ["dog", "dog"]);
    assert.throws(
      () => annotatedIds(few, images, ["cat", "dog"]),
      says(
        "few.json does not match: ",
        "category dog is listed twice; no image ",
        "b.jpg; no category cat: use",
      ),
    );
    const twice = annotations("twice.json", [["a.jpg", 7]], ["dog"]);
    const same = ["x/a.jpg", "y/a.jpg"].map((path) => ({ path, name: "a.jpg" }));
    assert.throws(() => annotatedIds(twice, same, ["dog"]), says("x/a.jpg and y/a.jpg are the same image"));
  });

  it("are in the results", () => {
    const found = [{ class: "dog", label: 1, score: 0.5, box: [1, 2, 3, 4] }] as const;
    assert.deepEqual(toResults(found, 7, [20, 10]), [
      { image_id: 7, category_id: 10, bbox: [1, 2, 3, 4], score: 0.5 },
    ]);
  });
});
