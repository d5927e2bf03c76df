import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
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
  const names = ["resnet18", "resnet50", "mobilenet_v2", "shufflenet_v2_x0_5", "shufflenet_v2_x2_0"];
  const weights = (name: string) => join(folder, `${name}.pth`);

  function saveImages(): Tensor {
    const images = randn([2, 3, 97, 65]);
    savePth(weights("images"), new Map([["images", images]]));
    return images;
  }

  function assertSameLogits(
    name: string,
    model: Classifier,
    images: Tensor,
    modes = ["eval", "train"],
  ): void {
    const expected = loadTensors(weights(`${name}.out`)).tensors;
    for (const mode of modes) {
      model.train(mode === "train");
      // Dropout would use other random numbers than torchvision.
      for (const [, module] of model.namedModules()) if (module instanceof nn.Dropout) module.eval();
      const logits = model.forward(images);
      const wanted = expected.get(mode)!;
      const error = logits.sub(wanted).abs().max().item() / wanted.abs().max().item();
      assert.ok(error <= 1e-5, `${name}, ${mode}: ${error}`);
    }
  }

  test("weights from torchvision load strictly and give the same logits", () => {
    manualSeed(1);
    const images = saveImages();
    runPython("torchvision_classifiers.py", "init", folder, ...names);
    runPython("torchvision_classifiers.py", "classify", folder, ...names);
    for (const name of names) {
      tidy(() => {
        const model = NETWORKS[name]!.make(CLASSES);
        model.loadStateDict(loadTensors(weights(name)).tensors);
        assertSameLogits(name, model, images);
      });
    }
  });

  test("weights of supernet load strictly in torchvision and give the same logits", () => {
    manualSeed(2);
    const images = saveImages();
    const models = names.map((name) => NETWORKS[name]!.make(CLASSES));
    for (const [i, name] of names.entries()) savePth(weights(name), models[i]!.stateDict());
    runPython("torchvision_classifiers.py", "classify", folder, ...names);
    for (const [i, name] of names.entries()) tidy(() => assertSameLogits(name, models[i]!, images));
  });

  test("networks with frozen batch-norms give the same logits in evaluation, in both directions", () => {
    const name = "resnet18_frozen";
    const images = saveImages();
    const build = () => {
      const model = resNetClassifier(18, CLASSES);
      for (const [, module] of model.namedModules()) if (module instanceof nn.BatchNorm2d) module.eps = 0;
      return model;
    };
    runPython("torchvision_classifiers.py", "init", folder, name);
    runPython("torchvision_classifiers.py", "classify", folder, name);
    const state = loadTensors(weights(name)).tensors;
    assert.ok([...state.keys()].every((key) => !key.includes("num_batches_tracked")));
    const model = build();
    model.loadStateDict(state);
    assertSameLogits(name, model, images, ["eval"]);
    savePth(weights(name), model.stateDict());
    runPython("torchvision_classifiers.py", "classify", folder, name);
    assertSameLogits(name, model, images, ["eval"]);
  });
});
