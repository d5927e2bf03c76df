import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { withoutTorchvision } from "../../testing/python.js";
import { byTorchvision, furthest, noise, waves } from "../../testing/torchvision-augmentation.js";
import type { Image } from "../image.js";
import type { Canvas } from "./affine.js";
import { applyOperation, type OperationName } from "./operations.js";

const images: readonly Image[] = [
  noise("operations", 37, 23),
  waves(64, 48),
  // Channels with one value, two values and all values.
  {
    width: 16,
    height: 16,
    data: Uint8Array.from({ length: 768 }, (_, i) => [9, i % 2 ? 40 : 41, i / 3][i % 3]!),
  },
  noise("narrow", 2, 9),
  noise("one", 1, 1),
];

const VALUES: Readonly<Record<OperationName, readonly number[]>> = {
  autoContrast: [0],
  brightness: [0, 0.1, 0.55, 1, 1.45, 1.9],
  color: [0, 0.1, 0.55, 1, 1.45, 1.9],
  contrast: [0, 0.1, 0.55, 1, 1.45, 1.9],
  equalize: [0],
  invert: [0],
  posterize: [0, 1, 2, 3, 4, 7, 8],
  rotate: [-30, -12.5, 0, 3, 27, 30],
  sharpness: [0, 0.1, 0.55, 1, 1.45, 1.9],
  // torchvision expects an angle. Converted back, slopes such as 0.1 differ in the last bit, so they are omitted.
  shearX: [-0.3, -0.07, 0.11, 0.3],
  shearY: [-0.3, -0.07, 0.11, 0.3],
  solarize: [0, 26, 128, 255, 256],
  solarizeAdd: [0, 44, 110],
  translateX: [-16, -5, 3, 9.72, 31],
  translateY: [-16, -5, 3, 9.72, 31],
};

describe("operations", () => {
  it("return the same bytes as torchvision on PIL images", { skip: withoutTorchvision }, () => {
    const cases = (["bilinear", "bicubic"] as const).flatMap((interpolation) => {
      const canvas: Canvas = { interpolation, fill: [124, 116, 104] };
      return Object.entries(VALUES).flatMap(([name, values]) =>
        values.flatMap((value) =>
          images.map((_, image) => ({ name: name as OperationName, value, image, canvas })),
        ),
      );
    });
    const expected = byTorchvision(images, cases);
    for (const [i, { name, value, image, canvas }] of cases.entries()) {
      const before = Uint8Array.from(images[image]!.data);
      const { data } = applyOperation(images[image]!, { name, value }, canvas);
      const what = `${name} ${value} of image ${image}, ${canvas.interpolation}`;
      assert.equal(furthest(data, expected[i]!), 0, what);
      assert.deepEqual(images[image]!.data, before, `${what} changed its input`);
    }
  });
});
