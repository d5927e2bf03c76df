import assert from "node:assert/strict";
import { test } from "node:test";
import { tensor, zeros } from "@supernet/torch";
import { truth } from "../../testing/drawn-images.js";
import { smallDetectors } from "../../testing/small-detectors.js";
import { TinyBackbone } from "../../testing/tiny-backbone.js";
import type { Anchors } from "../boxes/anchors.js";
import { focalLoss } from "../parts/losses.js";
import { RetinaHead, RetinaNet, retinaLosses } from "./retinanet.js";

const settings = smallDetectors.retinanet;

test("the initial score of every anchor is the prior", () => {
  const head = new RetinaHead(4, { settings: settings.head, anchorsPerPosition: 6, classes: 2 });
  const { logits } = head.forward([zeros([1, 4, 2, 3])]);
  const scores = logits.sigmoid().toTypedArray() as Float32Array;
  assert.equal(scores.length, 2 * 3 * 6 * 2);
  assert.ok(scores.every((score) => Math.abs(score - settings.head.prior) < 1e-6));
});

test("the focal loss and its gradient are exact for probabilities that round to 0 or 1", () => {
  for (const [logit, target, gamma, loss, slope] of [
    [200, 1, 2, 0, 0],
    [-200, 0, 2, 0, 0],
    [-200, 1, 2, 0.25 * 200, -0.25],
    [200, 0, 2, 0.75 * 200, 0.75],
    [200, 1, 0.5, 0, 0],
    [-200, 1, 0.5, 0.25 * 200, -0.25],
  ] as const) {
    const input = tensor([logit], { requiresGrad: true });
    const value = focalLoss(input, tensor([target]), { gamma, alpha: 0.25 });
    value.backward();
    assert.ok(value.item() === loss && input.grad!.item() === slope, `${logit} ${target} ${gamma}`);
  }
});

test("anchors between the thresholds have no gradient", () => {
  const anchors: Anchors = {
    boxes: Float32Array.of(0, 0, 10, 10, 0, 0, 10, 22, 50, 50, 60, 60),
    counts: [3],
  };
  const logits = zeros([1, 3, 2], { requiresGrad: true });
  // The second anchor's IoU with the truth is 10 / 22, between the thresholds.
  const known = [truth([[0, 0, 10, 10]], [1])];
  const { classification } = retinaLosses(
    { logits, deltas: zeros([1, 3, 4]) },
    anchors,
    known,
    settings.head,
  );
  classification.backward();
  const [positive, between, negative] = (logits.grad!.toArray() as number[][][])[0]!;
  assert.ok(positive![0]! > 0 && positive![1]! < 0);
  assert.deepEqual(between, [0, 0]);
  assert.ok(negative!.every((slope) => slope > 0));
});

test("the state dict has mmdet's names", () => {
  const names = new Set(new RetinaNet(new TinyBackbone(8), settings, 2).stateDict().keys());
  for (const name of [
    "backbone.stem.weight",
    "neck.lateral_convs.2.conv.weight",
    "neck.fpn_convs.3.conv.weight",
    "bbox_head.cls_convs.1.conv.weight",
    "bbox_head.cls_convs.1.gn.bias",
    "bbox_head.reg_convs.0.conv.weight",
    "bbox_head.retina_cls.weight",
    "bbox_head.retina_reg.bias",
  ]) {
    assert.ok(names.has(name), name);
  }
});
