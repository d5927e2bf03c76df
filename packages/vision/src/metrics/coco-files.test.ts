import assert from "node:assert/strict";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import { UserError } from "@supernet/base";
import { readDetections, readGroundTruth } from "./coco-files.js";

const folder = mkdtempSync(join(tmpdir(), "coco-files-"));
const write = (name: string, value: unknown): string => {
  const path = join(folder, name);
  writeFileSync(path, typeof value === "string" ? value : JSON.stringify(value));
  return path;
};
const truth = {
  images: [{ id: 7 }],
  categories: [{ id: 3, name: "cell" }],
  annotations: [{ id: 1, image_id: 7, category_id: 3, bbox: [1, 2, 3, 4], area: 12 }],
};
const fails = (read: () => unknown, ...parts: string[]): void =>
  assert.throws(read, (error) => {
    assert.ok(error instanceof UserError);
    for (const part of parts) assert.ok(error.message.includes(part), error.message);
    assert.ok(!error.message.includes("\n"));
    return true;
  });

describe("COCO files", () => {
  it("have iscrowd 0 by default", () => {
    assert.equal(readGroundTruth(write("gt.json", truth)).annotations[0]!.iscrowd, 0);
    const found = [{ image_id: 7, category_id: 3, bbox: [1, 2, 3, 4], score: 0.5 }];
    assert.deepEqual(
      readDetections(write("dt.json", found), readGroundTruth(join(folder, "gt.json"))),
      found,
    );
  });

  it("are reported by name if they are missing, truncated or of another kind", () => {
    fails(() => readGroundTruth(join(folder, "none.json")), "none.json", "check the path");
    fails(() => readGroundTruth(write("cut.json", JSON.stringify(truth).slice(0, 40))), "cut.json", "JSON");
    fails(() => readGroundTruth(write("other.json", { images: [] })), "other.json", "annotations");
  });

  it("are reported if an image or category does not exist", () => {
    const gt = readGroundTruth(write("gt.json", truth));
    const found = { image_id: 7, category_id: 3, bbox: [1, 2, 3, 4], score: 0.5 };
    fails(() => readDetections(write("i.json", [{ ...found, image_id: 8 }]), gt), "i.json", "image 8");
    fails(() => readDetections(write("c.json", [{ ...found, category_id: 9 }]), gt), "c.json", "category 9");
  });
});
