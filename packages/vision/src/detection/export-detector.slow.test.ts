/** ONNX Runtime must detect the same as the engine. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  compareDetections,
  detectOnEngine,
  MEAN,
  type OnnxDetector,
  openOnnx,
  type RandomDetector,
  randomDetector,
  randomMember,
  randomPixels,
} from "../testing/exported-detector.js";
import { smallDetectors } from "../testing/small-detectors.js";
import type { ImageSize } from "./boxes/boxes.js";
import { type DetectorSettings, elasticDetectorSchema } from "./detectors.settings.js";

const TOLERANCE = { box: 0.1, score: 1e-3 };
const CLASSES = 5;

const sizes: readonly ImageSize[] = [
  { height: 96, width: 128 },
  { height: 101, width: 75 },
  { height: 40, width: 33 },
];

/** Checks that both find the same, best first. Scores of these detectors are too far apart to be confused. */
async function assertSame(random: RandomDetector, onnx: OnnxDetector, seed: number, size: ImageSize) {
  for (const batch of [1, 3]) {
    const pixels = randomPixels(batch, size, seed + batch);
    const expected = detectOnEngine(random.detector, pixels);
    const found = await onnx.detect(pixels);
    const difference = compareDetections(found, expected, TOLERANCE);
    assert.ok(difference.expected >= 4 * batch, `only ${difference.expected} detections`);
    assert.equal(difference.unmatched, 0, JSON.stringify(difference));
    for (const { scores } of found) {
      assert.deepEqual(
        scores,
        Float32Array.from(scores).sort((a, b) => b - a),
      );
    }
  }
}

const { "faster-rcnn": fasterRcnn, retinanet: retinaNet, fcos } = smallDetectors;

/** Settings in which every branch of an export is taken. */
const variants: readonly (readonly [name: string, settings: DetectorSettings])[] = [
  ["faster-rcnn", fasterRcnn],
  [
    "faster-rcnn with batch-norm, corners, and a level above by convolution on the map",
    {
      ...fasterRcnn,
      pyramid: { ...fasterRcnn.pyramid, norm: "batch", extraLevels: "conv-on-input", channels: 12 },
      head: { ...fasterRcnn.head, convs: [12], norm: "batch", fcs: [], aligned: false, samplingRatio: 2 },
    },
  ],
  [
    "faster-rcnn without norm, with one pooled level and two above",
    {
      ...fasterRcnn,
      pyramid: { strides: [32, 64, 128], norm: "none", extraLevels: "conv-on-output", channels: 12 },
      head: { ...fasterRcnn.head, convs: [], norm: "none", fcs: [24, 16], roiSize: 5, finestScale: 56 },
    },
  ],
  ["retinanet", retinaNet],
  [
    "retinanet with batch-norm and levels above by convolutions on the map",
    {
      ...retinaNet,
      pyramid: { strides: [8, 16, 32, 64, 128], channels: 12, norm: "batch", extraLevels: "conv-on-input" },
      head: { ...retinaNet.head, convs: [12, 8], norm: "batch" },
    },
  ],
  [
    "retinanet with pooled levels above and a head without convolutions",
    {
      ...retinaNet,
      pyramid: { strides: [4, 8, 16, 32, 64], channels: 12, norm: "group", extraLevels: "pool" },
      head: { ...retinaNet.head, convs: [], norm: "none" },
      preNms: 1000,
      detectionsPerImage: 30,
    },
  ],
  ["fcos", fcos],
  [
    "fcos with batch-norm and a head without convolutions",
    {
      ...fcos,
      pyramid: { strides: [8, 16, 32, 64], channels: 12, norm: "batch", extraLevels: "pool" },
      head: { ...fcos.head, convs: [], norm: "none" },
    },
  ],
];

for (const [name, settings] of variants) {
  describe(`exported ${name}`, () => {
    it("detects the same as the engine in images of a fixed size", async () => {
      for (const [i, size] of sizes.entries()) {
        const random = randomDetector(settings, CLASSES, i);
        const onnx = await openOnnx(random.export({ size }));
        await assertSame(random, onnx, i, size);
        await onnx.close();
      }
    });

    it("detects the same as the engine in images of any size", async () => {
      const random = randomDetector(settings, CLASSES, 10);
      const onnx = await openOnnx(random.export({ size: "any" }));
      for (const [i, size] of sizes.entries()) await assertSame(random, onnx, i, size);
      await onnx.close();
    });
  });
}

describe("exported member of a supernet", () => {
  for (const settings of [fasterRcnn, retinaNet, fcos]) {
    it(`detects the same as the ${settings.kind} in the supernet`, async () => {
      const open = elasticDetectorSchema.parse({
        ...settings,
        pyramid: {
          ...settings.pyramid,
          channels: [8, 16],
          strides: [
            [8, 16, 32, 64],
            [16, 32, 64],
          ],
        },
        head: { ...settings.head, convs: { depth: [1, 2], width: [8, 16] } },
      });
      const member = randomMember(open, CLASSES, {
        "detector.pyramid.channels": 8,
        "detector.pyramid.strides": "16,32,64",
        "detector.head.convs.depth": 1,
        "detector.head.convs.width": 8,
      });
      const onnx = await openOnnx(member.export({ size: sizes[0]! }));
      await assertSame(member, onnx, 1, sizes[0]!);
      await onnx.close();
    });
  }
});

for (const settings of [fasterRcnn, retinaNet, fcos] as readonly DetectorSettings[]) {
  describe(`exported ${settings.kind}`, () => {
    it("clips boxes to the images without their padding, and finds nothing in an empty one", async () => {
      const random = randomDetector(settings, CLASSES, 3);
      const own = [
        { height: 96, width: 128 },
        { height: 80, width: 57 },
        { height: 0, width: 0 },
      ];
      const padded = randomPixels(3, own[0]!, 4);
      const pad = (image: number, from: ImageSize) => {
        for (const channel of [0, 1, 2]) {
          const plane = padded.select(0, image).select(0, channel);
          plane.narrow(0, from.height, 96 - from.height).fill_(255 * MEAN[channel]!);
          plane.narrow(1, from.width, 128 - from.width).fill_(255 * MEAN[channel]!);
        }
      };
      for (const [i, size] of own.entries()) pad(i, size);
      const expected = detectOnEngine(random.detector, padded, own);
      for (const size of ["any", own[0]!] as const) {
        const onnx = await openOnnx(random.export({ size, padded: true }));
        const found = await onnx.detect(padded, own);
        const difference = compareDetections(found, expected, TOLERANCE);
        assert.equal(difference.unmatched, 0, JSON.stringify(difference));
        assert.ok(found[1]!.boxes.length > 20 && found[2]!.boxes.length === 0);
        assert.deepEqual(
          await onnx.detect(
            padded,
            own.map(() => own[2]!),
          ),
          own.map(() => found[2]!),
        );
        await onnx.close();
      }
    });

    it("detects the same in the build of ONNX Runtime for browsers", async () => {
      const random = randomDetector(settings, CLASSES, 6);
      for (const size of ["any", sizes[0]!] as const) {
        const onnx = await openOnnx(random.export({ size }), "web");
        await assertSame(random, onnx, 2, sizes[0]!);
        await onnx.close();
      }
    });

    it("finds a single class, or nothing", async () => {
      const size = sizes[0]!;
      const single = randomDetector(settings, 1, 5);
      const onnx = await openOnnx(single.export({ size }));
      await assertSame(single, onnx, 1, size);
      await onnx.close();
      const nothing = randomDetector({ ...settings, scoreThreshold: 1 }, CLASSES, 5);
      const silent = await openOnnx(nothing.export({ size }));
      const found = await silent.detect(randomPixels(2, size, 1));
      assert.deepEqual(
        found.map(({ scores }) => scores.length),
        [0, 0],
      );
      await silent.close();
    });
  });
}
