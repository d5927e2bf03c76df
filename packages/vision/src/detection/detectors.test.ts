import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { UserError } from "@supernet/base";
import { liveTensors, manualSeed, nn, optim, rand, Tensor, tidy, zeros } from "@supernet/torch";
import { z } from "zod";
import type { Backbone } from "../backbones/backbone.js";
import { draw, NOTHING, SIDE, SIZES, TRUTH, truth } from "../testing/drawn-images.js";
import { smallDetectors } from "../testing/small-detectors.js";
import { TinyBackbone } from "../testing/tiny-backbone.js";
import { tinyDetector, tinyDetectorSettings } from "../testing/tiny-detector.js";
import { boxIou } from "./boxes/boxes.js";
import { type Detector, type DetectorDefinition, defineDetector } from "./detector.js";
import { buildDetector, builtInDetectors } from "./detectors.js";
import { detectorSchema } from "./detectors.settings.js";
import { torchvisionDetectors } from "./torchvision.settings.js";

const CLASSES = 2;

/** Built-in detectors, and one that is defined as users would do it. */
const detectors: readonly [DetectorDefinition, Readonly<Record<string, unknown>>][] = [
  ...Object.values(smallDetectors).map((settings): [DetectorDefinition, typeof settings] => [
    builtInDetectors[settings.kind],
    settings,
  ]),
  [tinyDetector, tinyDetectorSettings],
];

function total(losses: Record<string, Tensor>): Tensor {
  return Object.values(losses).reduce((sum, loss) => sum.add(loss));
}

/** Records the input shapes of every call of a leaf module with parameters, by name. */
function recordCalls(model: nn.Module): Map<string, number[][]> {
  const calls = new Map<string, number[][]>();
  for (const [name, module] of model.namedModules()) {
    if ([...module.namedChildren()].length > 0 || module.parameters().length === 0) continue;
    const leaf = module as nn.Module & { forward(x: Tensor): Tensor };
    const forward = leaf.forward.bind(leaf);
    const own: number[][] = [];
    calls.set(name, own);
    leaf.forward = (x) => {
      own.push([...x.shape]);
      return forward(x);
    };
  }
  return calls;
}

for (const [definition, settings] of detectors) {
  describe(definition.kind, () => {
    const build = (chosen: object): Detector => {
      manualSeed(7);
      return definition.build(new TinyBackbone(8), chosen, CLASSES);
    };

    test("has a schema that accepts its settings and rejects unknown ones", () => {
      assert.deepEqual(definition.settings.parse(settings), settings);
      assert.equal(definition.settings.safeParse({ ...settings, fpnChannels: 16 }).success, false);
    });

    test("overfits two images and finds their boxes", () => {
      const model = build(settings);
      const images = draw(TRUTH);
      const sgd = new optim.SGD(model, { lr: 0.03, momentum: 0.9 });
      const history: number[] = [];
      for (let step = 0; step < 100; step++) {
        if (step === 70) sgd.lr /= 10;
        history.push(
          tidy(() => {
            const loss = total(model.forward(images, SIZES, TRUTH, ["overfit", step]));
            loss.backward();
            sgd.step();
            sgd.zeroGrad();
            return loss.item();
          }),
        );
      }
      assert.ok(history.at(-1)! < history[0]! / 3, `losses from ${history[0]} to ${history.at(-1)}`);
      const found = model.eval().detect(images, SIZES);
      for (const [image, { boxes, labels }] of TRUTH.entries()) {
        const own = found[image]!;
        const iou = boxIou(boxes, own.boxes);
        for (const [i, label] of labels.entries()) {
          const best = own.labels.indexOf(label);
          assert.ok(best >= 0 && own.scores[best]! > 0.5, `image ${image}: no box of class ${label}`);
          assert.ok(iou[i * own.labels.length + best]! > 0.7, `image ${image}: ${own.boxes}`);
        }
      }
    });

    test("computes a gradient for every parameter", () => {
      const model = build(settings);
      const without = () =>
        Array.from(model.namedParameters())
          .filter(([, { grad }]) => !(grad && grad.abs().sum().item() > 0))
          .map(([name]) => name);
      // One RNG key samples few anchors. Over several keys, anchors of every level are among them.
      for (let i = 0; i < 20 && without().length > 0; i++)
        total(model.forward(draw(TRUTH), SIZES, TRUTH, [i])).backward();
      assert.deepEqual(without(), []);
    });

    test("depends only on the RNG key", () => {
      const model = build(settings);
      const values = (seed: number) => {
        manualSeed(seed);
        const losses = model.forward(draw(TRUTH), SIZES, TRUTH, ["seed", 1]);
        return Object.values(losses).map((loss) => loss.item());
      };
      assert.deepEqual(values(1), values(2));
    });

    test("has no box loss on images without ground truth", () => {
      const losses = build(settings).forward(draw(TRUTH), SIZES, [NOTHING, NOTHING], [1]);
      for (const [name, loss] of Object.entries(losses)) {
        assert.ok(
          /(Box|Centerness)$/.test(name) ? loss.item() === 0 : loss.item() > 0,
          `${name} ${loss.item()}`,
        );
      }
      total(losses).backward();
    });

    test("finds no objects in empty images, and has finite losses", () => {
      const model = build(settings);
      const images = draw(TRUTH);
      const empty = SIZES.map(() => ({ height: 0, width: 0 }));
      const loss = total(model.forward(images, empty, [NOTHING, NOTHING], [1]));
      loss.backward();
      assert.ok(Number.isFinite(loss.item()));
      for (const { boxes, scores, labels } of model.eval().detect(images, empty)) {
        assert.deepEqual([boxes.length, scores.length, labels.length], [0, 0, 0]);
      }
    });

    test("has finite losses for boxes without area, inverted, far outside, and for a crowd", () => {
      const boxes = [
        [10, 10, 10, 30],
        [40, 40, 20, 20],
        [500, 500, 520, 520],
        [6, 8, 26, 28],
        [0, 0, 64, 64],
      ];
      const odd = { ...truth(boxes, [0, 1, 1, 0, 1]), crowd: Uint8Array.of(0, 0, 0, 0, 1) };
      const losses = build(settings).forward(draw(TRUTH), SIZES, [odd, odd], [1]);
      for (const [name, loss] of Object.entries(losses)) assert.ok(Number.isFinite(loss.item()), name);
      total(losses).backward();
    });

    test("returns boxes inside the unpadded image, sorted by score, and at most the given number", () => {
      const model = build({ ...settings, scoreThreshold: 0.005, detectionsPerImage: 5 });
      const sizes = [
        { height: 40, width: 64 },
        { height: 64, width: 30 },
      ];
      for (const [image, { boxes, scores, labels }] of model.eval().detect(draw(TRUTH), sizes).entries()) {
        assert.ok(scores.length > 0 && scores.length <= 5);
        assert.deepEqual(scores, scores.toSorted().reverse());
        assert.ok(labels.every((label) => label < CLASSES));
        for (const [i, value] of boxes.entries()) {
          const limit = i % 2 === 0 ? sizes[image]!.width : sizes[image]!.height;
          assert.ok(value >= 0 && value <= limit);
        }
      }
    });

    test("frees all tensors and records no gradients in detection", () => {
      const model = build(settings).eval();
      const images = draw(TRUTH);
      const before = liveTensors();
      const found = model.detect(images, SIZES);
      assert.equal(liveTensors(), before);
      assert.ok(found.every(({ boxes }) => !(boxes instanceof Tensor)));
      assert.ok(model.parameters().every((parameter) => parameter.grad === undefined));
    });

    test("detects the same from feature maps as from images", () => {
      manualSeed(7);
      const backbone = new TinyBackbone(8);
      const model = definition.build(backbone, settings, CLASSES).eval();
      const images = draw(TRUTH);
      assert.deepEqual(
        model.detectFromFeatures(backbone.forward(images), SIZES),
        model.detect(images, SIZES),
      );
    });

    test("runWorstCase runs every module for any image, on inputs at least as large as in detection", () => {
      const model = build(settings).eval();
      const calls = recordCalls(model);
      const shapesAfter = (run: () => void) => {
        for (const own of calls.values()) own.length = 0;
        run();
        return new Map(Array.from(calls, ([name, own]) => [name, [...own]]));
      };
      const before = liveTensors();
      const blank = shapesAfter(() => tidy(() => model.runWorstCase(zeros([2, 3, SIDE, SIDE]))));
      assert.equal(liveTensors(), before);
      const noise = shapesAfter(() => model.runWorstCase(rand([2, 3, SIDE, SIDE])));
      const detecting = shapesAfter(() => void model.detect(draw(TRUTH), SIZES));
      assert.deepEqual(blank, noise);
      const rows = (shapes: readonly number[][]) => shapes.reduce((sum, shape) => sum + shape[0]!, 0);
      for (const [name, shapes] of blank) {
        assert.ok(shapes.length > 0, name);
        assert.ok(rows(shapes) >= rows(detecting.get(name)!), name);
      }
    });

    test("rejects a pyramid that does not match the backbone", () => {
      const strides = [3, 6, 12];
      const pyramid = { ...(settings.pyramid as object), strides };
      assert.throws(
        () => build("pyramid" in settings ? { ...settings, pyramid } : { ...settings, strides }),
        (error) => error instanceof UserError && /^pyramid\.strides/.test(error.message),
      );
    });
  });
}

test("the schema and the list of built-in detectors have the same kinds", () => {
  for (const settings of Object.values(smallDetectors)) {
    assert.deepEqual(detectorSchema.parse(settings), settings);
    assert.equal(detectorSchema.safeParse({ ...settings, fpnChannels: 16 }).success, false);
  }
  const kinds = detectorSchema.options.map(({ shape }) => shape.kind.value);
  assert.deepEqual(kinds, Object.keys(builtInDetectors));
  for (const [kind, definition] of Object.entries(builtInDetectors)) assert.equal(definition.kind, kind);
});

test("defineDetector names the field that is missing or wrong", () => {
  const definition = { kind: "mine", settings: z.strictObject({}), build: () => assert.fail() };
  assert.equal(defineDetector(definition), definition);
  for (const [wrong, message] of [
    [undefined, /^defineDetector: the options object is missing/],
    [{ ...definition, kind: 3 }, /^defineDetector: kind is 3; expected text/],
    [{ ...definition, settings: undefined }, /^defineDetector: settings is missing; expected a zod schema/],
    [{ ...definition, settings: { channels: 3 } }, /^defineDetector: settings is .*; expected a zod schema/],
    [{ ...definition, build: undefined }, /^defineDetector: build is missing; expected a function/],
  ] as const) {
    assert.throws(
      () => defineDetector(wrong as never),
      (error) => error instanceof UserError && message.test(error.message),
    );
  }
});

test("buildDetector names an unknown kind", () => {
  const settings = { ...smallDetectors.retinanet, kind: "retinane" } as never;
  assert.throws(
    () => buildDetector(new TinyBackbone(8), settings, 2),
    /unknown detector retinane: did you mean/,
  );
});

/** Channels and strides of a ResNet-50's feature maps. */
class ResNet50Maps extends nn.Module implements Backbone {
  readonly outChannels = [256, 512, 1024, 2048];
  readonly strides = [4, 8, 16, 32];

  forward(): Tensor[] {
    return [];
  }
}

test("detectors with torchvision's settings have the published numbers of parameters", () => {
  // ResNet-50 without its classifier. Frozen batch-norm has no parameters.
  const body = 23_454_912;
  // torchvision also predicts a box for the background.
  const backgroundBox = 4 * (1024 + 1);
  for (const [settings, classes, published] of [
    [torchvisionDetectors["faster-rcnn"], 90, 41_755_286 - backgroundBox],
    [torchvisionDetectors.retinanet, 91, 34_014_999],
    [torchvisionDetectors.fcos, 91, 32_269_600],
  ] as const) {
    const model = buildDetector(new ResNet50Maps(), settings, classes);
    const own = model.parameters().reduce((sum, { numel }) => sum + numel, 0);
    assert.equal(body + own, published, settings.kind);
  }
});
