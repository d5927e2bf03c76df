import assert from "node:assert/strict";
import { test } from "node:test";
import { manualSeed, zeros } from "@supernet/torch";
import { draw, SIDE, SIZES, TRUTH } from "../../testing/drawn-images.js";
import { smallDetectors } from "../../testing/small-detectors.js";
import { TinyBackbone } from "../../testing/tiny-backbone.js";
import { FasterRcnn } from "./faster-rcnn.js";

const settings = smallDetectors["faster-rcnn"];

function detector(): FasterRcnn {
  manualSeed(7);
  return new FasterRcnn(new TinyBackbone(8), settings, 2);
}

test("samples different anchors for a different RNG key", () => {
  const images = draw(TRUTH);
  const values = (key: number) =>
    Object.values(detector().forward(images, SIZES, TRUTH, ["seed", key])).map((loss) => loss.item());
  assert.notDeepEqual(values(1), values(2));
});

test("runWorstCase runs the box head on the maximum number of proposals", () => {
  const rowsFor = (side: number) => {
    const model = detector().eval();
    const { fc_cls } = model.roi_head.bbox_head;
    const forward = fc_cls.forward.bind(fc_cls);
    let rows = 0;
    fc_cls.forward = (x) => {
      rows += x.shape[0]!;
      return forward(x);
    };
    model.runWorstCase(zeros([2, 3, side, side]));
    return rows;
  };
  assert.equal(rowsFor(SIDE), 2 * settings.rpn.postNms.test);
  // For 4 x 4 pixels, each of the five levels has one position with three anchors.
  assert.equal(rowsFor(4), 2 * 15);
});

test("the state dict has mmdet's names", () => {
  const names = new Set(detector().stateDict().keys());
  for (const name of [
    "backbone.stem.weight",
    "neck.lateral_convs.0.conv.weight",
    "neck.fpn_convs.3.gn.weight",
    "rpn_head.rpn_conv.weight",
    "rpn_head.rpn_cls.bias",
    "rpn_head.rpn_reg.weight",
    "roi_head.bbox_head.shared_convs.0.conv.weight",
    "roi_head.bbox_head.shared_fcs.0.weight",
    "roi_head.bbox_head.fc_cls.weight",
    "roi_head.bbox_head.fc_reg.bias",
  ]) {
    assert.ok(names.has(name), name);
  }
});
