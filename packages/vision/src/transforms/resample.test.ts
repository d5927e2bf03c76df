import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Random } from "@supernet/base";
import { withoutTorchvision } from "../testing/python.js";
import { byTorchvision, furthest, noise, waves } from "../testing/torchvision-augmentation.js";
import { jitterColors } from "./color-jitter.js";
import { centerCrop, flipHorizontal } from "./image.js";
import { resize } from "./resize.js";
import type { ColorJitter } from "./settings.js";

const skip = withoutTorchvision;

describe("resize, compared with torchvision on PIL images", () => {
  const images = [waves(120, 90), noise("resize", 120, 90)];
  const kinds = ["bilinear", "bicubic"] as const;
  const regions = [
    { left: 0, top: 0, width: 120, height: 90, side: 48 },
    { left: 0, top: 0, width: 90, height: 90, side: 80 },
    { left: 3, top: 7, width: 100, height: 80, side: 32 },
    { left: 3, top: 7, width: 100, height: 80, side: 224 },
    { left: 5, top: 5, width: 30, height: 20, side: 224 },
  ];
  const cases = kinds.flatMap((interpolation) =>
    regions.flatMap(({ left, top, width, height, side }) =>
      [0, 1].map((image) => ({
        region: { left, top, width, height },
        side,
        name: "resize",
        image,
        value: [top, left, height, width, [side, side]],
        canvas: { interpolation },
      })),
    ),
  );

  it("returns the same bytes when enlarging and shrinking", { skip }, () => {
    for (const [i, expected] of byTorchvision(images, cases).entries()) {
      const { region, side, image, canvas } = cases[i]!;
      const { data } = resize(images[image]!, { width: side, height: side, region, ...canvas });
      assert.equal(furthest(data, expected), 0, JSON.stringify(cases[i]));
    }
  });

  it("computes only a window of the result, flipped or not", () => {
    const window = { left: 4, top: 9, width: 17, height: 20 };
    for (const { region, side, image, canvas } of cases) {
      const how = { width: side, height: side, region, ...canvas };
      const whole = resize(images[image]!, how);
      const part = centerCrop(whole, {
        width: 17,
        height: 20,
        dx: -4 - Math.round((17 - side) / 2),
        dy: -9 - Math.round((20 - side) / 2),
      });
      assert.deepEqual(resize(images[image]!, { ...how, window }), part);
      assert.deepEqual(resize(images[image]!, { ...how, window, flipped: true }), flipHorizontal(part));
    }
  });

  it("rejects regions and windows outside the image", () => {
    const size = { width: 10, height: 10, interpolation: "bilinear" } as const;
    const part = { left: 0, top: 0, width: 5, height: 5 };
    for (const wrong of [{ region: { ...part, left: 116 } }, { region: { ...part, height: 91 } }])
      assert.throws(() => resize(images[0]!, { ...size, ...wrong }), /not in the image/);
    for (const wrong of [{ window: { ...part, top: 6 } }, { window: { ...part, width: 0 } }])
      assert.throws(() => resize(images[0]!, { ...size, ...wrong }), /empty or too large/);
  });
});

describe("jitterColors, compared with torchvision", () => {
  const none: ColorJitter = { brightness: 0, contrast: 0, saturation: 0, hue: 0 };
  const image = waves(40, 30);
  const grain = noise("jitter", 40, 30);
  /** Samples the same numbers as `jitterColors`, in the same order. */
  const sampleAmounts = (seed: number, { brightness, contrast, saturation, hue }: ColorJitter) => {
    const random = Random.of("jitter", seed);
    const factors = [brightness, contrast, saturation].map((value) =>
      random.uniform(Math.max(0, 1 - value), 1 + value),
    );
    return [...factors, random.uniform(-hue, hue)];
  };
  const cases = (
    [
      ["brightness", { ...none, brightness: 0.4 }, 0],
      ["contrast", { ...none, contrast: 0.4 }, 1],
      ["color", { ...none, saturation: 0.4 }, 2],
      ["hue", { ...none, hue: 0.5 }, 3],
    ] as const
  ).flatMap(([name, settings, which]) => [1, 2, 3].map((seed) => ({ name, settings, which, seed })));

  // supernet rounds, whereas Pillow truncates. torchvision computes the hue of a tensor in float32 and also truncates.
  it("differs by at most one level", { skip }, () => {
    const images = [image, grain];
    const expected = byTorchvision(
      images,
      cases.flatMap(({ name, settings, which, seed }) =>
        images.map((_, k) => ({ name, value: sampleAmounts(seed, settings)[which], image: k })),
      ),
    );
    for (const [i, { name, settings, seed }] of cases.entries()) {
      for (const [k, one] of images.entries()) {
        const { data } = jitterColors(one, settings, Random.of("jitter", seed));
        assert.notDeepEqual(data, one.data);
        const distance = furthest(data, expected[2 * i + k]!);
        assert.ok(distance <= 1, `${name} ${seed} of ${k}: ${distance}`);
      }
    }
  });
});
