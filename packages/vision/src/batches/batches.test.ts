import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { setImmediate } from "node:timers/promises";
import { Random, UserError } from "@supernet/base";
import fc from "fast-check";
import sharp from "sharp";
import type { DetectionSample } from "../data/detection-set.js";
import * as vision from "../index.js";
import { jitterColors } from "../transforms/color-jitter.js";
import { randomCrop } from "../transforms/crop.js";
import { centerCrop, flipHorizontal } from "../transforms/image.js";
import { fittedSize } from "../transforms/resize.js";
import { classificationBatches } from "./classification.js";
import { detectionBatches } from "./detection.js";
import { transformBoxes } from "./detection-worker.js";

const folder = mkdtempSync(join(tmpdir(), "batches-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const plain = { mean: [0, 0, 0], std: [1, 1, 1] };

async function picture(name: string, width: number, height: number): Promise<string> {
  const random = Random.of(name);
  const data = Buffer.from(Array.from({ length: width * height * 3 }, () => random.int(256)));
  const path = join(folder, name);
  await sharp(data, { raw: { width, height, channels: 3 } }).toFile(path);
  return path;
}

const sample = (id: number, file: string, width: number, height: number): DetectionSample => ({
  id,
  file,
  width,
  height,
  boxes: Float32Array.of(10, 20, 30, 40),
  labels: Int32Array.of(1),
  crowd: Uint8Array.of(0),
  annotations: [],
});

/** Yields batches that consist of one micro-batch. */
async function* whole<Batch>(batches: AsyncIterable<readonly Batch[]>): AsyncGenerator<readonly [Batch]> {
  for await (const [batch, ...others] of batches) {
    assert.equal(others.length, 0);
    yield [batch!];
  }
}

describe("transforms", () => {
  it("scale and flip boxes with the image", () => {
    const moved = (flip: boolean) => [
      ...transformBoxes(sample(1, "", 100, 50), { width: 200, height: 100 }, flip),
    ];
    assert.deepEqual(moved(false), [20, 40, 60, 80]);
    assert.deepEqual(moved(true), [140, 40, 180, 80]);
  });

  it("flip, crop the center, and compute fitted sizes", () => {
    const image = { width: 2, height: 1, data: Uint8Array.of(1, 2, 3, 4, 5, 6) };
    assert.deepEqual([...flipHorizontal(image).data], [4, 5, 6, 1, 2, 3]);
    assert.deepEqual(
      [...centerCrop(image, { width: 4, height: 1 }).data],
      [0, 0, 0, 1, 2, 3, 4, 5, 6, 0, 0, 0],
    );
    assert.deepEqual(
      [...centerCrop(image, { width: 4, height: 1, dx: 2 }).data],
      [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3],
    );
    assert.deepEqual([...centerCrop(image, { width: 1, height: 1 }).data], [1, 2, 3]);
    assert.deepEqual(fittedSize({ width: 640, height: 480 }, { short: 800, long: 1333 }), {
      width: 1067,
      height: 800,
    });
    assert.deepEqual(fittedSize({ width: 1000, height: 100 }, { short: 800, long: 1333 }), {
      width: 1333,
      height: 133,
    });
  });

  it("choose random crops inside the image", () => {
    const size = fc.integer({ min: 1, max: 300 });
    fc.assert(
      fc.property(size, size, fc.integer(), (width, height, seed) => {
        const region = randomCrop(
          { width, height },
          { scale: [0.08, 1], ratio: [3 / 4, 4 / 3] },
          Random.of(seed),
        );
        assert.ok(region.width >= 1 && region.height >= 1 && region.left >= 0 && region.top >= 0);
        assert.ok(region.left + region.width <= width && region.top + region.height <= height);
      }),
    );
  });

  it("do not change colors without jitter, and change them with maximum jitter", () => {
    const image = { width: 4, height: 1, data: Uint8Array.of(255, 0, 0, 10, 200, 30, 7, 7, 7, 0, 0, 255) };
    const none = { brightness: 0, contrast: 0, saturation: 0, hue: 0 };
    assert.deepEqual([...jitterColors(image, none, Random.of(1)).data], [...image.data]);
    const all = jitterColors(
      image,
      { brightness: 0.9, contrast: 0.9, saturation: 0.9, hue: 0.5 },
      Random.of(2),
    );
    assert.notDeepEqual([...all.data], [...image.data]);
  });
});

const openFiles = () => readdirSync("/proc/self/fd").length;

describe("detection batches", () => {
  const samples: DetectionSample[] = [];
  const settings = { ...plain, size: { short: 64, long: 96 }, padTo: 32, flip: 0.5 };
  before(async () => {
    for (let i = 0; i < 5; i++)
      samples.push(sample(i + 1, await picture(`${i}.png`, 100, 50 + i), 100, 50 + i));
  });

  it("close all files", async () => {
    const cache = { folder: join(folder, "open"), log() {} };
    const before = openFiles();
    for (let i = 0; i < 3; i++) {
      using batches = detectionBatches(samples, settings, { seed: 1, batchSize: 2, workers: 0, cache });
      for await (const _ of batches.train(0, 1));
    }
    await setImmediate();
    assert.equal(openFiles(), before);
  });

  it("do not depend on the number of threads, the cache or the first iteration", async () => {
    const results: string[] = [];
    const cache = { folder: join(folder, "kept"), log() {} };
    for (const options of [{ workers: 0 }, { workers: 1 }, { workers: 2 }, { workers: 1, cache }]) {
      using batches = detectionBatches(samples, settings, { seed: 1, batchSize: 2, ...options });
      const seen: unknown[] = [];
      for await (const [{ images, shape, items }] of whole(batches.train(0, 4))) {
        assert.deepEqual(shape.slice(2), [64, 96]);
        seen.push([Array.from(images.subarray(0, 500)), items.map(({ id, truth }) => [id, ...truth.boxes])]);
      }
      results.push(JSON.stringify(seen));
    }
    assert.equal(results[1], results[0]);
    assert.equal(results[2], results[0]);
    assert.equal(results[3], results[0], "with a cache of decoded images");
    using resumed = detectionBatches(samples, settings, { seed: 1, batchSize: 2, workers: 0 });
    for await (const [{ items }] of whole(resumed.train(3, 4))) {
      assert.deepEqual(
        items.map(({ id }) => id),
        JSON.parse(results[0]!)[3][1].map(([id]: [number]) => id),
      );
    }
  });

  it("have the same images and flips for any size of micro-batches", async () => {
    const seen = await Promise.all(
      [undefined, 1, 2, 4].map(async (microBatch) => {
        const options = microBatch === undefined ? {} : { microBatch };
        using batches = detectionBatches(samples, settings, {
          seed: 1,
          batchSize: 4,
          workers: 1,
          ...options,
        });
        const all: unknown[] = [];
        for await (const batch of batches.train(0, 3)) {
          assert.equal(batch.length, 4 / (microBatch ?? 4));
          all.push(batch.flatMap(({ items }) => items));
        }
        return all;
      }),
    );
    for (const other of seen) assert.deepEqual(other, seen[0]);
  });

  it("have one of several sizes, in training a random one for each batch", async () => {
    const sizes = [32, 48, 64].map((short) => ({ short, long: 96 }));
    const several = { ...settings, size: sizes };
    const one = (size: (typeof sizes)[number]) =>
      detectionBatches(samples, { ...settings, size }, { seed: 1, batchSize: 2 });
    for (const workers of [0, 2]) {
      using batches = detectionBatches(samples, several, { seed: 1, batchSize: 2, workers });
      const seen = new Set<number>();
      let iteration = 0;
      for await (const [batch] of whole(batches.train(0, 12))) {
        const variant = batches.variantAt(iteration);
        seen.add(variant);
        using single = one(sizes[variant]!);
        const [expected] = (await single.train(iteration, iteration + 1).next()).value!;
        assert.deepEqual(batch, expected);
        iteration++;
      }
      assert.equal(seen.size, 3);
      using single = one(sizes[1]!);
      assert.deepEqual((await batches.evaluate(2, 1).next()).value, (await single.evaluate(2).next()).value);
      assert.throws(() => batches.evaluate(2, 3), /Batches\.evaluate: variant must be an integer/);
    }
  });

  it("have defaults for all options except the batch size", async () => {
    const defaults = detectionBatches(samples, {}, { batchSize: 1 });
    const explicit = detectionBatches(
      samples,
      {
        ...{ size: { short: 800, long: 1333 }, padTo: 32, flip: 0.5 },
        ...{ mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] },
      },
      { seed: 0, batchSize: 1, microBatch: 1, workers: 0 },
    );
    const [batch] = (await defaults.train(0, 1).next()).value!;
    assert.equal(batch!.shape[3], 1344);
    assert.deepEqual([batch], (await explicit.train(0, 1).next()).value);
  });

  it("have images of one orientation, which depend on the seed and the iteration only", async () => {
    const upright = await Promise.all(
      [0, 1, 2].map(async (i) => sample(10 + i, await picture(`upright${i}.png`, 50, 100), 50, 100)),
    );
    const mixed = [...samples.slice(0, 2), ...upright, ...samples.slice(2)];
    const seen = async (
      from: number,
      options: { readonly microBatch?: number } = {},
      shard?: vision.Shard,
    ) => {
      using batches = detectionBatches(mixed, settings, { seed: 4, batchSize: 2, ...options });
      const all: number[][] = [];
      for await (const batch of batches.train(from, 8, shard))
        all.push(batch.flatMap(({ items }) => items.map(({ id }) => id)));
      return all;
    };
    const all = await seen(0);
    for (const epoch of [all.slice(0, 4), all.slice(4)]) {
      assert.equal(new Set(epoch.flat()).size, 8);
      // Five images are wide and three are upright: two and one batches, and one of what is left.
      const isUpright = (id: number) => id >= 10;
      assert.deepEqual(
        epoch
          .slice(0, 3)
          .map((ids) => ids.filter(isUpright).length)
          .toSorted(),
        [0, 0, 2],
      );
      assert.equal(epoch[3]!.filter(isUpright).length, 1);
    }
    assert.deepEqual(await seen(3), all.slice(3));
    assert.deepEqual(await seen(0, { microBatch: 1 }), all);
    const ranks = await Promise.all([0, 1].map((rank) => seen(0, {}, { rank, size: 2 })));
    assert.deepEqual(
      all.map((_, i) => ranks.flatMap((ids) => ids[i]!)),
      all,
    );
  });

  it("load all images in order for evaluation, with a smaller last batch", async () => {
    using batches = detectionBatches(samples, settings, { seed: 1, batchSize: 2, workers: 1 });
    const ids: number[][] = [];
    for await (const { items } of batches.evaluate()) ids.push(items.map(({ id }) => id));
    assert.deepEqual(ids, [[1, 2], [3, 4], [5]]);
  });

  it("do not pad an image for another one in an evaluation by shape", async () => {
    const sizes = [32, 64].map((short) => ({ short, long: 96 }));
    const several = { ...settings, size: sizes, padTo: 2 };
    using batches = detectionBatches(samples, several, { seed: 1, batchSize: 4 });
    using single = detectionBatches(samples, several, { seed: 1, batchSize: 1 });
    for (const variant of [0, 1]) {
      const shapes = new Map<number, string>();
      for await (const { items, shape } of single.evaluate(undefined, variant))
        shapes.set(items[0]!.id, shape.slice(1).join());
      assert.ok(new Set(shapes.values()).size > 1);
      const ids: number[] = [];
      for await (const { items, shape } of batches.evaluateByShape(variant)) {
        for (const { id } of items) assert.equal(shape.slice(1).join(), shapes.get(id));
        ids.push(...items.map(({ id }) => id));
      }
      assert.deepEqual(
        ids.sort((a, b) => a - b),
        [...shapes.keys()].sort((a, b) => a - b),
      );
    }
    assert.throws(() => batches.evaluateByShape(2), /Batches\.evaluateByShape: variant/);
  });

  it("name the image that is missing, damaged or has another size, also from a thread", async () => {
    const broken = join(folder, "broken.png");
    writeFileSync(broken, readFileSync(samples[0]!.file).subarray(0, 900));
    const cases = [
      [sample(1, join(folder, "none.png"), 9, 9), "none.png"],
      [sample(1, broken, 100, 50), "broken.png is damaged"],
      [{ ...samples[0]!, width: 7 }, "has 100 x 50 pixels, but its annotations specify 7 x 50"],
    ] as const;
    for (const workers of [0, 1]) {
      for (const [bad, message] of cases) {
        using batches = detectionBatches([bad], settings, { seed: 1, batchSize: 1, workers });
        await assert.rejects(batches.evaluate().next(), (error) => {
          assert.ok(error instanceof UserError, String(error));
          assert.ok(error.message.includes(message), error.message);
          return true;
        });
      }
    }
  });
});

describe("classification batches", () => {
  const pixels = Uint8Array.from({ length: 3 * 16 }, (_, i) => (i >> 4) * 100 + 5);
  const raw = { kind: "raw", pixels, count: 3, height: 4, width: 4, labels: Uint8Array.of(7, 8, 9) } as const;
  const augmentation = {
    repeats: 1,
    crop: { kind: "shifted", shift: 1 },
    flip: 0.5,
    policy: null,
    colorJitter: null,
    erasing: null,
    mix: null,
  } as const;
  const settings = { ...plain, imageSize: 6, evalResize: null, interpolation: null, augmentation };

  it("pad small gray images, scale to 0..1, and keep labels with their images", async () => {
    using batches = classificationBatches(raw, settings, { seed: 0, batchSize: 3, workers: 0 });
    for await (const { images, shape, labels, ids } of batches.evaluate()) {
      assert.deepEqual(shape, [3, 3, 6, 6]);
      assert.deepEqual([...labels], [7n, 8n, 9n]);
      assert.deepEqual(ids, [0, 1, 2]);
      assert.equal(images[0], 0);
      assert.ok(Math.abs(images[7]! - 5 / 255) < 1e-6);
    }
    for await (const [{ images, labels }] of whole(batches.train(0, 6))) {
      for (const [i, label] of labels.entries()) {
        const brightest = Math.max(...images.subarray(i * 108, (i + 1) * 108));
        assert.ok(Math.abs(brightest * 255 - (Number(label - 7n) * 100 + 5)) < 1e-3);
      }
    }
  });

  it("have the same images and augmentation for any size of micro-batches", async () => {
    const pixelsOf = async (microBatch: number) => {
      using batches = classificationBatches(raw, settings, {
        seed: 0,
        batchSize: 6,
        microBatch,
        workers: 0,
      });
      const all: unknown[] = [];
      for await (const batch of batches.train(0, 4)) {
        all.push(
          batch.flatMap(({ images }) => [...images]),
          batch.flatMap(({ ids }) => ids),
        );
      }
      return all;
    };
    const expected = await pixelsOf(6);
    for (const microBatch of [1, 2, 3]) assert.deepEqual(await pixelsOf(microBatch), expected);
    await assert.rejects(pixelsOf(4), /6 images cannot be split into micro-batches of 4/);
    using batches = classificationBatches(raw, settings, { seed: 0, batchSize: 6, workers: 0 });
    const ofFour = batches.train(0, 1, { rank: 0, size: 4 });
    await assert.rejects(
      ofFour.next(),
      /6 images cannot be split into micro-batches of 1.5 on each of 4 ranks/,
    );
  });

  it("have one of several sizes, in training a random one for each batch", async () => {
    const files = [await picture("a.png", 40, 30), await picture("b.png", 20, 50)];
    const samples = { kind: "files", files, labels: [0, 1] } as const;
    const random = { kind: "random-resized", scale: [0.08, 1], ratio: [3 / 4, 4 / 3] } as const;
    const common = { ...plain, augmentation: { ...augmentation, crop: random } };
    const several = { ...common, imageSize: [12, 16, 24], evalResize: 28 };
    // What is in pixels is scaled with the size.
    const singles = [
      { ...common, imageSize: 12, evalResize: 14 },
      { ...common, imageSize: 16, evalResize: 19 },
      { ...common, imageSize: 24, evalResize: 28 },
    ];
    const open = (settings: Parameters<typeof classificationBatches>[1], workers = 0) =>
      classificationBatches(samples, settings, { seed: 1, batchSize: 2, workers });
    for (const workers of [0, 2]) {
      using batches = open(several, workers);
      const seen = new Set<number>();
      let iteration = 0;
      for await (const [batch] of whole(batches.train(0, 12))) {
        const variant = batches.variantAt(iteration);
        seen.add(variant);
        using single = open(singles[variant]!);
        const [expected] = (await single.train(iteration, iteration + 1).next()).value!;
        assert.deepEqual(batch, expected);
        iteration++;
      }
      assert.equal(seen.size, 3);
      for (const [variant, settings] of singles.entries()) {
        using single = open(settings);
        const both = [single.evaluate(2), batches.evaluate(2, variant)];
        const drawn = [single.inDrawnOrder(1), batches.inDrawnOrder(1, variant)];
        const trained = [single.train(5, 6), batches.train(5, 6, undefined, variant)];
        const lent = [single.lend(5, 6), batches.lend(5, 6, undefined, variant)];
        for (const [expected, found] of [both, drawn, trained, lent])
          assert.deepEqual((await found!.next()).value, (await expected!.next()).value);
      }
      assert.throws(() => batches.inDrawnOrder(2, 3), /Batches\.inDrawnOrder: variant must be an integer/);
      await assert.rejects(batches.train(0, 1, undefined, 3).next(), /Batches\.train: variant must be/);
    }
  });

  it("scale images that are not resized, and their shift, with the size", async () => {
    const two = { ...settings, imageSize: [3, 6], interpolation: "bilinear" } as const;
    using batches = classificationBatches(raw, two, { seed: 0, batchSize: 1 });
    const pixels = async (from: AsyncIterator<{ readonly images: Float32Array }>) =>
      Array.from((await from.next()).value!.images.subarray(0, 9), (value: number) =>
        Math.round(255 * value),
      );
    // An image of 4x4 in a square of 6x6 becomes one of 2x2 in a square of 3x3.
    assert.deepEqual(await pixels(batches.evaluate(1, 0)), [0, 0, 0, 0, 5, 5, 0, 5, 5]);
    using first = classificationBatches(
      raw,
      { ...two, augmentation: { ...augmentation, crop: { kind: "shifted", shift: 0 }, flip: 0 } },
      { seed: 0, batchSize: 3 },
    );
    const [{ images, ids }] = (await first.train(0, 1, undefined, 0).next()).value!;
    const expected = ids.flatMap((id: number) => {
      const gray = 100 * id + 5;
      return Array.from({ length: 3 }, () => [0, 0, 0, 0, gray, gray, 0, gray, gray]).flat();
    });
    assert.deepEqual(
      Array.from(images, (value: number) => Math.round(255 * value)),
      expected,
    );
  });

  it("have defaults for all options except the batch size", async () => {
    const defaults = classificationBatches(raw, {}, { batchSize: 2 });
    const explicit = classificationBatches(
      raw,
      {
        imageSize: 224,
        evalResize: 256,
        interpolation: "bilinear",
        augmentation: {
          ...augmentation,
          crop: { kind: "random-resized", scale: [0.08, 1], ratio: [3 / 4, 4 / 3] },
        },
        mean: [0.485, 0.456, 0.406],
        std: [0.229, 0.224, 0.225],
      },
      { seed: 0, batchSize: 2, microBatch: 2, workers: 0 },
    );
    assert.deepEqual((await defaults.evaluate().next()).value, (await explicit.evaluate().next()).value);
    const [batch] = (await defaults.train(0, 1).next()).value!;
    assert.deepEqual(batch!.shape, [2, 3, 224, 224]);
    assert.deepEqual([batch], (await explicit.train(0, 1).next()).value);
  });

  it("equal the results of the exported transforms", async () => {
    const file = await picture("transformed.png", 40, 30);
    const colorJitter = { brightness: 0.4, contrast: 0.4, saturation: 0.4, hue: 0.1 };
    const policy: vision.AugmentationPolicy = {
      kind: "rand-augment",
      operations: 2,
      probability: 0.5,
      magnitude: 9,
      magnitudeStd: 0.5,
      increasing: true,
    };
    const erasing = { probability: 1, area: [0.1, 0.3], ratio: [0.5, 2], fill: "noise" } as const;
    const crop = { scale: [0.08, 1], ratio: [3 / 4, 4 / 3] } as const;
    using batches = classificationBatches(
      { kind: "files", files: [file], labels: [0] },
      { ...plain, imageSize: 16, augmentation: { colorJitter, policy, erasing } },
      { batchSize: 1, seed: 5 },
    );
    const [batch] = (await batches.train(3, 4).next()).value!;

    const random = Random.of(5, "augment", 3, 0);
    const encoded = await vision.openEncodedImage(file);
    const region = vision.randomCrop(encoded, crop, random);
    const flipped = random.uniform() < 0.5;
    const size = { width: 16, height: 16, interpolation: "bilinear" } as const;
    let image = await encoded.decodeResized({ ...size, region, flipped });
    image = vision.applyPolicy(image, policy, { interpolation: "bilinear", fill: [0, 0, 0] }, random);
    image = vision.jitterColors(image, colorJitter, random);
    const slot = { batch: new Float32Array(3 * 16 * 16), index: 0, height: 16, width: 16 };
    vision.writeNormalized(image, plain, slot);
    vision.eraseRandomRegion(slot, erasing, random);
    assert.deepEqual(batch!.images, slot.batch);
  });

  it("resize images of any size to evalResize, and name an image that is too large without it", async () => {
    const files = [await picture("wide.png", 40, 20), await picture("small.png", 5, 4)];
    const evaluated = (evalResize: number | null, file: string) => {
      const samples = { kind: "files", files: [file], labels: [0] } as const;
      const options = { seed: 0, batchSize: 1, workers: 0 };
      const resized = { imageSize: 8, evalResize, interpolation: "bilinear" } as const;
      return classificationBatches(samples, { ...settings, ...resized }, options)
        .evaluate()
        .next();
    };
    await assert.rejects(
      evaluated(null, files[0]!),
      (error) => error instanceof UserError && /wide\.png has 40 x 20 .* set evalResize/.test(error.message),
    );
    const corner = async (evalResize: number | null) =>
      (await evaluated(evalResize, files[1]!)).value?.images[0];
    assert.equal(await corner(null), 0, "a small image is padded with black");
    assert.notEqual(await corner(8), 0);
  });
});
