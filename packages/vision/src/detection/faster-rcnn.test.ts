import assert from "node:assert/strict";
import { test } from "node:test";
import { manualSeed, optim, Tensor, tidy, zeros } from "@supernet/torch";
import { UserError } from "@supernet/torch/errors";
import { boxIou, type GroundTruth } from "./boxes.js";
import { FasterRcnn, type FasterRcnnSettings, fasterRcnnCoco } from "./faster-rcnn.js";
import { TinyBackbone } from "./test-support/tiny-backbone.js";

const SETTINGS: FasterRcnnSettings = {
  ...fasterRcnnCoco,
  classes: 2,
  fpnChannels: 16,
  anchors: { ...fasterRcnnCoco.anchors, scales: [4] },
  rpn: {
    ...fasterRcnnCoco.rpn,
    preNmsTopN: { train: 100, test: 50 },
    postNmsTopN: { train: 60, test: 30 },
    samplesPerImage: 32,
  },
  roi: {
    ...fasterRcnnCoco.roi,
    samplesPerImage: 32,
    convs: 2,
    convChannels: 16,
    fcChannels: 64,
    finestScale: 16,
  },
};
const SIDE = 64;
const SIZES = [
  { height: SIDE, width: SIDE },
  { height: SIDE, width: SIDE },
];
const NOTHING: GroundTruth = {
  boxes: new Float32Array(0),
  labels: new Int32Array(0),
  crowd: new Uint8Array(0),
};

function truth(boxes: number[][], labels: number[]): GroundTruth {
  return {
    boxes: Float32Array.from(boxes.flat()),
    labels: Int32Array.from(labels),
    crowd: new Uint8Array(labels.length),
  };
}

const TRUTH = [
  truth(
    [
      [6, 8, 26, 28],
      [36, 30, 60, 54],
    ],
    [0, 1],
  ),
  truth([[20, 12, 44, 36]], [1]),
];

/** Red rectangles for class 0, blue ones for class 1, on black. */
function draw(truths: readonly GroundTruth[]): Tensor {
  const images = zeros([truths.length, 3, SIDE, SIDE]);
  for (const [n, { boxes, labels }] of truths.entries()) {
    for (const [i, label] of labels.entries()) {
      const [x1, y1, x2, y2] = boxes.subarray(i * 4, i * 4 + 4);
      images
        .select(0, n)
        .select(0, label * 2)
        .slice(0, y1, y2)
        .slice(1, x1, x2)
        .fill_(1);
    }
  }
  return images;
}

function detector(settings = SETTINGS): FasterRcnn {
  manualSeed(7);
  return new FasterRcnn(new TinyBackbone(8), settings);
}

function total(losses: Record<string, Tensor>): Tensor {
  return Object.values(losses).reduce((sum, loss) => sum.add(loss));
}

test("learns two pictures by heart and finds their boxes", () => {
  const model = detector({ ...SETTINGS, norm: "group" });
  const images = draw(TRUTH);
  const sgd = new optim.SGD(model, { lr: 0.03, momentum: 0.9 });
  const history: number[] = [];
  for (let step = 0; step < 100; step++) {
    if (step === 70) sgd.lr /= 10;
    history.push(
      tidy(() => {
        const losses = model.forward(images, SIZES, TRUTH, ["overfit", step]);
        total(losses).backward();
        sgd.step();
        sgd.zeroGrad();
        return losses.lossRpnClassification.item() + losses.lossClassification.item();
      }),
    );
  }
  assert.ok(
    history.at(-1)! < history[0]! / 3,
    `classification losses from ${history[0]} to ${history.at(-1)}`,
  );
  const found = model.eval().detect(images, SIZES);
  for (const [image, { boxes, labels }] of TRUTH.entries()) {
    const own = found[image]!;
    const iou = boxIou(boxes, own.boxes);
    for (const [i, label] of labels.entries()) {
      const best = own.labels.indexOf(label);
      assert.ok(best >= 0 && own.scores[best]! > 0.5, `image ${image}: nothing of class ${label}`);
      assert.ok(iou[i * own.labels.length + best]! > 0.7, `image ${image}: ${own.boxes}`);
    }
  }
});

test("every parameter gets a gradient", () => {
  const model = detector({ ...SETTINGS, rpn: { ...SETTINGS.rpn, samplesPerImage: 2000 } });
  total(model.forward(draw(TRUTH), SIZES, TRUTH, [1])).backward();
  for (const [name, parameter] of model.namedParameters()) {
    assert.ok(parameter.grad && parameter.grad.abs().sum().item() > 0, name);
  }
});

test("the same key gives the same losses, another key other samples", () => {
  const images = draw(TRUTH);
  const values = (key: number) =>
    Object.values(detector().forward(images, SIZES, TRUTH, ["seed", key])).map((loss) => loss.item());
  assert.deepEqual(values(1), values(1));
  assert.notDeepEqual(values(1), values(2));
});

test("images without ground truth teach background alone", () => {
  const model = detector();
  const losses = model.forward(draw(TRUTH), SIZES, [NOTHING, NOTHING], [1]);
  assert.equal(losses.lossRpnBox.item(), 0);
  assert.equal(losses.lossBox.item(), 0);
  assert.ok(losses.lossRpnClassification.item() > 0 && losses.lossClassification.item() > 0);
  total(losses).backward();
});

test("no proposals: no detections, and finite losses", () => {
  const model = detector();
  const images = draw(TRUTH);
  const empty = SIZES.map(() => ({ height: 0, width: 0 }));
  const losses = model.forward(images, empty, [NOTHING, NOTHING], [1]);
  total(losses).backward();
  assert.equal(losses.lossClassification.item(), 0);
  for (const { boxes, scores, labels } of model.eval().detect(images, empty)) {
    assert.deepEqual([boxes.length, scores.length, labels.length], [0, 0, 0]);
  }
});

test("degenerate and outlying ground truth leaves the losses finite", () => {
  const odd = truth(
    [
      [10, 10, 10, 30],
      [40, 40, 20, 20],
      [500, 500, 520, 520],
      [6, 8, 26, 28],
    ],
    [0, 1, 1, 0],
  );
  const losses = detector().forward(draw(TRUTH), SIZES, [odd, odd], [1]);
  for (const [name, loss] of Object.entries(losses)) assert.ok(Number.isFinite(loss.item()), name);
});

test("detections lie within the true size, sorted by score, at most the asked number", () => {
  const model = detector({
    ...SETTINGS,
    roi: { ...SETTINGS.roi, scoreThreshold: 0.01, detectionsPerImage: 5 },
  });
  const sizes = [
    { height: 40, width: 64 },
    { height: 64, width: 30 },
  ];
  for (const [image, { boxes, scores }] of model.eval().detect(draw(TRUTH), sizes).entries()) {
    assert.ok(scores.length > 0 && scores.length <= 5);
    assert.deepEqual(scores, scores.toSorted().reverse());
    for (const [i, value] of boxes.entries()) {
      const limit = i % 2 === 0 ? sizes[image]!.width : sizes[image]!.height;
      assert.ok(value >= 0 && value <= limit);
    }
  }
});

test("detecting leaves no tensor behind and asks for no gradient", () => {
  const model = detector().eval();
  const found = model.detect(draw(TRUTH), SIZES);
  assert.ok(found.every(({ boxes }) => !(boxes instanceof Tensor)));
  assert.ok(model.parameters().every((parameter) => parameter.grad === undefined));
});

test("the state dict has the names of the field", () => {
  const names = new Set(detector().stateDict().keys());
  for (const name of [
    "neck.lateral_convs.0.conv.weight",
    "neck.fpn_convs.3.bn.running_mean",
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
  assert.ok([...names].some((name) => name.startsWith("backbone.")));
});

test("strides that do not fit the backbone are refused", () => {
  const strides = [8, 16, 32, 64, 128];
  const anchors = { ...SETTINGS.anchors, strides };
  assert.throws(
    () => detector({ ...SETTINGS, anchors }),
    (error) => error instanceof UserError && /strides/.test(error.message),
  );
});
