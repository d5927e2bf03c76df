import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import {
  fromTypedArray,
  loadTensors,
  manualSeed,
  nn,
  randn,
  savePth,
  type Tensor,
  tensor,
  tidy,
} from "@supernet/torch";
import { ResNet } from "../backbones/index.js";
import { gridAnchors } from "../detection/boxes/anchors.js";
import { selectProposals } from "../detection/faster-rcnn/rpn.js";
import { FasterRcnn, Fcos, type GroundTruth, RetinaNet, torchvisionDetectors } from "../detection/index.js";
import { mapSizes } from "../detection/parts/dense-head.js";
import { runPython, withoutTorchvision } from "../testing/python.js";
import { type Rule, toOurs, toTheirs } from "./rename.js";
import { fasterRcnnRules, fcosRules, retinaNetRules } from "./torchvision-detectors.js";

const TOLERANCE = 1e-5;
/** Sums of many terms, in another order. */
const GRADIENT_TOLERANCE = 1e-4;
const EVERYTHING = 1_000_000;
const { "faster-rcnn": fasterRcnn, retinanet: retinaNet, fcos } = torchvisionDetectors;

interface Case {
  readonly name: string;
  readonly make: () => FasterRcnn | RetinaNet | Fcos;
  readonly rules: readonly Rule[];
  /** Difference between torchvision's labels and supernet's. */
  readonly shift: number;
  /** Names of torchvision's losses in supernet. */
  readonly losses: Readonly<Record<string, string>>;
}

const CASES: readonly Case[] = [
  {
    name: "fasterrcnn_resnet50_fpn",
    // The same settings as in torchvision_detectors.py.
    make: () => {
      const rpn = { preNms: { train: 300, test: 200 }, postNms: { train: 150, test: 100 } };
      const settings = {
        ...fasterRcnn,
        rpn: { ...fasterRcnn.rpn, ...rpn, samplesPerImage: EVERYTHING },
        head: { ...fasterRcnn.head, samplesPerImage: EVERYTHING },
      };
      return new FasterRcnn(new ResNet(50), settings, 3);
    },
    rules: fasterRcnnRules,
    shift: 1,
    losses: {
      "loss.loss_objectness": "lossRpnClassification",
      "loss.loss_rpn_box_reg": "lossRpnBox",
      "loss.loss_classifier": "lossClassification",
      "loss.loss_box_reg": "lossBox",
    },
  },
  {
    name: "retinanet_resnet50_fpn",
    make: () => new RetinaNet(new ResNet(50), { ...retinaNet, detectionsPerImage: EVERYTHING }, 4),
    rules: retinaNetRules,
    shift: 0,
    losses: { "loss.classification": "lossClassification", "loss.bbox_regression": "lossBox" },
  },
  {
    name: "fcos_resnet50_fpn",
    make: () => new Fcos(new ResNet(50), { ...fcos, detectionsPerImage: EVERYTHING }, 4),
    rules: fcosRules,
    shift: 0,
    losses: {
      "loss.classification": "lossClassification",
      "loss.bbox_regression": "lossBox",
      "loss.bbox_ctrness": "lossCenterness",
    },
  },
];

/** Sizes of the images in a batch of 128 x 256 pixels, which are multiples of the coarsest stride. */
const SIZES = [
  { height: 128, width: 256 },
  { height: 100, width: 190 },
];
const BOXES = [
  [
    [10, 20, 90, 110],
    [100, 40, 230, 120],
    [200, 10, 230, 45],
  ],
  [
    [30, 30, 70, 60],
    [5, 10, 180, 90],
  ],
];
const LABELS = [
  [1, 3, 2],
  [2, 1],
];

function truthOf(shift: number): GroundTruth[] {
  return BOXES.map((boxes, i) => ({
    boxes: Float32Array.from(boxes.flat()),
    labels: Int32Array.from(LABELS[i]!, (label) => label - shift),
    crowd: new Uint8Array(boxes.length),
  }));
}

type Listed = Readonly<Record<"boxes" | "scores" | "labels", ArrayLike<number>>>;

/** Checks that two lists have the same detections. The order may differ if scores are nearly equal. */
function assertSameDetections(actual: Listed, expected: Listed, name: string): void {
  assert.ok(expected.scores.length > 10, name);
  assert.equal(actual.scores.length, expected.scores.length, name);
  const left = new Set(Array.from(actual.scores, (_, index) => index));
  const near = (a: number, b: number, scale: number) => Math.abs(a - b) <= TOLERANCE * scale;
  for (let i = 0; i < expected.scores.length; i++) {
    const match = [...left].find(
      (j) =>
        actual.labels[j] === expected.labels[i] &&
        near(actual.scores[j]!, expected.scores[i]!, 1) &&
        [0, 1, 2, 3].every((k) => near(actual.boxes[4 * j + k]!, expected.boxes[4 * i + k]!, 256)),
    );
    assert.ok(match !== undefined, `${name}: no match for detection ${i}`);
    left.delete(match);
  }
}

/** Initializes like torchvision_detectors.py, so norms are not the identity and scores of heads differ. */
function randomize(detector: nn.Module): void {
  for (const [, module] of detector.namedModules()) {
    if (!(module instanceof nn.BatchNorm2d)) continue;
    nn.init.uniform(module.weight!, 0.5, 1);
    nn.init.normal(module.bias!, 0, 0.2);
    nn.init.normal(module.running_mean!, 0, 0.2);
    nn.init.uniform(module.running_var!, 0.8, 2);
  }
  for (const [name, weight] of detector.namedParameters()) {
    if (/_head.*gn\.weight/.test(name)) nn.init.uniform(weight, 0.5, 1);
    else if (/_head/.test(name)) nn.init.normal(weight, 0, weight.ndim === 1 ? 0.1 : 0.02);
  }
}

/** Returns torchvision's name of a tensor before 0.13, when convolutions and activations were counted together. */
function olderName(name: string): string {
  return name
    .replace(/^(rpn\.head\.conv)\.0\.0\./, "$1.")
    .replace(/^(.*_blocks\.\d)\.0\./, "$1.")
    .replace(
      /^(.*_head\.conv)\.(\d)\.0\./,
      (_, list: string, index: string) => `${list}.${2 * Number(index)}.`,
    );
}

for (const { name, make, rules } of CASES) {
  test(`${name}: converts names to torchvision's and back, including the older names of published weights`, () => {
    tidy(() => {
      const ours = make().stateDict();
      const theirs = toTheirs(ours, rules);
      const older = new Map(Array.from(theirs, ([key, w]) => [olderName(key), w]));
      for (const spelling of [theirs, older]) {
        const back = toOurs(spelling, rules);
        assert.deepEqual([...back.keys()], [...ours.keys()]);
        for (const [key, weight] of ours) assert.ok(back.get(key)!.equal(weight), key);
      }
    });
  });
}

test("names without a rule do not change, and neither does a scalar instead of rows", () => {
  const state = new Map([["momentum.buffer", tensor([1])]]);
  assert.deepEqual([...toOurs(state, fasterRcnnRules)], [...state]);
  const scalar = tensor(1);
  const broken = toOurs(new Map([["roi_heads.box_predictor.cls_score.weight", scalar]]), fasterRcnnRules);
  assert.equal(broken.get("roi_head.bbox_head.fc_cls.weight"), scalar);
});

describe("torchvision's detectors", { skip: withoutTorchvision }, () => {
  const folder = mkdtempSync(join(tmpdir(), "detectors-"));
  after(() => rmSync(folder, { recursive: true }));
  const file = (name: string) => join(folder, `${name}.pth`);
  manualSeed(11);
  const images = randn([2, 3, 128, 256]).keep();
  const batch = new Map([
    ["images", images],
    ["sizes", tensor(SIZES.map(Object.values), { dtype: "int64" })],
  ]);
  for (const [i, boxes] of BOXES.entries()) {
    batch.set(`boxes.${i}`, tensor(boxes));
    batch.set(`labels.${i}`, tensor(LABELS[i]!, { dtype: "int64" }));
  }
  savePth(file("batch"), batch);

  /** Compares a detector's results for the batch with torchvision's, for weights that either has written. */
  function assertSame(
    { name, rules, shift, losses }: Case,
    detector: FasterRcnn | RetinaNet | Fcos,
    whose: "ours" | "theirs",
  ): void {
    const expected = loadTensors(file(`${name}.${whose}.out`)).tensors;
    const assertClose = (actual: Tensor | ArrayLike<number>, key: string, tolerance = TOLERANCE) => {
      const values =
        "toTypedArray" in actual ? actual : fromTypedArray(Float32Array.from(actual), [actual.length]);
      const wanted = expected.get(key)!;
      assert.equal(values.numel, wanted.numel, key);
      const largest = wanted.abs().max().item();
      const error = values
        .reshape([-1])
        .sub(wanted.reshape([-1]))
        .abs()
        .max()
        .item();
      assert.ok(largest > 0, key);
      assert.ok(error <= tolerance * largest, `${name}, ${key}: ${error} of ${largest}`);
    };

    detector.eval();
    const levels = detector.neck.forward(detector.backbone.forward(images));
    for (const [i, level] of levels.entries()) assertClose(level, `level.${i}`);
    if (detector instanceof FasterRcnn) {
      const { anchors, pyramid, rpn } = detector.settings;
      const grid = gridAnchors(mapSizes(levels), pyramid.strides, anchors);
      const proposals = selectProposals(detector.rpn_head.forward(levels), {
        anchors: grid,
        sizes: SIZES,
        settings: rpn,
        mode: "test",
      });
      for (const [i, boxes] of proposals.entries()) assertClose(boxes, `proposals.${i}`);
    }
    for (const [i, found] of detector.detect(images, SIZES).entries()) {
      const of = (key: string) => expected.get(`${key}.${i}`)!.to({ dtype: "float32" }).toTypedArray();
      const labels = (of("labels") as Float32Array).map((label) => label - shift);
      const theirs = { boxes: of("boxes"), scores: of("scores"), labels } as Listed;
      assertSameDetections(found, theirs, `${name}, image ${i}`);
    }
    const own: Record<string, Tensor> = detector.train().forward(images, SIZES, truthOf(shift), [0]);
    assert.equal(Object.keys(own).length, Object.keys(losses).length);
    for (const [theirs, ours] of Object.entries(losses)) assertClose([own[ours]!.item()], theirs);
    Object.values(own)
      .reduce((sum, loss) => sum.add(loss))
      .backward();
    const gradients = new Map(Array.from(detector.namedParameters(), ([key, { grad }]) => [key, grad!]));
    for (const [key, gradient] of toTheirs(gradients, rules))
      assertClose(gradient, `gradient.${key}`, GRADIENT_TOLERANCE);
  }

  for (const detector of CASES) {
    const { name, make, rules } = detector;

    describe(name, () => {
      let ours: ReturnType<typeof make>;
      before(() => {
        ours = make();
        randomize(ours);
        tidy(() => savePth(file(`${name}.ours`), toTheirs(ours.stateDict(), rules)));
        runPython("torchvision_detectors.py", folder, name);
      });

      test("supernet's weights load strictly in torchvision, with the same detections, losses and gradients", () => {
        tidy(() => assertSame(detector, ours, "ours"));
      });

      test("torchvision's weights load strictly in supernet, with the same detections, losses and gradients", () => {
        tidy(() => {
          ours.loadStateDict(toOurs(loadTensors(file(`${name}.theirs`)).tensors, rules));
          for (const parameter of ours.parameters()) parameter.grad = undefined;
          assertSame(detector, ours, "theirs");
        });
      });
    });
  }
});
