import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { writePictures } from "../testing/predict.js";
import { says } from "../testing/recipes.js";
import { damageOf, drawnPaths, listInputs, requireReadable } from "./inputs.js";

const folder = mkdtempSync(join(tmpdir(), "inputs-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string) => join(folder, name);
before(async () => {
  await writePictures(
    at("photos/b"),
    [
      [8, 8],
      [9, 9],
    ],
    "png",
  );
  await writePictures(at("photos"), [[8, 8]]);
  mkdirSync(at("empty"));
  writeFileSync(at("text.jpg"), "text");
  writeFileSync(at("photos/notes.txt"), "");
});

describe("the images that a user names", () => {
  it("are files, and those in folders, each once", () => {
    const images = listInputs([at("photos/b/1.png"), at("photos"), at("photos/../photos/0.jpg")]);
    assert.deepEqual(
      images.map(({ path, name }) => [path, name]),
      [
        [at("photos/b/1.png"), "1.png"],
        [at("photos/0.jpg"), "0.jpg"],
        [at("photos/b/0.png"), join("b", "0.png")],
      ],
    );
  });

  it("are missing in a folder without images", () => {
    assert.throws(
      () => listInputs([at("photos"), at("empty")]),
      says("empty contains no images: expected .jpg"),
    );
  });

  it("are reported together if they cannot be read", async () => {
    await requireReadable(listInputs([at("photos")]));
    await assert.rejects(
      requireReadable(listInputs([at("photos"), at("text.jpg"), at("none.png")])),
      says(
        "2 of 5 images cannot be read: ",
        "text.jpg is damaged or not an image",
        "; cannot read image",
        "none.png: it does not exist",
      ),
    );
    await assert.rejects(requireReadable(listInputs([at("none.png")])), says("cannot read image"));
  });

  it("are damaged or not", async () => {
    assert.equal(await damageOf(at("photos/0.jpg")), undefined);
    assert.match((await damageOf(at("text.jpg")))!, /^.*text\.jpg is damaged or not an image/);
  });
});

describe("drawn pictures", () => {
  it("have the names of the images, as PNG unless they are JPEG files", () => {
    const names = ["a.jpg", "b/c.PNG", "d.webp", "e.JPEG"];
    const images = names.map((name) => ({ path: at(name), name }));
    const expected = ["a.jpg", "b/c.PNG", "d.webp.png", "e.JPEG"].map((name) => join("drawn", name));
    assert.deepEqual(drawnPaths("drawn", images), expected);
  });

  it("replace neither images nor each other", () => {
    const image = (path: string, name: string) => ({ path: at(path), name });
    assert.throws(
      () => drawnPaths(at("photos"), [image("photos/0.jpg", "0.jpg")]),
      says("--draw", "would replace the image", "0.jpg: use another folder"),
    );
    assert.throws(
      () => drawnPaths("drawn", [image("a/0.jpg", "0.jpg"), image("b/0.jpg", "0.jpg")]),
      says("a/0.jpg and ", "b/0.jpg would both be drawn to drawn/0.jpg: name the folder"),
    );
  });
});
