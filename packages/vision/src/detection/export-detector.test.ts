import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { randomDetector } from "../testing/exported-detector.js";
import { smallDetectors } from "../testing/small-detectors.js";

const size = { height: 64, width: 96 };

describe("exportDetector", () => {
  const random = randomDetector(smallDetectors.retinanet, 2, 1);

  it("describes inputs and outputs in the model", () => {
    const { inputs, outputs, metadata } = random.export({ size, padded: true });
    assert.deepEqual(inputs, [
      { name: "images", type: "float32", shape: [3, 64, 96] },
      { name: "sizes", type: "int64", shape: [2] },
    ]);
    assert.deepEqual(outputs, [
      { name: "boxes", type: "float32", shape: [100, 4] },
      { name: "scores", type: "float32", shape: [100] },
      { name: "labels", type: "int64", shape: [100] },
      { name: "counts", type: "int64", shape: [] },
    ]);
    assert.deepEqual(JSON.parse(metadata.classes!), ["class 0", "class 1"]);
    const any = random.export({ size: "any" });
    assert.deepEqual(any.inputs, [{ name: "images", type: "float32", shape: [3, "height", "width"] }]);
  });

  it("contains the weights of a head on all levels once", () => {
    const { constants } = random.export({ size });
    const numbers = constants.reduce((sum, { data }) => sum + data.length, 0);
    const weights = [...random.detector.stateDict().values()];
    const expected = weights.reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0);
    assert.ok(numbers < 1.1 * expected, `${numbers} numbers for ${expected} weights`);
  });

  it("refuses weights of another detector", () => {
    assert.throws(
      () => random.export({ size, ...{ classes: ["a", "b", "c"] } }),
      /^RangeError: export: bbox_head\.retina_cls\.weight is 12x64x3x3; the layer needs 18x64x3x3/,
    );
    assert.throws(
      () => random.export({ size, ...{ settings: smallDetectors["faster-rcnn"] } }),
      /the weights do not contain|the layer needs/,
    );
  });
});
