import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { Random } from "@supernet/base";
import {
  extremeSubnets,
  mixedMobileNet,
  type Sampler,
  type Subnet,
  sampleSubnet,
  sposShuffleNetV2,
} from "@supernet/nas";
import { SpaceClassifier } from "@supernet/nas/supernet";
import {
  fromTypedArray,
  liveTensors,
  manualSeed,
  memory,
  nn,
  randn,
  resetPeakMemory,
  type Tensor,
} from "@supernet/torch";
import type { ClassificationBatch } from "@supernet/vision";
import type { LoopContext } from "../run/loop-context.js";
import { supernetTraining } from "../tasks/shared/classifier-training.js";
import type { ClassifierTraining } from "../tasks/shared/classifier-training.settings.js";
import { plain } from "../testing/training.js";
import { accumulateGradients } from "./gradients.js";
import { train } from "./train.js";

const folder = mkdtempSync(join(tmpdir(), "memory-"));
after(() => rmSync(folder, { recursive: true }));

const CLASSES = 4;
const SPACE = sposShuffleNetV2({ stem: 4, blocks: [2, 1], channels: [8, 16], last: 16 });

describe("accumulateGradients with several subnets and micro-batches", () => {
  it("sums the subnets' gradients; parameters that no subnet uses have none", () => {
    manualSeed(1);
    const model = new SpaceClassifier(SPACE, CLASSES);
    const subnets = [0, 1].map((i) => sampleSubnet(SPACE, Random.of("memory", i)));
    const batch = [randn([2, 3, 16, 16]), randn([2, 3, 16, 16])];
    const parameters = model.parameters();
    const gradients = (subnets: readonly Subnet[]) => {
      accumulateGradients<Tensor>(
        {
          settings: { ...plain, clipGradNorm: null },
          device: "cpu",
          losses: (images) => ({ loss: nn.crossEntropy(model.forward(images), fromLabels([0, 3])) }),
        },
        {
          parameters,
          batch,
          iteration: 0,
          active: { subnets, activate: (subnet) => model.activate(subnet) },
        },
      );
      return new Map(
        Array.from(model.namedParameters(), ([name, parameter]) => {
          const { grad } = parameter;
          const values = grad?.toTypedArray() as Float32Array | undefined;
          grad?.dispose();
          parameter.grad = undefined;
          return [name, values];
        }),
      );
    };
    const [first, second, both] = [gradients([subnets[0]!]), gradients([subnets[1]!]), gradients(subnets)];
    const missing = [...both].filter(([, values]) => values === undefined).map(([name]) => name);
    assert.ok(missing.length > 0, "every parameter has a gradient");
    for (const [name, values] of both) {
      const [a, b] = [first.get(name), second.get(name)];
      assert.equal(values === undefined, a === undefined && b === undefined, name);
      for (const [i, value] of (values ?? []).entries()) {
        const sum = (a?.[i] ?? 0) + (b?.[i] ?? 0);
        assert.ok(
          Math.abs(value - sum) <= 1e-5 * Math.max(1, Math.abs(sum)),
          `${name}: ${value}, not ${sum}`,
        );
      }
    }
  });
});

const fromLabels = (labels: readonly number[]) =>
  fromTypedArray(BigInt64Array.from(labels, BigInt), [labels.length]);

describe("memory use of a training", () => {
  const EPOCHS = 5;
  const PER_EPOCH = 6;
  const settings: ClassifierTraining = {
    ...plain,
    epochs: EPOCHS,
    batchSize: 8,
    microBatch: 4,
    emaDecay: 0.9,
    evaluateEvery: 1,
    checkpointEvery: 4,
    labelSmoothing: 0.1,
  };

  const batchOf = (random: Random, size: number): ClassificationBatch => ({
    images: Float32Array.from({ length: size * 3 * 32 * 32 }, () => random.normal()),
    shape: [size, 3, 32, 32],
    labels: BigInt64Array.from({ length: size }, () => BigInt(random.int(CLASSES))),
    mixed: null,
    ids: Array.from({ length: size }, (_, i) => i),
  });

  const spos = {
    space: SPACE,
    sampler: {
      subnets: 1,
      // The paths repeat in every epoch, so the optimizer's state is complete after the first.
      at: (iteration: number) => [sampleSubnet(SPACE, Random.of("path", iteration % PER_EPOCH))],
    } satisfies Sampler,
    distillation: false,
  };
  const mixed = mixedMobileNet({
    stem: 4,
    first: 4,
    widths: [[4, 8], [8], [8], [8], [8], [8]],
    depths: [[1, 2], [1], [1], [1], [1], [1]],
    kernels: [3, 5],
    expansions: [2],
    last: 16,
  });
  const { smallest, largest } = extremeSubnets(
    mixed,
    (subnet) => Number(subnet["stages.1.width"]) + Number(subnet["stages.1.depth"]),
  );
  const sandwich = {
    space: mixed,
    sampler: { subnets: 2, at: () => [largest, smallest] } satisfies Sampler,
    distillation: true,
  };

  for (const [name, { space, sampler, distillation }] of Object.entries({ spos, sandwich })) {
    it(`stays constant from epoch to epoch: ${name}`, async () => {
      manualSeed(2);
      const model = new SpaceClassifier(space, CLASSES);
      const epochs: { tensors: number; bytes: number; peak: number }[] = [];
      const host: LoopContext = {
        step: "train",
        folder: mkdtempSync(join(folder, "step-")),
        begin: () => {},
        record(values) {
          if (values.accuracy === undefined) return;
          epochs.push({ tensors: liveTensors(), bytes: memory().inUse, peak: memory().peak });
          resetPeakMemory();
        },
        progress: () => {},
        log: () => {},
        stopRequested: async () => false,
        interrupted: () => new Error("not requested"),
      };
      const batches = async function* (from: number, to: number) {
        for (let i = from; i < to; i++) {
          yield [0, 1].map((part) => batchOf(Random.of("batch", i, part), settings.microBatch!));
        }
      };
      const sized = {
        train: { images: settings.batchSize * PER_EPOCH, train: batches, lend: batches },
        val: {
          async *[Symbol.asyncIterator]() {
            yield batchOf(Random.of("val"), 8);
          },
        },
        valPart: () => assert.fail("no subnets are selected"),
      };
      const data = { ...sized, of: () => sized, inImageSize: (any: Sampler) => any };
      const probes = [sampler.at(0)[0]!];
      const options = { model, settings, data, device: "cpu", seed: 1 };
      await train(supernetTraining({ ...options, sampler, distillation, probes }), host);
      assert.equal(epochs.length, EPOCHS);
      const [, second, ...later] = epochs;
      for (const epoch of later) {
        assert.deepEqual([epoch.tensors, epoch.bytes], [second!.tensors, second!.bytes]);
        assert.ok(epoch.peak <= second!.peak, `the peak rose from ${second!.peak} to ${epoch.peak}`);
      }
    });
  }
});
