import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import { Random } from "@supernet/torch/random";
import { withoutTorchvision } from "../test-support/python.js";
import { type ColorJitter, jitterColors } from "./color-jitter.js";
import { type Interpolation, resize } from "./image.js";
import { byTorchvision, furthest, noise, waves } from "./test-support/torchvision.js";

const skip = withoutTorchvision;

const meanDistance = (a: Uint8Array, b: Uint8Array): number =>
  a.reduce((sum, value, i) => sum + Math.abs(value - b[i]!), 0) / a.length;

describe("resize beside torchvision's on PIL images", () => {
  const images = [waves(120, 90), noise("resize", 120, 90)];
  const kinds = ["bilinear", "bicubic"] as const;
  const regions = [
    { left: 0, top: 0, width: 120, height: 90, side: 48 },
    { left: 0, top: 0, width: 90, height: 90, side: 80 },
    { left: 3, top: 7, width: 100, height: 80, side: 32 },
    { left: 3, top: 7, width: 100, height: 80, side: 224 },
    { left: 5, top: 5, width: 30, height: 20, side: 224 },
  ];
  const cases = regions.flatMap(({ left, top, width, height, side }) =>
    [0, 1].map((image) => ({
      region: { left, top, width, height },
      side,
      grainy: image === 1,
      name: "resize",
      image,
      value: [top, left, height, width, [side, side]],
    })),
  );
  const enlarges = ({ side }: (typeof cases)[number]) => side === 224;

  let theirs: Record<Interpolation, readonly Uint8Array[]>;
  let ours: Record<Interpolation, readonly Uint8Array[]>;
  before(async () => {
    if (skip) return;
    const all = kinds.flatMap((interpolation) => cases.map((one) => ({ ...one, canvas: { interpolation } })));
    const results = byTorchvision(images, all);
    theirs = { bilinear: results.slice(0, cases.length), bicubic: results.slice(cases.length) };
    const made = (interpolation: Interpolation) =>
      Promise.all(
        cases.map(async ({ region, side, image }) => {
          return (await resize(images[image]!, side, side, interpolation, region)).data;
        }),
      );
    ours = { bilinear: await made("bilinear"), bicubic: await made("bicubic") };
  });

  for (const kind of kinds) {
    it(`shrinks as it does, within what libvips' fixed-point weights leave: ${kind}`, { skip }, () => {
      const other = kind === "bicubic" ? "bilinear" : "bicubic";
      for (const [i, one] of cases.entries()) {
        if (enlarges(one)) continue;
        const [own, expected] = [ours[kind][i]!, theirs[kind][i]!];
        assert.ok(furthest(own, expected) <= (one.grainy ? 20 : 3), `${i}: ${furthest(own, expected)}`);
        const distance = meanDistance(own, expected);
        assert.ok(distance < 0.6, `${i}: ${distance}`);
        if (one.grainy)
          assert.ok(meanDistance(ours[other][i]!, expected) > 4 * distance, "either kernel fits");
      }
    });

    // libvips lays the enlarged image half a pixel of its own further to the right and down.
    it(`enlarges a smooth image nearly as it does: ${kind}`, { skip }, () => {
      for (const [i, one] of cases.entries()) {
        if (!enlarges(one) || one.grainy) continue;
        const [own, expected] = [ours[kind][i]!, theirs[kind][i]!];
        assert.ok(furthest(own, expected) <= 6, `${i}: ${furthest(own, expected)}`);
        assert.ok(meanDistance(own, expected) < 2, `${i}`);
      }
    });
  }
});

describe("colour jitter beside torchvision's", () => {
  const none: ColorJitter = { brightness: 0, contrast: 0, saturation: 0, hue: 0 };
  const image = waves(40, 30);
  const grain = noise("jitter", 40, 30);
  /** The numbers that `jitterColors` draws, in its order. */
  const drawn = (seed: number, { brightness, contrast, saturation, hue }: ColorJitter) => {
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

  // Ours rounds where Pillow cuts off; torchvision's hue of a tensor is computed in float32, and cut off too.
  it("is within one grey level", { skip }, () => {
    const images = [image, grain];
    const expected = byTorchvision(
      images,
      cases.flatMap(({ name, settings, which, seed }) =>
        images.map((_, k) => ({ name, value: drawn(seed, settings)[which], image: k })),
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
