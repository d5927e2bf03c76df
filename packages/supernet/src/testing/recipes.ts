// For tests: settings that make recipes run in seconds, and data for recipes that need user data.
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Random, UserError } from "@supernet/base";
import sharp from "sharp";
import type { Recipe } from "../recipe/common.js";

export type Settings = Readonly<Record<string, unknown>>;

/** Formats settings for the command line. Undefined ones are omitted. */
export const toSettings = (settings: Settings): string[] =>
  Object.entries(settings).flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${value}`]));

/**
 * Settings of a small quickstart with a small detector, on the images of `writeGrayImages`. One thread makes equal runs
 * bit-identical.
 */
export const tinyQuickstart = (folder: string): Settings => ({
  threads: 1,
  workers: 0,
  scorers: 1,
  space: "{name: spos-shufflenetv2, stem: 8, blocks: [1, 2, 1, 1], channels: [16, 24, 32, 48], last: 64}",
  "classification.data": folder,
  "detection.data.items": folder,
  "detector.pyramid.channels": 16,
  "detector.head.convs": "[16]",
  "detector.head.fcs": "[32]",
  "detection.data.canvas": 64,
  "detection.data.train": 24,
  "detection.data.search": 6,
  "detection.data.test": 6,
  "detection.data.itemSize": "[16, 32]",
  "detection.size": "{short: 64, long: 96}",
  "classification.evalImages": 40,
  "steps.pretrain.epochs": 0.75,
  "steps.pretrain.batchSize": 16,
  "steps.pretrain.warmup.iterations": 5,
  "steps.pretrain.checkpointEvery": 4,
  "steps.finetune.epochs": 4,
  "steps.finetune.warmup.iterations": 4,
  "steps.finetune.checkpointEvery": 5,
  "steps.search.strategy.populationSize": 4,
  "steps.search.strategy.generations": 2,
  "steps.search.strategy.topK": 2,
  "steps.search.strategy.mutations.children": 2,
  "steps.search.strategy.crossovers": 1,
  "steps.search.constraints.flops.max": "7.5e5",
  "steps.search.input": "[3, 64, 64]",
  "steps.search.batchNorm": "{mode: recalibrate, images: 8, batchSize: 8}",
  "steps.retrain.epochs": 0.75,
  "steps.retrain.batchSize": 16,
  "steps.retrain.warmup.iterations": 5,
  "steps.retrain.checkpointEvery": 4,
  "steps.detector.epochs": 4,
  "steps.detector.warmup.iterations": 4,
  "steps.detector.checkpointEvery": 5,
  "steps.test.randomSubnets": 2,
  "steps.compare": "{randomSubnets: 2, handMade: shuffle_3x3, largest: false}",
});

/** A small FCOS for the quickstart. */
export const TINY_FCOS: Settings = {
  detector:
    "{kind: fcos, pyramid: {strides: [8, 16, 32, 64], channels: 16, norm: batch, extraLevels: conv-on-input}, " +
    "head: {convs: [16], norm: group, prior: 0.01, focal: {gamma: 2, alpha: 0.25}, radius: 1.5}, " +
    "preNms: 100, scoreThreshold: 0.05, nms: 0.6, detectionsPerImage: 30}",
};

/** A small space with widths, depths, kernels, expansions and kinds of block. */
export const TINY_MIXED_SPACE: Recipe["space"] = {
  name: "mixed-mobilenet",
  stem: 8,
  first: 8,
  widths: [[8, 12], [12, 16], [16], [16, 24], [24], [32]],
  depths: [[1, 2], [1], [1, 2], [1], [1], [1]],
  kernels: [3, 5],
  expansions: [2, 3],
  last: 32,
};

/** Settings of a small search for a classifier, on the images of `writeGrayImages`. Equal runs are bit-identical. */
export const tinyMixed = (folder: string): Settings => ({
  threads: 1,
  workers: 0,
  scorers: 1,
  space: JSON.stringify(TINY_MIXED_SPACE),
  "classification.data": folder,
  "classification.evalImages": 20,
  ...Object.fromEntries(
    ["train", "retrain"].flatMap((step) => [
      [`steps.${step}.epochs`, 1],
      [`steps.${step}.batchSize`, 16],
      [`steps.${step}.warmup.iterations`, 4],
      [`steps.${step}.checkpointEvery`, 4],
    ]),
  ),
  "steps.search.strategy.populationSize": 4,
  "steps.search.strategy.generations": 2,
  "steps.search.strategy.topK": 2,
  "steps.search.strategy.mutations.children": 2,
  "steps.search.strategy.crossovers": 1,
  "steps.search.constraints.flops.max": "3.3e5",
  "steps.search.batchNorm": "{images: 32, batchSize: 16}",
  "steps.search.images": 30,
  "steps.test.images": 40,
  "steps.test.randomSubnets": 2,
  "steps.test.sampleImages": 2,
});

/** Writes IDX files like MNIST's, of ten classes: 320 training and 60 test images of a bar at the class's angle. */
export function writeGrayImages(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const side = 28;
  const write = (name: string, sizes: readonly number[], data: Uint8Array): void => {
    const header = Buffer.alloc(4 + 4 * sizes.length);
    header.set([0, 0, 8, sizes.length]);
    for (const [i, size] of sizes.entries()) header.writeUInt32BE(size, 4 + 4 * i);
    writeFileSync(join(folder, name), Buffer.concat([header, data]));
  };
  for (const [part, count] of [
    ["train", 320],
    ["t10k", 60],
  ] as const) {
    const random = Random.of("grey", part);
    const pixels = Uint8Array.from({ length: count * side * side }, (_, i) => {
      const angle = (Math.floor(i / side ** 2) % 10) * (Math.PI / 10);
      const [x, y] = [(i % side) - side / 2, (Math.floor(i / side) % side) - side / 2];
      return (Math.abs(x * Math.sin(angle) - y * Math.cos(angle)) < 3 ? 180 : 0) + random.int(60);
    });
    write(`${part}-images-idx3-ubyte`, [count, side, side], pixels);
    write(
      `${part}-labels-idx1-ubyte`,
      [count],
      Uint8Array.from({ length: count }, (_, i) => i % 10),
    );
  }
}

/** Settings of a small published recipe, on the images of `writePhotographs`. */
export const tinyPublished = (folder: string): Settings => ({
  threads: 1,
  workers: 0,
  scorers: 1,
  "classification.data": join(folder, "labeled"),
  "classification.imageSize": 32,
  "classification.evalResize": 36,
  "detection.data.folder": join(folder, "boxed"),
  "detection.size": "{short: 64, long: 96}",
  "detector.pyramid.channels": 32,
  "detector.rpn.postNms": "{train: 50, test: 20}",
  "detector.head.convs": "[32]",
  "detector.head.fcs": "[64]",
  "detector.head.samplesPerImage": 16,
  ...Object.fromEntries(
    ["pretrain", "retrain"].flatMap((step) => [
      [`steps.${step}.epochs`, 2],
      [`steps.${step}.batchSize`, 4],
      [`steps.${step}.microBatch`, 2],
      [`steps.${step}.evaluateEvery`, 1],
    ]),
  ),
  ...Object.fromEntries(
    ["finetune", "detector"].flatMap((step) => [
      [`steps.${step}.epochs`, 2],
      [`steps.${step}.batchSize`, 2],
      [`steps.${step}.warmup.iterations`, 2],
      [`steps.${step}.schedule.milestones`, "[0.5, 1]"],
    ]),
  ),
  "steps.search.strategy.populationSize": 2,
  "steps.search.strategy.generations": 2,
  "steps.search.strategy.topK": 2,
  "steps.search.strategy.mutations.children": 1,
  "steps.search.strategy.crossovers": 1,
  "steps.search.batchNorm": "{mode: recalibrate, images: 4, batchSize: 2}",
  "steps.test.sampleImages": 2,
});

/** Settings of AutoFormer's published recipe with all of its augmentation, on the images of `writePhotographs`. */
export const tinyAutoFormer = (folder: string): Settings => ({
  threads: 1,
  workers: 0,
  scorers: 1,
  space: "{name: autoformer-tiny, imageSize: 32, patch: 16, width: [16, 24], depth: [1, 2], heads: [1, 2]}",
  "classification.data": join(folder, "labeled"),
  "classification.imageSize": 32,
  "classification.evalResize": 36,
  "classification.heldOut": 0.5,
  "steps.train.evaluateEvery": 1,
  ...Object.fromEntries(
    ["train", "retrain"].flatMap((step) => [
      [`steps.${step}.epochs`, 3],
      [`steps.${step}.batchSize`, 4],
      [`steps.${step}.microBatch`, 2],
      [`steps.${step}.warmup.epochs`, 1],
      [`steps.${step}.checkpointEvery`, 1],
    ]),
  ),
  "steps.search.strategy.populationSize": 4,
  "steps.search.strategy.generations": 2,
  "steps.search.strategy.topK": 2,
  "steps.search.strategy.mutations.children": 2,
  "steps.search.strategy.crossovers": 1,
  "steps.search.constraints.params": "{min: 1e4, max: 1e6}",
  "steps.test.randomSubnets": 2,
  "steps.test.sampleImages": 2,
});

/** Writes image folders of two classes to `labeled`, and a folder in COCO layout with train and val to `boxed`. */
export async function writePhotographs(folder: string): Promise<void> {
  const picture = (file: string, width: number, height: number): Promise<unknown> => {
    const random = Random.of(file);
    const data = Buffer.from(Array.from({ length: width * height * 3 }, () => random.int(256)));
    return sharp(data, { raw: { width, height, channels: 3 } }).toFile(file);
  };
  const made = (...path: string[]): string => {
    mkdirSync(join(folder, ...path), { recursive: true });
    return join(folder, ...path);
  };
  for (const [split, count] of Object.entries({ train: 4, val: 2 })) {
    for (const label of ["cat", "dog"]) {
      const own = made("labeled", split, label);
      for (let i = 0; i < count; i++) await picture(join(own, `${i}.png`), 40, 50);
    }
    const images = Array.from({ length: 2 * count }, (_, i) => ({
      id: i + 1,
      file_name: `${i}.png`,
      width: 80,
      height: 60,
    }));
    const own = made("boxed", "images", split);
    for (const { file_name, width, height } of images) await picture(join(own, file_name), width, height);
    const annotations = images.map(({ id }) => {
      const bbox = [10, 8, 30 + id, 40];
      return { id, image_id: id, category_id: 1 + (id % 2), bbox, area: bbox[2]! * bbox[3]!, iscrowd: 0 };
    });
    const categories = ["cat", "dog"].map((name, i) => ({ id: i + 1, name }));
    writeFileSync(
      join(made("boxed", "annotations"), `instances_${split}.json`),
      JSON.stringify({ images, annotations, categories }),
    );
  }
}

/** Returns a check that an error is a UserError whose message is one line and contains every part. */
export const says =
  (...parts: string[]) =>
  (error: unknown) => {
    assert.ok(error instanceof UserError, String(error));
    for (const part of parts) assert.ok(error.message.includes(part), error.message);
    assert.ok(!error.message.includes("\n"));
    return true;
  };
