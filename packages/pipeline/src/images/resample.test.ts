import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { resize } from "@supernet/vision";
import fc from "fast-check";
import { resample } from "./resample.js";

const side = fc.integer({ min: 1, max: 40 });
const noise = (width: number, height: number, seed: number) => ({
  width,
  height,
  // Extreme values, so that the cubic kernel overshoots.
  data: Uint8Array.from(
    { length: 3 * width * height },
    (_, i) => (Math.imul(i + seed, 2654435761) >>> 29) * 36,
  ),
});

describe("resample", () => {
  // The function of @supernet/vision is compared with Pillow.
  it("returns the same bytes as @supernet/vision", () => {
    fc.assert(
      fc.property(
        fc.tuple(side, side, fc.nat()),
        fc.record({ width: side, height: side, interpolation: fc.constantFrom("bilinear", "bicubic") }),
        fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })),
        ([width, height, seed], how, [a, b]) => {
          const image = noise(width, height, seed);
          assert.deepEqual(resample(image, how as never), resize(image, how as never));
          const [left, top] = [Math.floor(a * (how.width - 1)), Math.floor(b * (how.height - 1))];
          const window = { left, top, width: how.width - left, height: Math.ceil((how.height - top) / 2) };
          const part = { ...how, window } as never;
          assert.deepEqual(resample(image, part), resize(image, part));
        },
      ),
      { numRuns: 300 },
    );
  });
});
