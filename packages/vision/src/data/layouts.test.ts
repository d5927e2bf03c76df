import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, describe, it } from "node:test";
import { UserError } from "@supernet/base";
import sharp from "sharp";
import { classificationBatches } from "../batches/classification.js";
import { detectionBatches } from "../batches/detection.js";
import { openCifar } from "./cifar.js";
import { holdOut } from "./classification-set.js";
import { openDetectionFolder } from "./detection-folder.js";
import type { DetectionSet } from "./detection-set.js";
import { openImageFolder } from "./image-folder.js";
import { openLabeledFolder } from "./labeled-folder.js";
import { openVoc } from "./pascal-voc.js";
import { openYolo } from "./yolo.js";

const root = mkdtempSync(join(tmpdir(), "layouts-"));
after(() => rmSync(root, { recursive: true, force: true }));

/** Files of a data set, by their paths. */
type Files = Readonly<Record<string, string | Uint8Array>>;

let folders = 0;

/** Writes a data set to a new folder. */
function written(files: Files): string {
  const folder = join(root, String(folders++));
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
  return folder;
}

/** Checks that an error is one line with every part, and each part names its place. */
function fails(body: () => unknown, ...parts: string[]): void {
  assert.throws(body, (error) => {
    assert.ok(error instanceof UserError, String(error));
    for (const part of parts) assert.ok(error.message.includes(part), `${part} not in ${error.message}`);
    assert.ok(!error.message.includes("\n"));
    return true;
  });
}

let jpeg: Uint8Array;
let rotated: Uint8Array;
before(async () => {
  const image = sharp({ create: { width: 100, height: 50, channels: 3, background: "red" } });
  jpeg = await image.jpeg().toBuffer();
  rotated = await image.withMetadata({ orientation: 6 }).jpeg().toBuffer();
});

const boxesOf = ({ samples }: DetectionSet) => samples.map(({ boxes }) => [...boxes]);
const labelsOf = ({ samples }: DetectionSet) => samples.map(({ labels }) => [...labels]);

describe("Pascal VOC", () => {
  const object = (name: string, [xmin, ymin, xmax, ymax]: readonly unknown[], more = "") =>
    `<object><name>${name}</name>${more}<bndbox><xmin>${xmin}</xmin><ymin>${ymin}</ymin>` +
    `<xmax>${xmax}</xmax><ymax>${ymax}</ymax></bndbox></object>`;
  const xml = (objects: string, size = "<width>100</width><height>50</height><depth>3</depth>") =>
    `<annotation><filename>a.jpg</filename><size>${size}</size>${objects}</annotation>`;
  const part = "<part><name>head</name><bndbox><xmin>1</xmin></bndbox></part>";
  const files = (): Files => ({
    "Annotations/000001.xml": xml(
      object("dog", [1, 1, 100, 50], part) + object("cat", [11, 21, 30, 40], "<difficult>1</difficult>"),
    ).replace("a.jpg", "000001.jpg"),
    "Annotations/000002.xml": xml(object("cat", [91, 1, 120, 10])).replace("a.jpg", "000002.jpg"),
    "Annotations/000003.xml": xml("").replace("a.jpg", "000003.jpg"),
    "JPEGImages/000001.jpg": jpeg,
    "JPEGImages/000002.jpg": jpeg,
    "JPEGImages/000003.jpg": jpeg,
    "ImageSets/Main/train.txt": "000001\n000003\n",
    "ImageSets/Main/val.txt": "000002  1\n",
  });

  it("has boxes from 0, classes sorted by name, and ignores difficult objects", async () => {
    const folder = written(files());
    const { train, val, test } = openDetectionFolder(folder);
    assert.deepEqual(train.classes, ["cat", "dog"]);
    assert.deepEqual(boxesOf(train), [[0, 0, 100, 50, 10, 20, 30, 40], []]);
    assert.deepEqual(labelsOf(train), [[1, 0], []]);
    assert.deepEqual([...train.samples[0]!.crowd], [0, 1]);
    assert.deepEqual(train.samples[0]!.annotations[1], {
      ...{ id: 2, image_id: 1, category_id: 1, bbox: [10, 20, 20, 20], area: 400, iscrowd: 1 },
    });
    // Clipped to the image.
    assert.deepEqual(boxesOf(val!), [[90, 0, 100, 10]]);
    assert.equal(test, undefined);
    using batches = detectionBatches(train.samples, {}, { batchSize: 1 });
    const { value } = await batches.evaluate().next();
    assert.deepEqual(value!.items[0]!.originalSize, { width: 100, height: 50 });
  });

  it("can have all images for training, trainval, or XML files next to the images", () => {
    const { "ImageSets/Main/train.txt": _, "ImageSets/Main/val.txt": __, ...all } = files();
    assert.equal(openVoc(written(all)).train.samples.length, 3);
    const listed = written({
      ...all,
      "ImageSets/Main/trainval.txt": "000001\n000002",
      "ImageSets/Main/test.txt": "000003",
    });
    const { train, val, test } = openVoc(listed);
    assert.deepEqual(
      [train, val, test].map((set) => set?.samples.length),
      [2, undefined, 1],
    );
    const flat = openDetectionFolder(
      written({
        "train/a.jpg": jpeg,
        "train/a.xml": xml(object("cat", [1, 1, 9, 9])),
        "valid/b.jpeg": jpeg,
        "valid/b.xml": xml(object("cat", [1, 1, 9, 9])),
      }),
    );
    assert.ok(flat.train.samples[0]!.file.endsWith("train/a.jpg"));
    assert.ok(flat.val!.samples[0]!.file.endsWith("valid/b.jpeg"));
  });

  it("reports the mistakes of all files with their places", () => {
    const wrong = written({
      ...files(),
      "Annotations/000001.xml": xml(
        object("dog", [50, 1, 40, 50]) + object("", [1, 1, 2, 2]) + object("cat", [1, "x", 2, 2]),
      ),
      "Annotations/000002.xml": xml(object("cat", [101, 1, 120, 10])),
      "Annotations/000003.xml": "<annotation>\n<size></annotation>",
    });
    fails(
      () => openVoc(wrong),
      "000001.xml: object 1 (dog): the box has no area: correct bndbox",
      "000001.xml: object 2: has no name: add the class",
      "000001.xml: object 3 (cat): bndbox is [1,x,2,2], not numbers",
      "000002.xml: object 1 (cat): the box is outside the image of 100 x 50 pixels",
      "000003.xml:2: is not valid XML",
    );
    const change = (changed: Files) => () => openVoc(written({ ...files(), ...changed }));
    fails(
      change({ "ImageSets/Main/val.txt": "000002\n\n000009" }),
      "val.txt:3: there is no Annotations/000009.xml",
    );
    fails(change({ "ImageSets/Main/val.txt": "../x" }), "val.txt:1: there is no Annotations/../x.xml");
    fails(change({ "ImageSets/Main/val.txt": "" }), "val.txt: lists no images");
    fails(change({ "Annotations/000002.xml": xml("", "<width>0</width>") }), "000002.xml: size is 0 x NaN");
    fails(change({ "Annotations/000002.xml": "<html></html>" }), "the root is <html>, not <annotation>");
    fails(
      change({ "Annotations/000002.xml": xml(object("cow", [1, 1, 9, 9])).replace("a.jpg", "000002.jpg") }),
      "000002.xml: no training image has the class cow",
    );
    const { "JPEGImages/000003.jpg": _, ...incomplete } = files();
    fails(() => openVoc(written(incomplete)), "000003.xml: there is no image 000003.jpg in");
    const many = Object.fromEntries(
      Array.from({ length: 12 }, (_, i) => [`Annotations/${i}.xml`, "<annotation/>"]),
    );
    fails(() => openVoc(written({ ...many, "JPEGImages/x.jpg": jpeg })), "; and 2 more");
  });

  it("does not resolve entities from outside", () => {
    const hostile = `<!DOCTYPE annotation [<!ENTITY x SYSTEM "file:///etc/hostname">]>${xml(object("&x;", [1, 1, 9, 9]))}`;
    fails(
      () => openVoc(written({ ...files(), "Annotations/000001.xml": hostile })),
      "000001.xml:1: is not valid XML",
    );
  });
});

describe("YOLO", () => {
  const files = (): Files => ({
    "data.yaml": "train: images/train\nval: images/val\nnc: 2\nnames: [cat, dog]\n",
    "images/train/a.jpg": jpeg,
    "images/train/b.jpg": jpeg,
    "images/val/c.jpg": jpeg,
    "labels/train/a.txt": "1 0.5 0.5 1 1\n0 0.1 0.2 0.1 0.2\n",
    "labels/val/c.txt": "0 0.95 0.5 0.2 0.4",
  });

  it("has boxes in pixels of the image, and images without objects", async () => {
    const { train, val, test } = openDetectionFolder(written(files()));
    assert.deepEqual(train.classes, ["cat", "dog"]);
    assert.deepEqual(boxesOf(train), [[0, 0, 100, 50, 5, 5, 15, 15], []]);
    assert.deepEqual(labelsOf(train), [[1, 0], []]);
    assert.deepEqual(boxesOf(val!), [[85, 15, 100, 35]]);
    assert.equal(test, undefined);
    using batches = detectionBatches(val!.samples, {}, { batchSize: 1 });
    const { value } = await batches.evaluate().next();
    assert.deepEqual(value!.items[0]!.originalSize, { width: 100, height: 50 });
  });

  it("can have names in a map, a path, folders that other tools write, and lists of images", () => {
    const { "data.yaml": _, ...others } = files();
    const sizes = (data: string, more: Files = {}) => {
      const { train, val } = openYolo(written({ ...others, ...more, "data.yaml": data }));
      return [train.samples.length, val?.samples.length, train.classes.join()];
    };
    const names = "names: {0: cat, 1: dog}";
    assert.deepEqual(sizes(`train: ../images/train\nval: ../images/val\n${names}`), [2, 1, "cat,dog"]);
    assert.deepEqual(sizes(`path: .\ntrain: [images/train, images/val]\n${names}`), [
      3,
      undefined,
      "cat,dog",
    ]);
    assert.deepEqual(sizes(`path: ../elsewhere\ntrain: images/train\n${names}`), [2, undefined, "cat,dog"]);
    const list = { "lists/train.txt": "../images/train/a.jpg\n\n../images/val/c.jpg\n" };
    assert.deepEqual(sizes(`train: lists/train.txt\n${names}`, list), [2, undefined, "cat,dog"]);
    const file = join(written({ ...others, "own.yaml": `train: images/train\n${names}` }), "own.yaml");
    assert.equal(openDetectionFolder(file).train.samples.length, 2);
  });

  it("reports the mistakes of all files with their places", () => {
    const wrong = written({
      ...files(),
      "labels/train/a.txt":
        "1 0.5 0.5 1 1\n2 0.5 0.5 1 1\n0 0.5 0.5 1\n0 50 20 10 10\n0 0.5 x 1 1\n0 0.5 0.5 0 1",
      "labels/val/c.txt": "0.5 0.5 0.5 1 1",
      "images/train/b.jpg": "no image",
      "images/val/d.jpg": rotated,
    });
    fails(
      () => openYolo(wrong),
      "labels/train/a.txt:2: class is 2, but names has the classes 0 to 1",
      "labels/train/a.txt:3: has 4 values",
      "labels/train/a.txt:4: the box is not in fractions of the image",
      'labels/train/a.txt:5: "0 0.5 x 1 1" has a value that is no number',
      "labels/train/a.txt:6: the box has no area",
      "labels/val/c.txt:1: class is 0.5",
      "images/train/b.jpg: is damaged, or not an image",
      "images/val/d.jpg: has the EXIF orientation 6",
    );
    const data = (text: string) => () => openYolo(written({ ...files(), "data.yaml": text }));
    fails(data("train: images/train\nnames: [a"), "data.yaml:", "is not valid YAML");
    fails(data("- 1"), "data.yaml: expected the keys names, train and val");
    fails(
      data("train: images/none\nval: 3\nnc: 3\nnames: {0: cat, 2: dog}"),
      'data.yaml: train: "images/none" does not exist',
      "val: 3 does not exist",
      "nc is 3, but names has 2",
      "names has the key 2: number the classes from 0",
    );
    fails(data("val: images/val"), "names is missing or empty", "train is missing");
    fails(data("train: labels\nnames: [a]"), "train: there are no images");
  });
});

describe("CIFAR", () => {
  /** A record whose red, green and blue planes each have one value, and another one in the first pixel. */
  const record = (labels: readonly number[], colors: readonly number[]) => [
    ...labels,
    ...colors.flatMap((color) => [color + 1, ...Array.from({ length: 1023 }, () => color)]),
  ];
  const cifar10 = (): Files => ({
    ...Object.fromEntries(
      [1, 2, 3, 4, 5].map((batch) => [
        `data_batch_${batch}.bin`,
        Uint8Array.from([...record([batch % 2], [batch, 100, 200]), ...record([1], [9, 8, 7])]),
      ]),
    ),
    "test_batch.bin": Uint8Array.from(record([0], [1, 2, 3])),
    "batches.meta.txt": "airplane\nautomobile\n\n",
  });

  it("10 and 100 have color images in memory", async () => {
    const folder = written(cifar10());
    const { classes, train, openVal } = openLabeledFolder(folder);
    assert.deepEqual(classes, ["airplane", "automobile"]);
    assert.ok(train.kind === "raw");
    assert.deepEqual(
      [train.count, train.channels, [...train.labels]],
      [10, 3, [1, 1, 0, 1, 1, 1, 0, 1, 1, 1]],
    );
    assert.deepEqual([...train.pixels.subarray(0, 6)], [2, 101, 201, 1, 100, 200]);
    assert.deepEqual(openVal().labels.length, 1);
    const [, held] = holdOut(train, 0.5, 0);
    assert.ok(held.kind === "raw" && held.pixels.length === held.count * 3072);
    const settings = { imageSize: 32, evalResize: null, mean: [0, 0, 0], std: [1, 1, 1] } as const;
    using batches = classificationBatches(train, settings, { batchSize: 1 });
    const { images } = (await batches.evaluate(10).next()).value!;
    const values = [0, 1024, 2048].map((plane) => Math.round(255 * images[plane + 5]!));
    assert.deepEqual(values, [1, 100, 200]);
    const hundred = openLabeledFolder(
      written({
        "train.bin": Uint8Array.from(record([7, 1], [1, 2, 3])),
        "test.bin": Uint8Array.from(record([7, 0], [1, 2, 3])),
        "fine_label_names.txt": "apple\nbear\n",
        "coarse_label_names.txt": "fruit\n",
      }),
    );
    assert.deepEqual([hundred.classes, [...hundred.train.labels]], [["apple", "bear"], [1]]);
  });

  it("is reported by name if a file is damaged or missing", () => {
    const change = (changed: Files) => () => openCifar(written({ ...cifar10(), ...changed })).openVal();
    fails(change({ "data_batch_3.bin": new Uint8Array(3072) }), "data_batch_3.bin is damaged (3072 bytes");
    fails(change({ "data_batch_3.bin": "" }), "data_batch_3.bin is damaged (0 bytes");
    fails(
      change({ "test_batch.bin": Uint8Array.from(record([2], [0, 0, 0])) }),
      "test_batch.bin is damaged (record 0 has label 2, and there are 2 classes)",
    );
    const { "data_batch_5.bin": _, ...incomplete } = cifar10();
    fails(() => openCifar(written(incomplete)), "data_batch_5.bin");
    fails(() => openCifar(written({ "a.txt": "" })), "has no files of CIFAR");
  });
});

describe("a flat val folder", () => {
  const files = (list: string, name = "val.txt"): Files => ({
    "train/n01/1.JPEG": "",
    "train/n02/2.JPEG": "",
    "val/ILSVRC2012_val_1.JPEG": "",
    "val/ILSVRC2012_val_2.JPEG": "",
    [name]: list,
  });
  const open = (list: string, name?: string) => openImageFolder(written(files(list, name))).openVal();

  it("has its classes in val.txt, as numbers or names", () => {
    for (const list of [
      "ILSVRC2012_val_2.JPEG 1\nILSVRC2012_val_1.JPEG 0\n",
      "val/ILSVRC2012_val_2.JPEG n02\r\nval/ILSVRC2012_val_1.JPEG n01\r\n",
    ]) {
      const val = open(list);
      assert.ok(val.kind === "files");
      assert.deepEqual(val.labels, [1, 0]);
      assert.ok(val.files[0]!.endsWith("val/ILSVRC2012_val_2.JPEG"));
    }
    const val = open("ILSVRC2012_val_1.JPEG 0\nILSVRC2012_val_2.JPEG 0", "meta/val.txt");
    assert.deepEqual(val.kind === "files" && val.labels, [0, 0]);
  });

  it("reports every line that is wrong, and images without a line", () => {
    fails(
      () => open("ILSVRC2012_val_1.JPEG 2\nILSVRC2012_val_3.JPEG 0\nILSVRC2012_val_1.JPEG 1\nx\n../a 0"),
      "val.txt:1: class 2 is not one of the 2 folders in train",
      "val.txt:2: val/ILSVRC2012_val_3.JPEG does not exist",
      "val.txt:3: ILSVRC2012_val_1.JPEG is also in line 1",
      'val.txt:4: is "x": expected an image and its class',
      "val.txt:5: val/../a does not exist",
      "val/ILSVRC2012_val_2.JPEG: has no class",
    );
    fails(() => open("ILSVRC2012_val_1.JPEG n03"), "class n03 is not one of the 2 folders");
    fails(() => open("", "other.txt"), "has images, but no folders of classes", "val.txt with lines like");
  });
});

it("a folder of no known layout is refused with what is expected", () => {
  fails(() => openDetectionFolder(written({ "a.txt": "" })), "(COCO)", "(YOLO)", "(Pascal VOC)");
});
