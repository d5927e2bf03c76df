// Compares subnet sampling policies for supernet training. Runs the DetNAS pre-training of `mixed-mobilenet` on
// Fashion-MNIST with each policy, for the same number of forward images. Then measures the accuracy of the smallest,
// the largest and a few random subnets, with supernet weights and recalibrated batch-norm statistics.
//
//   node benchmarks/sampling.mjs [--images 48000] [--seeds 0,1] [--policies uniform,fair,sandwich,distilled] [--out DIR]
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { Random } from "@supernet/base";
import { createEstimator, extremeSubnets, featureParts, sampleSubnet, subnetKey } from "@supernet/nas";
import { recalibrateBatchNorm, SpaceClassifier } from "@supernet/nas/supernet";
import { fromTypedArray, loadTensors, noGrad, setNumThreads, tidy } from "@supernet/torch";
import { classificationBatches, openIdx } from "@supernet/vision";
import { parse } from "yaml";
import { openSpace } from "../packages/supernet/dist/recipe/open-space.js";

const { values } = parseArgs({
  options: {
    images: { type: "string", default: "48000" },
    seeds: { type: "string", default: "0" },
    policies: { type: "string", default: "uniform,fair,sandwich,distilled" },
    out: { type: "string" },
  },
});
const bin = fileURLToPath(new URL("../packages/supernet/bin/supernet.js", import.meta.url));
const out = values.out ?? mkdtempSync(join(tmpdir(), "sampling-benchmark-"));
const BATCH = 64;
const TRAINING_IMAGES = 60000;
const CALIBRATION = 16;
const RANDOM = 5;

const SPACE =
  "{name: mixed-mobilenet, stem: 8, first: 8, widths: [[16, 24], [24, 32], [32, 48], [48, 64], [64, 96], [96, 128]], " +
  "depths: [[1, 2], [1, 2], [1, 2], [1, 2], [1], [1]], kernels: [3, 5], expansions: [2, 4], last: 128}";

/** Recipe setting of each policy, and the number of subnets per iteration in this space. */
const POLICIES = {
  uniform: ["{kind: uniform}", 1],
  fair: ["{kind: fair}", 2],
  sandwich: ["{kind: sandwich, random: 2, distillation: false}", 4],
  distilled: ["{kind: sandwich, random: 2, distillation: true}", 4],
};

setNumThreads(1);
for (const seed of values.seeds.split(",").map(Number)) {
  for (const policy of values.policies.split(",")) {
    const [sampling, passes] = POLICIES[policy];
    const iterations = Math.round(Number(values.images) / BATCH / passes);
    const workDir = join(out, `${policy}-${seed}`);
    const settings = {
      seed,
      threads: 1,
      space: SPACE,
      "steps.pretrain.candidates": "independent",
      "steps.pretrain.sampling": sampling,
      "steps.pretrain.epochs": iterations / Math.floor(TRAINING_IMAGES / BATCH),
      "steps.pretrain.warmup.iterations": Math.ceil(iterations / 15),
      "steps.search.constraints.flops.max": 1e9,
    };
    const sets = Object.entries(settings).flatMap(([key, value]) => ["--set", `${key}=${value}`]);
    const args = [bin, "train", "detnas-quickstart", "--step", "pretrain", "--work-dir", workDir, ...sets];
    const { status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
    if (status !== 0) throw new Error(stderr);
    const accuracies = await accuraciesIn(workDir);
    console.log(JSON.stringify({ policy, seed, iterations, passes, ...accuracies }));
  }
}

async function accuraciesIn(workDir) {
  const recipe = parse(readFileSync(join(workDir, "recipe.yaml"), "utf8"));
  const { classification } = recipe;
  const space = await openSpace(recipe.space);
  const { data, evalImages: _, ...settings } = classification;
  const { train, openVal, classes } = openIdx(data);
  const model = new SpaceClassifier(space, classes.length);
  model.loadStateDict(loadTensors(join(workDir, "steps", "pretrain", "weights.safetensors")).tensors);
  const options = { seed: recipe.seed, workers: 0, batchSize: 256, microBatch: null };
  const calibrating = classificationBatches(train, settings, options);
  const validating = classificationBatches(openVal(), settings, options);
  const batches = [];
  for await (const [batch] of calibrating.train(0, CALIBRATION)) batches.push(batch);
  const held = [];
  for await (const batch of validating.evaluate()) held.push(batch);
  for (const source of [calibrating, validating]) source[Symbol.dispose]();
  const forward = ({ images, shape }) => model.forward(fromTypedArray(images, shape));

  const accuracy = async (subnet) => {
    model.activate(subnet);
    model.eval();
    await recalibrateBatchNorm(model, batches, forward);
    let correct = 0;
    let total = 0;
    for (const batch of held) {
      const labels = BigInt64Array.from(batch.labels);
      correct += noGrad(() =>
        tidy(() =>
          forward(batch)
            .argmax(1)
            .eq(fromTypedArray(labels, [labels.length]))
            .sum()
            .item(),
        ),
      );
      total += labels.length;
    }
    return Number((correct / total).toFixed(4));
  };

  const size = classification.imageSize;
  const { measure } = createEstimator("", featureParts(space), [3, size, size]);
  const { smallest, largest } = extremeSubnets(space, (subnet) => measure(subnet).flops);
  const random = Array.from({ length: RANDOM }, (_, i) => sampleSubnet(space, Random.of("benchmark", i)));
  if (new Set([smallest, largest, ...random].map((subnet) => subnetKey(space, subnet))).size !== RANDOM + 2)
    throw new Error("two of the subnets are the same network");
  const others = [];
  for (const subnet of random) others.push(await accuracy(subnet));
  return {
    flops: [measure(smallest).flops, measure(largest).flops],
    smallest: await accuracy(smallest),
    largest: await accuracy(largest),
    random: Number((others.reduce((sum, one) => sum + one, 0) / RANDOM).toFixed(4)),
  };
}
