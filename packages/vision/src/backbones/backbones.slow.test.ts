import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { loadTensors, manualSeed, nn, randn, savePth, type Tensor, tidy, zeros } from "@supernet/torch";
import { runPython, withoutTorchvision } from "../testing/python.js";
import type { Classifier } from "./classifier.js";
import { mobileNetV2Classifier, resNetClassifier, shuffleNetV2Classifier } from "./index.js";

/** Networks by torchvision's names, with the number of parameters that torchvision states for 1000 classes. */
const NETWORKS: Readonly<Record<string, { make: (classes: number) => Classifier; parameters: number }>> = {
  resnet18: { make: (classes) => resNetClassifier(18, classes), parameters: 11_689_512 },
  resnet34: { make: (classes) => resNetClassifier(34, classes), parameters: 21_797_672 },
  resnet50: { make: (classes) => resNetClassifier(50, classes), parameters: 25_557_032 },
  resnet101: { make: (classes) => resNetClassifier(101, classes), parameters: 44_549_160 },
  resnet152: { make: (classes) => resNetClassifier(152, classes), parameters: 60_192_808 },
  mobilenet_v2: { make: mobileNetV2Classifier, parameters: 3_504_872 },
  shufflenet_v2_x0_5: { make: (classes) => shuffleNetV2Classifier("0.5", classes), parameters: 1_366_792 },
  shufflenet_v2_x1_0: { make: (classes) => shuffleNetV2Classifier("1.0", classes), parameters: 2_278_604 },
  shufflenet_v2_x1_5: { make: (classes) => shuffleNetV2Classifier("1.5", classes), parameters: 3_503_624 },
  shufflenet_v2_x2_0: { make: (classes) => shuffleNetV2Classifier("2.0", classes), parameters: 7_393_996 },
};

for (const [name, { make, parameters }] of Object.entries(NETWORKS)) {
  test(`${name} has the published number of parameters, and maps with the stated channels and strides`, () => {
    tidy(() => {
      const model = make(1000);
      const count = model.parameters().reduce((sum, parameter) => sum + parameter.numel, 0);
      assert.equal(count, parameters);
      const { backbone } = model.eval();
      assert.deepEqual(backbone.strides, [4, 8, 16, 32]);
      const shapes = backbone.forward(zeros([2, 3, 64, 96])).map((map) => map.shape);
      const expected = backbone.strides.map((stride, i) => [
        2,
        backbone.outChannels[i],
        64 / stride,
        96 / stride,
      ]);
      assert.deepEqual(shapes, expected);
    });
  });
}

test("a backbone loads the weights of a classifier without those of the head", () => {
  const classifier = shuffleNetV2Classifier("0.5", 3);
  const { backbone } = shuffleNetV2Classifier("0.5", 5);
  const { missing, unexpected } = backbone.loadStateDict(classifier.stateDict(), { strict: false });
  assert.deepEqual(missing, []);
  assert.deepEqual(new Set(unexpected.map((key) => key.split(".")[0])), new Set(["conv5", "fc"]));
});

describe("torchvision's networks", { skip: withoutTorchvision }, () => {
  const folder = mkdtempSync(join(tmpdir(), "backbones-"));
  after(() => rmSync(folder, { recursive: true }));
  const CLASSES = 7;
  const FROZEN = "resnet18_frozen";
  const weights = (name: string) => join(folder, `${name}.pth`);
  const frozen = (): Classifier => {
    const model = resNetClassifier(18, CLASSES);
    for (const [, module] of model.namedModules()) if (module instanceof nn.BatchNorm2d) module.eps = 0;
    return model;
  };
  const models = new Map<string, Classifier>();
  let images: Tensor;

  before(() => {
    manualSeed(1);
    images = randn([2, 3, 97, 65]);
    savePth(weights("images"), new Map([["images", images]]));
    for (const name of ["resnet18", "resnet50", "mobilenet_v2", "shufflenet_v2_x0_5", "shufflenet_v2_x2_0"])
      models.set(name, NETWORKS[name]!.make(CLASSES));
    models.set(FROZEN, frozen());
    for (const [name, model] of models) {
      for (const [, module] of model.namedModules()) {
        if (!(module instanceof nn.BatchNorm2d)) continue;
        nn.init.normal(module.running_mean!, 0, 0.2);
        nn.init.uniform(module.running_var!, 0.05, 2);
      }
      savePth(weights(`${name}.ours`), model.stateDict());
    }
    runPython("torchvision_classifiers.py", folder, ...models.keys());
  });

  function assertSameLogits(name: string, whose: "ours" | "theirs"): void {
    const model = models.get(name)!;
    const expected = loadTensors(weights(`${name}.${whose}.out`)).tensors;
    for (const mode of name === FROZEN ? ["eval"] : ["eval", "train"]) {
      model.train(mode === "train");
      // Dropout would use other random numbers than torchvision.
      for (const [, module] of model.namedModules()) if (module instanceof nn.Dropout) module.eval();
      const logits = model.forward(images);
      const wanted = expected.get(mode)!;
      const error = logits.sub(wanted).abs().max().item() / wanted.abs().max().item();
      assert.ok(error <= 1e-5, `${name}, ${mode}: ${error}`);
    }
  }

  test("weights of supernet load strictly in torchvision and give the same logits", () => {
    for (const name of models.keys()) tidy(() => assertSameLogits(name, "ours"));
  });

  test("weights from torchvision load strictly and give the same logits", () => {
    for (const [name, model] of models) {
      tidy(() => {
        const { tensors } = loadTensors(weights(`${name}.theirs`));
        if (name === FROZEN)
          assert.ok([...tensors.keys()].every((key) => !key.includes("num_batches_tracked")));
        model.loadStateDict(tensors);
        assertSameLogits(name, "theirs");
      });
    }
  });
});
