import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { ops, type Tensor, tensor } from "@supernet/torch";
import { cellAnchors, gridAnchors } from "./anchors.js";
import { decodeBoxes, encodeBoxes } from "./box-coder.js";
import { boxIou, boxTensor, type GroundTruth, joinBoxes } from "./boxes.js";
import { selectDetections } from "./detections.js";
import { fasterRcnnCoco } from "./faster-rcnn.js";
import { FeaturePyramid } from "./fpn.js";
import { matchBoxes } from "./matcher.js";
import { orderByLevel } from "./regions.js";
import { roiLosses } from "./roi.js";
import { rpnProposals } from "./rpn.js";
import { rpnLosses } from "./rpn-losses.js";
import { freshVectors, type Nested, storedVectors, type Vectors } from "./test-support/vectors.js";

const TOLERANCE = 1e-4;

function flat(nested: Nested): number[] {
  return typeof nested === "number" ? [nested] : (nested as Nested[]).flatMap(flat);
}

function boxesOf(nested: Nested): Float32Array {
  return Float32Array.from(flat(nested));
}

function tensorOf(nested: Nested): Tensor {
  return tensor(nested as Parameters<typeof tensor>[0]);
}

function leaf(nested: Nested): Tensor {
  return tensor(nested as Parameters<typeof tensor>[0], { requiresGrad: true });
}

function assertClose(actual: Tensor | ArrayLike<number>, expected: Nested, tolerance = TOLERANCE): void {
  const values = "toTypedArray" in actual ? (actual.toTypedArray() as Float32Array) : actual;
  const wanted = flat(expected);
  assert.equal(values.length, wanted.length);
  for (const [i, value] of wanted.entries()) {
    const error = Math.abs(values[i]! - value);
    assert.ok(error <= tolerance * Math.max(1, Math.abs(value)), `element ${i}: ${values[i]}, not ${value}`);
  }
}

function truthOf(boxes: Nested): GroundTruth {
  const array = boxesOf(boxes);
  const count = array.length / 4;
  return { boxes: array, labels: new Int32Array(count), crowd: new Uint8Array(count) };
}

function sizeOf([height, width]: readonly [number, number]) {
  return { height, width };
}

function checkAgainst(name: string, vectors: () => Vectors, skip: string | false): void {
  describe(`torchvision's ${name} vectors`, { skip }, () => {
    for (const operator of ["roiAlign", "roiAlignComposed"] as const) {
      test(`${operator} and its gradient`, () => {
        for (const c of vectors().roiAlign) {
          const input = leaf(c.input);
          const output = ops[operator](input, tensorOf(c.rois), c.scale, 3, 2, c.samplingRatio, c.aligned);
          assertClose(output, c.output);
          output.backward(tensorOf(c.upstream));
          assertClose(input.grad!, c.gradient);
        }
      });
    }

    test("nms keeps the same boxes in the same order, ties included, and so within groups", () => {
      const { boxes, scores, groups, thresholds, kept, keptInGroups } = vectors().nms;
      for (const [i, threshold] of thresholds.entries()) {
        const found = ops.nms(tensorOf(boxes), tensorOf(scores), threshold).toArray();
        assert.deepEqual(found, kept[i]);
        const groupTensor = tensor([...groups], { dtype: "int64" });
        const grouped = ops.batchedNms(tensorOf(boxes), tensorOf(scores), groupTensor, threshold);
        const places = grouped.toArray() as number[];
        assert.deepEqual(
          [...places].sort((a, b) => a - b),
          keptInGroups[i],
        );
        assert.deepEqual(
          places,
          [...places].sort((a, b) => scores[b]! - scores[a]! || a - b),
        );
      }
    });

    test("box coding", () => {
      const { weights, references, targets, encoded, deltas, decoded } = vectors().coder;
      assertClose(encodeBoxes(boxesOf(targets), boxesOf(references), weights), encoded);
      assertClose(decodeBoxes(tensorOf(deltas), tensorOf(references), weights), decoded);
    });

    test("anchors", () => {
      const { sizes, boxes, ...settings } = vectors().anchors;
      const anchors = gridAnchors(sizes.map(sizeOf), settings);
      assertClose(anchors.boxes, boxes, 0);
      assert.equal(anchors.counts.length, sizes.length);
      assert.equal(cellAnchors(4, settings).length, 4 * 6);
    });

    test("IoU and matching, with and without low-quality matches", () => {
      const { boxes, truth, iou, lowQuality, plain } = vectors().matcher;
      assertClose(boxIou(boxesOf(truth), boxesOf(boxes)), iou, 1e-6);
      const match = (positiveIou: number, negativeIou: number, low: boolean) =>
        Array.from(matchBoxes(boxesOf(boxes), truthOf(truth), { positiveIou, negativeIou, lowQuality: low }));
      assert.deepEqual(match(0.7, 0.3, true), lowQuality);
      assert.deepEqual(match(0.5, 0.5, false), plain);
    });

    test("the pyramid level of a region", () => {
      const { boxes, levels } = vectors().levels;
      const { regions, places } = orderByLevel([boxesOf(boxes)], 4, 56);
      const ordered = regions.levelCounts.flatMap((count, level) => new Array<number>(count).fill(level));
      const found = new Int32Array(places.length);
      for (const [i, place] of places.entries()) found[place] = ordered[i]!;
      assert.deepEqual(Array.from(found), levels);
    });

    test("the feature pyramid, from the same weights", () => {
      const { channels, weights, maps, levels } = vectors().fpn;
      const pyramid = new FeaturePyramid(
        { outChannels: channels, strides: [4, 8, 16] },
        { outChannels: 4, norm: "batch", extra: { kind: "pool", levels: 1 } },
      );
      const names = { inner_blocks: "lateral_convs", layer_blocks: "fpn_convs" } as const;
      const state = Object.entries(weights).map(([name, value]): [string, Tensor] => {
        const [list, index, part, kind] = name.split(".") as [keyof typeof names, string, string, string];
        return [`${names[list]}.${index}.${part === "0" ? "conv" : "bn"}.${kind}`, tensorOf(value)];
      });
      const { missing } = pyramid.loadStateDict(new Map(state), { strict: false });
      assert.ok(missing.every((key) => /running_|num_batches/.test(key)));
      const output = pyramid.forward(maps.map(tensorOf));
      assert.equal(output.length, levels.length);
      for (const [i, level] of levels.entries()) assertClose(output[i]!, level);
    });

    test("proposals, and the losses and gradients of the region proposal network", () => {
      const c = vectors().rpn;
      const predictions = { logits: leaf(c.logits), deltas: leaf(c.deltas) };
      const anchors = gridAnchors(c.sizes.map(sizeOf), {
        scales: [2],
        ratios: [0.5, 1, 2],
        strides: c.strides,
      });
      const settings = {
        ...fasterRcnnCoco.rpn,
        preNmsTopN: { train: 40, test: 1 },
        postNmsTopN: { train: 25, test: 1 },
        samplesPerImage: 100000,
        smoothL1Beta: 1 / 9,
      };
      const proposals = rpnProposals(predictions, anchors, c.shapes.map(sizeOf), settings, "train");
      for (const [image, expected] of c.proposals.entries()) assertClose(proposals[image]!, expected);
      const losses = rpnLosses(predictions, anchors, c.truth.map(truthOf), settings, [0]);
      assertClose([losses.classification.item(), losses.box.item()], c.losses);
      losses.classification.add(losses.box).backward();
      assertClose(predictions.logits.grad!, c.logitsGradient, 1e-6);
      assertClose(predictions.deltas.grad!, c.deltasGradient, 1e-6);
    });

    test("detections, and the losses and gradients of the box head", () => {
      const c = vectors().roiHead;
      const predictions = { logits: leaf(c.logits), deltas: leaf(c.deltas) };
      const regions = joinBoxes(c.proposals.map(boxesOf));
      const images = Int32Array.from(c.proposals.flatMap((own, image) => own.map(() => image)));
      const roi = { ...fasterRcnnCoco.roi, smoothL1Beta: 1 / 9 };
      const found = selectDetections(
        predictions.logits.softmax(1).slice(1, 0, 3),
        decodeBoxes(predictions.deltas, boxTensor(regions, "cpu").unsqueeze(1), roi.boxWeights),
        images,
        c.shapes.map(sizeOf),
        { scoreThreshold: 0.1, nmsIou: 0.3, detectionsPerImage: 6 },
      );
      for (const [image, own] of found.entries()) {
        assertClose(own.boxes, c.boxes[image]!);
        assertClose(own.scores, c.scores[image]!);
        assert.deepEqual(Array.from(own.labels), c.labels[image]);
      }
      const targets = {
        regions: { boxes: regions, images, levelCounts: [images.length] },
        labels: Int32Array.from(c.targets),
        deltas: boxesOf(c.regression),
      };
      const losses = roiLosses(predictions, targets, roi);
      assertClose([losses.classification.item(), losses.box.item()], c.losses);
      losses.classification.add(losses.box).backward();
      assertClose(predictions.logits.grad!, c.logitsGradient, 1e-6);
      assertClose(predictions.deltas.grad!, c.deltasGradient, 1e-6);
    });
  });
}

const stored = storedVectors();
checkAgainst("stored", () => stored, false);
const fresh = freshVectors(20);
checkAgainst("freshly computed", () => fresh as Vectors, typeof fresh === "string" ? fresh : false);
