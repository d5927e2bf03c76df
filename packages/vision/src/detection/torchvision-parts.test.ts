import assert from "node:assert/strict";
import { test } from "node:test";
import { ops, tensor } from "@supernet/torch";
import {
  assertClose,
  boxesOf,
  checkAgainstTorchvision,
  leaf,
  renamed,
  sizeOf,
  tensorOf,
  truthOf,
} from "../testing/torchvision-vectors.js";
import { anchorsPerPosition, cellAnchors, gridAnchors } from "./boxes/anchors.js";
import { decodeBoxes, decodeDistances, encodeBoxes, encodeDistances } from "./boxes/box-coder.js";
import { boxIou } from "./boxes/boxes.js";
import { matchBoxes } from "./boxes/matcher.js";
import { orderByLevel } from "./faster-rcnn/regions.js";
import { FeaturePyramid } from "./parts/feature-pyramid.js";
import { focalLoss, giouLoss } from "./parts/losses.js";

checkAgainstTorchvision((vectors) => {
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

  test("nms and batchedNms keep the same boxes in the same order, including ties", () => {
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

  test("coding of distances to the sides of a box", () => {
    const { references, targets, encoded, distances, decoded } = vectors().distances;
    assertClose(encodeDistances(boxesOf(targets), boxesOf(references)), encoded);
    assertClose(decodeDistances(tensorOf(distances), tensorOf(references)), decoded);
  });

  test("the GIoU loss and its gradient", () => {
    const { boxes, targets, loss, gradient } = vectors().giou;
    const input = leaf(boxes);
    const own = giouLoss(input, tensorOf(targets));
    assertClose([own.item()], [loss], 1e-6);
    own.backward();
    assertClose(input.grad!, gradient, 1e-6);
  });

  test("anchors", () => {
    for (const { sizes, strides, boxes, ...settings } of vectors().anchors) {
      const anchors = gridAnchors(sizes.map(sizeOf), strides, settings);
      assertClose(anchors.boxes, boxes, 0);
      assert.equal(anchors.counts.length, sizes.length);
      assert.equal(cellAnchors(4, settings).length, 4 * anchorsPerPosition(settings));
    }
  });

  test("IoU and matching, with and without low-quality matches", () => {
    const { boxes, truth, iou, lowQuality, plain, retinaNet } = vectors().matcher;
    assertClose(boxIou(boxesOf(truth), boxesOf(boxes)), iou, 1e-6);
    const match = (positiveIou: number, negativeIou: number, low: boolean) =>
      Array.from(
        matchBoxes(boxesOf(boxes), truthOf(truth), {
          positiveIou,
          negativeIou,
          lowQualityIou: low ? 0 : null,
        }),
      );
    assert.deepEqual(match(0.7, 0.3, true), lowQuality);
    assert.deepEqual(match(0.5, 0.5, false), plain);
    assert.deepEqual(match(0.5, 0.4, true), retinaNet);
  });

  test("the pyramid level of a region", () => {
    const { boxes, levels } = vectors().levels;
    const { regions, order } = orderByLevel([boxesOf(boxes)], 4, 56);
    const ordered = regions.levelCounts.flatMap((count, level) => new Array<number>(count).fill(level));
    const found = new Int32Array(order.length);
    for (const [i, index] of order.entries()) found[index] = ordered[i]!;
    assert.deepEqual(Array.from(found), levels);
  });

  test("the feature pyramid with the same weights", () => {
    for (const { channels, norm, extraLevels, weights, maps, levels } of vectors().fpn) {
      const strides = [4, 8, 16, 32, 64].slice(0, levels.length);
      const pyramid = new FeaturePyramid(
        { outChannels: channels, strides: strides.slice(0, channels.length) },
        { strides, channels: 4, norm, extraLevels },
      );
      const { missing, unexpected } = pyramid.loadStateDict(renamed(weights, pyramidName), { strict: false });
      assert.ok(missing.every((key) => /running_|num_batches/.test(key)));
      assert.deepEqual(unexpected, []);
      const output = pyramid.forward(maps.map(tensorOf));
      assert.equal(output.length, levels.length);
      for (const [i, level] of levels.entries()) assertClose(output[i]!, level);
    }
  });

  test("the focal loss and its gradient", () => {
    for (const { gamma, alpha, logits, targets, loss, gradient } of vectors().focal) {
      const input = leaf(logits);
      const own = focalLoss(input, tensorOf(targets), { gamma, alpha });
      assertClose([own.item()], [loss]);
      own.backward();
      assertClose(input.grad!, gradient);
    }
  });
});

/** Returns supernet's name of a weight of torchvision's pyramid over three maps. */
function pyramidName(name: string): string {
  const [list, index, part, kind] = name.split(".") as [string, string, string, string];
  if (list === "extra_blocks") return `fpn_convs.${index === "p6" ? 3 : 4}.conv.${part}`;
  return `${list === "inner_blocks" ? "lateral_convs" : "fpn_convs"}.${index}.${part === "0" ? "conv" : "bn"}.${kind}`;
}
