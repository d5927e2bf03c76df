import assert from "node:assert/strict";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { UserError } from "@supernet/base";
import fc from "fast-check";
import sharp from "sharp";
import { type ClassificationSamples, holdOut, sampleCount } from "./classification-set.js";
import { openCoco, readCoco } from "./coco.js";
import { splitSet, toGroundTruth } from "./detection-set.js";
import { openIdx, readIdx } from "./idx.js";
import { listImages, openImageFolder } from "./image-folder.js";
import { composeScenes } from "./scenes.js";

const folder = mkdtempSync(join(tmpdir(), "data-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const write = (path: string, content: string | Uint8Array): string => {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
};

function fails(body: () => unknown, ...parts: string[]): void {
  assert.throws(body, (error) => {
    assert.ok(error instanceof UserError, String(error));
    for (const part of parts) assert.ok(error.message.includes(part), error.message);
    return true;
  });
}

function idx(sizes: readonly number[], data: readonly number[]): Buffer {
  const header = Buffer.alloc(4 + 4 * sizes.length);
  header.set([0, 0, 8, sizes.length]);
  for (const [i, size] of sizes.entries()) header.writeUInt32BE(size, 4 + 4 * i);
  return Buffer.concat([header, Buffer.from(data)]);
}

/** Writes a tiny IDX data set whose images all differ in brightness. */
function idxFolder(name: string, train: number, test: number): string {
  const root = join(folder, name);
  const image = (value: number) => Array.from({ length: 64 }, (_, i) => (i % 8 > 1 && i % 8 < 6 ? value : 0));
  let value = 60;
  for (const [part, count] of [
    ["train", train],
    ["t10k", test],
  ] as const) {
    const images = Array.from({ length: count }, () => image(value++));
    write(join(root, `${part}-images-idx3-ubyte.gz`), gzipSync(idx([count, 8, 8], images.flat())));
    write(
      join(root, `${part}-labels-idx1-ubyte`),
      idx(
        [count],
        images.map((_, i) => i % 2),
      ),
    );
  }
  return root;
}

describe("IDX files", () => {
  it("can be compressed or not", () => {
    const set = openIdx(idxFolder("idx", 3, 2));
    assert.deepEqual(set.classes, ["0", "1"]);
    assert.ok(set.train.count === 3 && set.train.width === 8);
    assert.equal(set.openVal().count, 2);
    assert.deepEqual([...set.train.labels], [0, 1, 0]);
  });

  it("are reported by name if they are truncated anywhere", () => {
    const whole = idx([2, 2, 2], [1, 2, 3, 4, 5, 6, 7, 8]);
    for (let length = 0; length < whole.length; length++) {
      fails(() => readIdx(write(join(folder, "cut"), whole.subarray(0, length))), "cut is damaged");
    }
    const zipped = gzipSync(whole);
    for (let length = 2; length < zipped.length; length++) {
      fails(() => readIdx(write(join(folder, "cut.gz"), zipped.subarray(0, length))), "cut.gz is damaged");
    }
  });

  it("are reported if they have another type, have another count or are missing", () => {
    fails(
      () => readIdx(write(join(folder, "float"), Buffer.from([0, 0, 13, 1, 0, 0, 0, 0]))),
      "element type 13",
    );
    const root = idxFolder("counts", 3, 2);
    write(join(root, "train-labels-idx1-ubyte"), idx([2], [0, 1]));
    fails(() => openIdx(root), "train-labels-idx1-ubyte", "2 labels for 3 images");
    const empty = idxFolder("empty", 3, 3);
    write(
      join(empty, "train-images-idx3-ubyte"),
      Buffer.from([0, 0, 8, 3, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0, 0]),
    );
    fails(() => openIdx(empty), "has 3 x 0 x 0 pixels");
    fails(() => openIdx(join(folder, "nowhere")), "nowhere", "does not exist");
  });

  it("for testing are not read before openVal is called", () => {
    const root = idxFolder("untested", 3, 2);
    write(join(root, "t10k-labels-idx1-ubyte"), idx([2], [0, 2]));
    const { train, openVal } = openIdx(root);
    assert.equal(train.count, 3);
    fails(openVal, "untested", "test images have label 2, training images none above 1");
    write(join(root, "t10k-labels-idx1-ubyte"), "no labels");
    fails(openVal, "t10k-labels-idx1-ubyte is damaged");
    assert.equal(openIdx(root).train.count, 3);
  });
});

describe("holdOut", () => {
  const labeled = (labels: readonly number[]): ClassificationSamples => ({
    kind: "files",
    files: labels.map((label, i) => `${label}/${i}.jpg`),
    labels,
  });
  const idsIn = (samples: ClassificationSamples): readonly (string | number)[] =>
    samples.kind === "files" ? samples.files : [...samples.pixels];

  it("takes a fraction of every class, the same for the same seed, and removes it from the rest", () => {
    const labels = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(labels, fc.double({ min: 0.01, max: 0.99, noNaN: true }), fc.nat(), (all, part, seed) => {
        const samples = labeled(all);
        const [rest, held] = holdOut(samples, part, seed);
        assert.deepEqual(holdOut(samples, part, seed), [rest, held]);
        assert.deepEqual([...idsIn(rest), ...idsIn(held)].sort(), [...idsIn(samples)].sort());
        for (const one of [rest, held]) {
          assert.ok(one.kind === "files");
          for (const [i, file] of one.files.entries()) assert.ok(file.startsWith(`${one.labels[i]}/`));
        }
        for (const label of new Set(all)) {
          const count = (samples: ClassificationSamples) =>
            Array.from(samples.labels).filter((one) => one === label).length;
          const whole = count(samples);
          const expected = Math.min(whole - 1, Math.max(1, Math.round(whole * part)));
          assert.deepEqual([count(rest), count(held)], [whole - expected, expected]);
        }
      }),
    );
  });

  it("takes other images for another seed, with their pixels", () => {
    const labels = Uint8Array.from({ length: 40 }, (_, i) => i % 2);
    const pixels = Uint8Array.from({ length: 40 }, (_, i) => i);
    const raw: ClassificationSamples = { kind: "raw", pixels, labels, count: 40, height: 1, width: 1 };
    const [rest, held] = holdOut(raw, 0.25, 1);
    assert.deepEqual([sampleCount(rest), sampleCount(held)], [30, 10]);
    for (const { labels: own, ...one } of [rest, held])
      for (const [i, id] of idsIn({ ...one, labels: own } as ClassificationSamples).entries())
        assert.equal(own[i], Number(id) % 2);
    assert.notDeepEqual(idsIn(holdOut(raw, 0.25, 2)[1]), idsIn(held));
  });
});

describe("image folders", () => {
  it("sort classes by name, and must have the same classes in both splits", () => {
    const root = join(folder, "images");
    for (const name of [
      "train/cat/a.jpg",
      "train/cat/b.JPG",
      "train/ant/c.png",
      "val/cat/d.jpg",
      "val/ant/e.jpg",
    ]) {
      write(join(root, name), "");
    }
    const set = openImageFolder(root);
    assert.deepEqual(set.classes, ["ant", "cat"]);
    assert.deepEqual(set.train.kind === "files" && set.train.labels, [0, 1, 1]);
    write(join(root, "val/dog/f.jpg"), "");
    fails(() => openImageFolder(root).openVal(), "class dog is not in both");
    fails(() => openImageFolder(join(folder, "none")), "does not exist: expected train/<class>");
  });

  it("list the images of all subfolders, and of linked ones once", () => {
    const root = join(folder, "nested");
    for (const name of ["b.png", "a/2.jpg", "a/1.WEBP", "a/c/d.jpeg", "notes.txt", "a/c/list.json"])
      write(join(root, name), "");
    write(join(folder, "linked/e.jpg"), "");
    symlinkSync(join(folder, "linked"), join(root, "to-linked"));
    symlinkSync(root, join(root, "a/to-itself"));
    symlinkSync(join(folder, "nowhere"), join(root, "broken"));
    const names = ["a/1.WEBP", "a/2.jpg", "a/c/d.jpeg", "b.png", "to-linked/e.jpg"];
    assert.deepEqual(
      listImages(root),
      names.map((name) => join(root, name)),
    );
    fails(() => listImages(join(folder, "none")), "cannot read", "does not exist");
  });
});

describe("COCO files", () => {
  const base = {
    images: [{ id: 5, file_name: "a.png", width: 100, height: 50 }],
    categories: [
      { id: 9, name: "b" },
      { id: 2, name: "a" },
    ],
    annotations: [] as object[],
  };
  const annotation = { id: 1, image_id: 5, category_id: 9, bbox: [10, 10, 20, 20], area: 400, iscrowd: 0 };
  const read = (value: unknown) => {
    write(join(folder, "coco/a.png"), "");
    const path = write(
      join(folder, "coco/gt.json"),
      typeof value === "string" ? value : JSON.stringify(value),
    );
    return readCoco(path, join(folder, "coco"));
  };

  it("have boxes clipped to the image, and labels in the order of category ids", () => {
    const set = read({
      ...base,
      annotations: [
        annotation,
        { ...annotation, id: 2, bbox: [90, 40, 30, 30] },
        { ...annotation, id: 3, bbox: [1, 1, 0, 5] },
      ],
    });
    assert.deepEqual(set.classes, ["a", "b"]);
    assert.deepEqual([...set.samples[0]!.boxes], [10, 10, 30, 30, 90, 40, 100, 50]);
    assert.deepEqual([...set.samples[0]!.labels], [1, 1]);
    assert.equal(toGroundTruth(set).annotations.length, 3);
  });

  it("report the annotation that is wrong, and how to fix it", () => {
    const one = (change: object) => () => read({ ...base, annotations: [{ ...annotation, ...change }] });
    fails(one({ category_id: 77 }), "gt.json", "annotation 1", "category 77", "correct its category_id");
    fails(one({ image_id: 8 }), "annotation 1", "image 8");
    fails(one({ bbox: [200, 10, 5, 5] }), "annotation 1 is outside its image a.png");
    fails(one({ bbox: [1, 2, null, 4] }), "annotation 1 has the box");
    fails(one({ bbox: "x" }), "annotations[0].bbox");
    fails(
      () => read({ ...base, images: [{ ...base.images[0], file_name: "../../etc/passwd" }] }),
      "is outside the image folder",
    );
    fails(() => read({ ...base, images: [{ ...base.images[0], width: -1 }] }), "images[0].width");
    fails(() => read({ ...base, images: [base.images[0], base.images[0]] }), "same id");
    fails(() => read(JSON.stringify(base).slice(0, 50)), "gt.json is not valid JSON");
    fails(() => read("[]"), "gt.json");
    fails(() => openCoco(join(folder, "nowhere")), "nowhere does not contain a COCO data set");
  });

  it("split without overlap, in the same way for the same seed", () => {
    const set = {
      classes: [],
      categoryIds: [],
      samples: Array.from({ length: 20 }, (_, id) => ({ id }) as never),
    };
    const ids = (seed: number) => splitSet(set, 0.25, seed).map(({ samples }) => samples.map(({ id }) => id));
    const [rest, part] = ids(1);
    assert.equal(part!.length, 5);
    assert.deepEqual(
      [...rest!, ...part!].sort((a, b) => a - b),
      Array.from({ length: 20 }, (_, i) => i),
    );
    assert.deepEqual(ids(1), ids(1));
    assert.notDeepEqual(ids(2), ids(1));
  });
});

describe("scenes", () => {
  const settings = {
    items: idxFolder("items", 12, 8),
    canvas: 48,
    train: 6,
    search: 4,
    test: 4,
    itemsPerScene: [1, 2] as const,
    itemSize: [16, 24] as const,
    seed: 3,
  };

  it("are the same for the same settings, and have tight boxes inside the canvas", async () => {
    const [one, two] = [join(folder, "s1"), join(folder, "s2")];
    await composeScenes(one, settings);
    await composeScenes(two, settings);
    for (const name of [
      "annotations/instances_train.json",
      "images/train/000001.png",
      "images/test/000004.png",
    ]) {
      assert.deepEqual(readFileSync(join(one, name)), readFileSync(join(two, name)), name);
    }
    const { train, search, test } = openCoco(one);
    assert.deepEqual(
      [train, search, test].map((set) => set!.samples.length),
      [6, 4, 4],
    );
    for (const { boxes } of train.samples) {
      assert.ok(boxes.length > 0);
      assert.ok(boxes.every((value) => value >= 0 && value <= 48));
      // The visible stripe is half of the item's width and all of its height.
      for (let i = 0; i < boxes.length; i += 4)
        assert.ok(boxes[i + 3]! - boxes[i + 1]! > boxes[i + 2]! - boxes[i]!);
    }
  });

  it("are composed again only if settings differ, a file is damaged or writing was interrupted", async () => {
    const target = join(folder, "s3");
    write(join(`${target}.part`, "images/train/000001.png"), "half");
    await composeScenes(target, settings);
    assert.ok(!existsSync(`${target}.part`));
    const first = readFileSync(join(target, "images/train/000001.png"));
    let composed = 0;
    const count = () => void composed++;
    await composeScenes(target, settings, count);
    assert.equal(composed, 0);
    write(join(target, "images/train/000001.png"), "damaged");
    await composeScenes(target, settings, count);
    assert.equal(composed, 14);
    assert.deepEqual(readFileSync(join(target, "images/train/000001.png")), first);
    await composeScenes(target, { ...settings, seed: 4 });
    assert.notDeepEqual(readFileSync(join(target, "images/train/000001.png")), first);
  });

  it("are composed once by concurrent calls that find them damaged", async () => {
    const target = join(folder, "s5");
    await composeScenes(target, settings);
    write(join(target, "images/train/000001.png"), "damaged");
    let composed = 0;
    await Promise.all(
      Array.from({ length: 3 }, () => composeScenes(target, settings, () => void composed++)),
    );
    assert.equal(composed, 14);
    const left = readdirSync(folder).filter((name) => /^\.?s5/.test(name));
    assert.deepEqual(left, ["s5"]);
  });

  it("share no images between splits, as their brightness shows", async () => {
    const target = join(folder, "s4");
    // Items differ in brightness: dark for train, medium for search, bright for test.
    const root = join(folder, "kinds");
    const stripe = (value: number) =>
      Array.from({ length: 64 }, (_, i) => (i % 8 > 1 && i % 8 < 6 ? value : 0));
    for (const [part, values] of [
      ["train", [60, 60, 60]],
      ["t10k", [150, 150, 250, 250]],
    ] as const) {
      write(
        join(root, `${part}-images-idx3-ubyte`),
        idx(
          [values.length, 8, 8],
          values.flatMap((value) => stripe(value)),
        ),
      );
      write(
        join(root, `${part}-labels-idx1-ubyte`),
        idx(
          [values.length],
          values.map(() => 0),
        ),
      );
    }
    await composeScenes(target, { ...settings, items: root, itemsPerScene: [1, 1] });
    const brightest = async (split: string) => {
      const values = await Promise.all(
        openCoco(target)[split as "train"].samples.map(async ({ file, boxes }) => {
          const [x1, y1, x2, y2] = [...boxes] as [number, number, number, number];
          const region = {
            left: Math.ceil((x1 + x2) / 2) - 1,
            top: Math.ceil((y1 + y2) / 2) - 1,
            width: 2,
            height: 2,
          };
          const { channels } = await sharp(await sharp(file).extract(region).toBuffer()).stats();
          return Math.max(...channels.map(({ max }) => max));
        }),
      );
      return { low: Math.min(...values), high: Math.max(...values) };
    };
    const [train, search, test] = [
      await brightest("train"),
      await brightest("search"),
      await brightest("test"),
    ];
    assert.ok(train.high <= 40 + 60 * 0.84 + 1, `train ${train.high}`);
    assert.ok(
      search.high <= 40 + 150 * 0.84 + 1 && search.low > 90,
      `search ${search.low} to ${search.high}`,
    );
    assert.ok(test.high <= 40 + 250 * 0.84 + 1 && test.low > 130, `test ${test.low} to ${test.high}`);
  });
});

describe("data sets in ../shared/data", () => {
  const shared = fileURLToPath(new URL("../../../../../shared/data", import.meta.url));
  const skip = existsSync(shared) ? false : "they do not exist";

  it("can be opened without changes", { skip }, () => {
    for (const [name, classes, train, val] of [
      ["bccd", 3, 292, 72],
      ["playing-cards", 6, 296, 67],
    ] as const) {
      const set = openCoco(join(shared, name));
      assert.deepEqual(
        [set.train.classes.length, set.train.samples.length, set.val?.samples.length],
        [classes, train, val],
      );
    }
    assert.equal(openImageFolder(join(shared, "trashnet")).classes.length, 6);
  });
});
