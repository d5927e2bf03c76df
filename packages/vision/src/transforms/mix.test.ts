import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Random } from "@supernet/base";
import fc from "fast-check";
import { eraseRandomRegion } from "./erasing.js";
import { drawMix, mixPairs } from "./mix.js";
import type { MixSettings, RandomErasing } from "./settings.js";

const SHAPE = [5, 3, 6, 8] as const;
const SIZE = 3 * 6 * 8;
const batchOf = (): Float32Array =>
  Float32Array.from({ length: 5 * SIZE }, (_, i) => Math.fround(Math.sin(i)));
const at = (image: number, channel: number, y: number, x: number): number =>
  ((image * 3 + channel) * 6 + y) * 8 + x;

describe("drawMix and mixPairs", () => {
  it("blend pairs by the weight, and keep an image without a partner", () => {
    const [batch, before] = [batchOf(), batchOf()];
    mixPairs(batch, SHAPE, { weight: 0.7 });
    for (let image = 0; image < 5; image++) {
      for (let i = 0; i < SIZE; i++) {
        const expected = 0.7 * before[image * SIZE + i]! + 0.3 * before[(4 - image) * SIZE + i]!;
        assert.ok(Math.abs(batch[image * SIZE + i]! - expected) < 1e-6);
      }
    }
  });

  it("swap a box", () => {
    const [batch, before] = [batchOf(), batchOf()];
    const box = { left: 5, top: 1, width: 3, height: 2 };
    mixPairs(batch, SHAPE, { weight: 1 - 6 / 48, box });
    for (let image = 0; image < 5; image++) {
      for (let channel = 0; channel < 3; channel++) {
        for (let y = 0; y < 6; y++) {
          for (let x = 0; x < 8; x++) {
            const inside = x >= 5 && y >= 1 && y < 3;
            const from = inside ? 4 - image : image;
            assert.equal(batch[at(image, channel, y, x)], before[at(from, channel, y, x)]);
          }
        }
      }
    }
  });

  it("choose a box inside the image whose area is 1 - weight", () => {
    const alpha = fc.double({ min: 0.05, max: 5, noNaN: true });
    const side = fc.integer({ min: 1, max: 300 });
    fc.assert(
      fc.property(alpha, side, side, fc.integer(), (cutmix, height, width, seed) => {
        const { weight, box } = drawMix(
          { kind: "cutmix", alpha: cutmix },
          { height, width },
          Random.of(seed),
        )!;
        assert.ok(box!.left >= 0 && box!.top >= 0 && box!.width >= 0 && box!.height >= 0);
        assert.ok(box!.left + box!.width <= width && box!.top + box!.height <= height);
        assert.equal(weight, 1 - (box!.width * box!.height) / (width * height));
      }),
    );
  });

  it("sample weights from the beta distribution, and boxes with the given probability", () => {
    const sampleMixes = (settings: MixSettings) => {
      const random = Random.of("mix");
      return Array.from({ length: 10_000 }, () => drawMix(settings, { width: 224, height: 224 }, random)!);
    };
    // The variance of Beta(a, a) is 1 / (4 (2a + 1)).
    const blends = sampleMixes({ kind: "mixup", alpha: 0.8 }).map(({ weight }) => weight);
    const variance = blends.reduce((sum, weight) => sum + (weight - 0.5) ** 2, 0) / blends.length;
    assert.ok(Math.abs(variance - 1 / 10.4) < 0.003, String(variance));
    const mixes = sampleMixes({
      kind: "mixup-or-cutmix",
      mixupAlpha: 0.8,
      cutmixAlpha: 1,
      cutmixProbability: 0.3,
    });
    const boxed = mixes.filter(({ box }) => box).length;
    assert.ok(Math.abs(boxed - 3000) < 200, String(boxed));
    // timm's prob and switch_prob: 0.6 of the batches are mixed, and 0.3 of those by CutMix.
    const some = sampleMixes({
      ...{ kind: "mixup-or-cutmix", mixupAlpha: 0.8, cutmixAlpha: 1, cutmixProbability: 0.3 },
      probability: 0.6,
    });
    const mixed = some.filter((mix) => mix !== undefined);
    assert.ok(Math.abs(mixed.length - 6000) < 200, String(mixed.length));
    const swapped = mixed.filter(({ box }) => box).length;
    assert.ok(Math.abs(swapped - 1800) < 150, String(swapped));
  });
});

describe("random erasing", () => {
  const settings: RandomErasing = { probability: 1, area: [0.1, 0.4], ratio: [0.5, 2], fill: "mean" };
  const erased = (changes: Partial<RandomErasing>, seed: number, height = 40, width = 30) => {
    const batch = new Float32Array(3 * 3 * height * width).fill(9);
    eraseRandomRegion(
      { batch, index: 1, height, width },
      { ...settings, ...changes },
      Random.of("erase", seed),
    );
    return batch;
  };

  it("sets one box in all channels of one image to the mean", () => {
    for (let seed = 0; seed < 50; seed++) {
      const batch = erased({}, seed);
      const plane = 40 * 30;
      const gone = (channel: number) =>
        Array.from({ length: plane }, (_, i) => i).filter((i) => batch[(3 + channel) * plane + i] === 0);
      const pixels = gone(0);
      assert.deepEqual([gone(1), gone(2)], [pixels, pixels]);
      const part = pixels.length / plane;
      assert.ok(part > 0.08 && part < 0.43, String(part));
      const [xs, ys] = [new Set(pixels.map((i) => i % 30)), new Set(pixels.map((i) => Math.floor(i / 30)))];
      assert.equal(xs.size * ys.size, pixels.length, "a box");
      assert.equal(batch.filter((value) => value === 0).length, 3 * pixels.length, "only in this image");
    }
  });

  it("fills the box with normal noise", () => {
    const noise = erased({ fill: "noise", area: [0.3, 0.4] }, 1, 224, 224).filter((value) => value !== 9);
    const mean = noise.reduce((sum, value) => sum + value, 0) / noise.length;
    const variance = noise.reduce((sum, value) => sum + (value - mean) ** 2, 0) / noise.length;
    assert.ok(noise.length > 0.28 * 3 * 224 * 224);
    assert.ok(Math.abs(mean) < 0.02 && Math.abs(variance - 1) < 0.03, `${mean} ${variance}`);
  });

  it("is applied with the given probability", () => {
    let count = 0;
    for (let seed = 0; seed < 1000; seed++) {
      if (erased({ probability: 0.25 }, seed, 8, 8).includes(0)) count++;
    }
    assert.ok(Math.abs(count - 250) < 50, String(count));
  });
});
