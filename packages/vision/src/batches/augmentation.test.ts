import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { Random, UserError } from "@supernet/base";
import sharp, { type Sharp } from "sharp";
import type { FileSamples } from "../data/classification-set.js";
import type { DecodedCacheOptions } from "../decoded-cache/decoded-cache.js";
import { classificationBatches } from "./classification.js";
import type { ClassificationBatch } from "./classification-worker.js";
import type { ClassificationSettings } from "./settings.js";

const folder = mkdtempSync(join(tmpdir(), "augmentation-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const plain = {
  repeats: 1,
  crop: { kind: "random-resized", scale: [0.08, 1], ratio: [3 / 4, 4 / 3] },
  flip: 0.5,
  policy: null,
  colorJitter: null,
  erasing: null,
  mix: null,
} as const satisfies ClassificationSettings["augmentation"];

/** Augmentation of AutoFormer, as published. */
const all: ClassificationSettings["augmentation"] = {
  ...plain,
  repeats: 3,
  policy: {
    kind: "rand-augment",
    operations: 2,
    probability: 0.5,
    magnitude: 9,
    magnitudeStd: 0.5,
    increasing: true,
  },
  erasing: { probability: 0.25, area: [0.02, 1 / 3], ratio: [0.3, 1 / 0.3], fill: "noise" },
  mix: { kind: "mixup-or-cutmix", mixupAlpha: 0.8, cutmixAlpha: 1, cutmixProbability: 0.5 },
};

const settingsOf = (augmentation: ClassificationSettings["augmentation"]): ClassificationSettings => ({
  imageSize: 24,
  evalResize: 28,
  interpolation: "bicubic",
  augmentation,
  mean: [0.485, 0.456, 0.406],
  std: [0.229, 0.224, 0.225],
});

let samples: FileSamples;
before(async () => {
  const files: string[] = [];
  const save = async (name: string, channels: 1 | 3 | 4, to: (image: Sharp) => Sharp) => {
    const random = Random.of(name);
    const data = Buffer.from(Array.from({ length: 30 * 40 * channels }, () => random.int(256)));
    files.push(join(folder, name));
    await to(sharp(data, { raw: { width: 30, height: 40, channels } })).toFile(files.at(-1)!);
  };
  await save("color.png", 3, (image) => image);
  await save("color.jpg", 3, (image) => image);
  await save("gray.png", 1, (image) => image.toColourspace("b-w"));
  await save("gray.jpg", 1, (image) => image.toColourspace("b-w"));
  await save("transparent.png", 4, (image) => image);
  await save("sixteen-bits.png", 3, (image) => image.toColourspace("rgb16"));
  await save("cmyk.jpg", 3, (image) => image.toColourspace("cmyk"));
  await save("small.png", 3, (image) => image.resize(3, 2));
  samples = { kind: "files", files, labels: files.map((_, i) => i) };
});

interface Options {
  readonly batchSize?: number;
  readonly microBatch?: number;
  readonly cache?: DecodedCacheOptions;
  readonly workers?: number;
  readonly from?: number;
}

/** Loads the batches of iterations `from` to 5. */
async function batchesOf(
  augmentation: ClassificationSettings["augmentation"],
  { batchSize = 8, microBatch = batchSize, workers = 0, from = 0, cache }: Options = {},
): Promise<ClassificationBatch[]> {
  const options = { seed: 4, batchSize, microBatch, workers, cache };
  using batches = classificationBatches(samples, settingsOf(augmentation), options);
  const found: ClassificationBatch[] = [];
  for await (const parts of batches.train(from, 6)) found.push(...parts);
  return found;
}

describe("augmented batches", () => {
  it("depend only on seed and iteration, not on threads or the first iteration", async () => {
    const once = await batchesOf(all);
    assert.deepEqual(await batchesOf(all, { workers: 2 }), once);
    assert.deepEqual(await batchesOf(all, { from: 4 }), once.slice(4));
    const pixels = once.map(({ images }) => images.slice(0, 50).join());
    assert.equal(new Set(pixels).size, once.length, "every iteration differs");
    for (const { images } of once) assert.ok(images.every(Number.isFinite));
  });

  it("resume in the middle of an epoch with the same batches", async () => {
    const once = await batchesOf(all, { batchSize: 3 });
    assert.equal(Math.floor(samples.files.length / 3), 2, "an epoch has two batches");
    for (const from of [1, 2, 3, 5])
      assert.deepEqual(await batchesOf(all, { batchSize: 3, from, workers: 1 }), once.slice(from));
  });

  it("are the same in reused memory", async () => {
    const once = await batchesOf(all);
    for (const workers of [0, 2]) {
      const options = { seed: 4, batchSize: 8, workers };
      using batches = classificationBatches(samples, settingsOf(all), options);
      let iteration = 0;
      for await (const [batch] of batches.lend(0, 6)) assert.deepEqual(batch, once[iteration++]);
      assert.equal(iteration, 6);
    }
  });

  it("are the same from the cache, which decodes images once", async () => {
    const logged: string[] = [];
    const cache = { folder: join(folder, "kept"), log: (line: string) => logged.push(line) };
    for (const augmentation of [all, { ...all, repeats: 1 }]) {
      const once = await batchesOf(augmentation);
      for (const workers of [0, 2]) assert.deepEqual(await batchesOf(augmentation, { workers, cache }), once);
    }
    assert.equal(logged.length, 1);
    assert.match(logged[0]!, /decoding 8 images once/);
  });

  it("support all kinds of image files, for training and for evaluation", async () => {
    const seen = new Set((await batchesOf({ ...all, repeats: 1 })).flatMap(({ ids }) => ids));
    assert.deepEqual(seen, new Set(samples.files));
    const options = { seed: 4, batchSize: 8, workers: 0 };
    using batches = classificationBatches(samples, settingsOf(all), options);
    for await (const { images, labels, mixed } of batches.evaluate()) {
      assert.deepEqual([...labels], samples.labels.map(BigInt));
      assert.equal(mixed, null, "evaluation does not mix images");
      assert.ok(images.every(Number.isFinite));
      const plane = 24 * 24;
      const channel = (c: number, mean: number, std: number) =>
        Array.from(images.subarray((2 * 3 + c) * plane, (2 * 3 + c + 1) * plane), (v) =>
          Math.round(255 * (v * std + mean)),
        );
      assert.deepEqual(
        channel(0, 0.485, 0.229),
        channel(1, 0.456, 0.224),
        "channels of a gray image are equal",
      );
    }
  });

  it("have the same images for any size of micro-batches, if they are not mixed", async () => {
    const settings = { ...all, mix: null };
    const joined = async (microBatch: number) => {
      const parts = await batchesOf(settings, { microBatch });
      return [parts.flatMap(({ images }) => [...images]), parts.flatMap(({ ids }) => ids)];
    };
    const expected = await joined(8);
    for (const microBatch of [1, 2, 4]) assert.deepEqual(await joined(microBatch), expected);
  });

  it("mix images within a micro-batch, with one weight per batch, and return both labels", async () => {
    const unmixed = await batchesOf({ ...all, mix: null }, { microBatch: 4 });
    const mixed = await batchesOf({ ...all, mix: { kind: "mixup", alpha: 0.8 } }, { microBatch: 4 });
    const size = 3 * 24 * 24;
    for (const [k, { images, labels, mixed: how }] of mixed.entries()) {
      const before = unmixed[k]!;
      const { weight, labels: others } = how!;
      assert.deepEqual(labels, before.labels);
      assert.deepEqual(others, labels.toReversed());
      assert.equal(weight, mixed[k - (k % 2)]!.mixed!.weight);
      for (let i = 0; i < 4 * size; i += 97) {
        const other = (3 - Math.floor(i / size)) * size + (i % size);
        const expected = weight * before.images[i]! + (1 - weight) * before.images[other]!;
        assert.ok(Math.abs(images[i]! - expected) < 1e-5);
      }
    }
    assert.equal(new Set(mixed.map(({ mixed: how }) => how!.weight)).size, mixed.length / 2);
    assert.ok(unmixed.every(({ mixed: how }) => how === null));
  });

  it("repeat an image in a row, with different augmentation", async () => {
    for (const { ids, images } of await batchesOf({ ...plain, repeats: 3 })) {
      assert.deepEqual(
        ids.map((_, i) => ids[i - (i % 3)]),
        ids,
      );
      const [first, second] = [0, 1].map((i) => images.slice(i * 3 * 24 * 24, (i + 1) * 3 * 24 * 24));
      assert.notDeepEqual(first, second);
    }
  });

  it("name the settings that are missing if an image must be resampled", async () => {
    const settings = { ...settingsOf(plain), interpolation: null };
    using batches = classificationBatches(samples, settings, { seed: 4, batchSize: 8, workers: 0 });
    await assert.rejects(batches.train(0, 1).next(), (error) => {
      assert.ok(error instanceof UserError);
      assert.match(
        error.message,
        /^image .* pixels must be resampled: set interpolation to bilinear or bicubic, and evalResize to .*$/,
      );
      return true;
    });
  });
});
