// Measures all subnets of a space, so that search strategies can be compared in seconds. Trains the supernet of
// tabular/space.mjs on Fashion-MNIST. Then scores each of its 8000 subnets on held-out training images, with
// recalibrated batch-norm statistics. Writes the number of correctly classified images per subnet to
// data/tabular.json:
//
//   { decisions, command, images, correct: number[], partial: { fraction, correct: number[] }[] }
//
// in the order of `allSubnets`. The partial counts are for the first 1/16, 1/4 and 1/2 of the same images.
//
//   node benchmarks/tabular.mjs [--work-dir DIR] [--seconds N]
//
// With --seconds, it stops after about that time, with exit status 3 if it is not finished. Run it again to continue.
// It can be killed at any time.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { Random, writeFileAtomic } from "@supernet/base";
import { allSubnets, classifierParts, subnetKey } from "@supernet/nas";
import { SpaceClassifier } from "@supernet/nas/supernet";
import { loadTensors, setNumThreads } from "@supernet/torch";
import { parse } from "yaml";
import { createRun } from "../packages/supernet/dist/recipes/load.js";
import { searchedSpace } from "../packages/supernet/dist/task/run-context.js";
import { scoringImages, trainingImages } from "../packages/supernet/dist/tasks/classification/images.js";
import {
  evaluateClassifier,
  prepareSubnet,
} from "../packages/supernet/dist/tasks/shared/classifier-training.js";
import { PrefixScorer } from "./tabular/prefix-scorer.mjs";

const { values } = parseArgs({
  options: {
    "work-dir": { type: "string", default: "runs/tabular" },
    seconds: { type: "string", default: "Infinity" },
  },
});
const until = performance.now() + Number(values.seconds) * 1000;
const workDir = values["work-dir"];
const here = (path) => fileURLToPath(new URL(path, import.meta.url));

const EPOCHS = 6;
const IMAGES = 3200;
const BATCH = 200;
const FRACTIONS = [1 / 16, 1 / 4, 1 / 2];
const SAVE_EVERY = 100;
const CHECKED = 8;

trainSupernet();
setNumThreads(1);
const recipe = { ...parse(readFileSync(join(workDir, "recipe.yaml"), "utf8")), workers: 0 };
const run = createRun(recipe);
const space = await run.get(searchedSpace);
const subnets = [...allSubnets(space)];
if (new Set(subnets.map((subnet) => subnetKey(space, subnet))).size !== subnets.length)
  throw new Error("two of the subnets are the same network");
const images = run.get(trainingImages);
const scored = scoringImages(recipe, images.heldOut, { batchSize: BATCH, images: IMAGES }).of({});
const calibration = scoringImages(recipe, images.train, { batchSize: 128, images: 512 }).of({});
const classes = images.classes.length;
const model = new SpaceClassifier(space, classes);
model.loadStateDict(loadTensors(join(workDir, "steps", "train", "weights.safetensors")).tensors);

/** Number of correct predictions per batch, for each finished subnet. */
const file = join(workDir, "right.json");
const right = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : [];
const save = () => writeFileAtomic(file, JSON.stringify(right));
const scorer = await PrefixScorer.open(model, classifierParts(space, classes), scored, calibration);
while (right.length < subnets.length) {
  right.push(scorer.right(subnets[right.length]));
  if (right.length % SAVE_EVERY === 0) save();
  if (performance.now() > until) stop(`${right.length} of ${subnets.length} subnets`);
}
save();
await check();
write();

/** Trains with the quickstart recipe, but for longer and on one random path per iteration. */
function trainSupernet() {
  const settings = {
    name: "tabular",
    threads: 1,
    space: `{name: file, file: ${relative(process.cwd(), here("tabular/space.mjs"))}}`,
    "steps.train.sampling": "{kind: uniform}",
    "steps.train.epochs": EPOCHS,
    "steps.train.lr.base": 0.1,
    "steps.search.constraints.flops.max": 1e9,
  };
  const sets = Object.entries(settings).flatMap(([key, value]) => ["--set", `${key}=${value}`]);
  const bin = here("../packages/supernet/bin/supernet.js");
  const args = [bin, "train", "mixed-quickstart", "--step", "train", "--work-dir", workDir, ...sets];
  const left = Math.max(1, Math.ceil(until - performance.now()));
  const { status, error, signal } = spawnSync(process.execPath, args, {
    stdio: "inherit",
    killSignal: "SIGINT",
    ...(Number.isFinite(left) && { timeout: left }),
  });
  if (error?.code === "ETIMEDOUT") stop("training");
  if (status !== 0) throw new Error(`the training failed: ${signal ?? status}`);
}

function stop(what) {
  if (what !== "training") save();
  console.error(`stopped after ${values.seconds} s: ${what}`);
  process.exit(3);
}

/** Checks that some subnets have the same score when they run completely, as in a search. */
async function check() {
  for (let i = 0; i < CHECKED; i++) {
    const index = Random.of("tabular", "checked", i).int(subnets.length);
    await prepareSubnet(model, subnets[index], { calibration, device: "cpu" });
    const { accuracy } = await evaluateClassifier(model, scored, "cpu");
    const complete = Math.round(accuracy * IMAGES);
    if (complete !== sum(right[index])) {
      throw new Error(
        `subnet ${index}: ${complete} images are correct, but ${sum(right[index])} with the prefix`,
      );
    }
  }
}

function write() {
  const { decisions } = space;
  const batches = IMAGES / BATCH;
  const over = (fraction) => right.map((each) => sum(each.slice(0, batches * fraction)));
  const table = {
    decisions,
    command: "node benchmarks/tabular.mjs",
    images: IMAGES,
    correct: over(1),
    partial: FRACTIONS.map((fraction) => ({ fraction, correct: over(fraction) })),
  };
  mkdirSync(here("data"), { recursive: true });
  writeFileAtomic(here("data/tabular.json"), `${JSON.stringify(table)}\n`);
  const sorted = over(1)
    .map((count) => count / IMAGES)
    .sort((a, b) => a - b);
  const mean = sum(sorted) / sorted.length;
  const best = sorted.at(-1);
  const percent = (fraction) => `${(100 * fraction).toFixed(2)} %`;
  console.log(
    `${sorted.length} subnets on ${IMAGES} images: minimum ${percent(sorted[0])}, ` +
      `median ${percent(sorted[sorted.length >> 1])}, best ${percent(best)}, ` +
      `standard deviation ${percent(Math.sqrt(sum(sorted.map((accuracy) => (accuracy - mean) ** 2)) / sorted.length))}; ` +
      `${sorted.filter((accuracy) => accuracy >= best - 0.001).length} within 0.1 % of the best; ` +
      `the ${CHECKED} subnets that ran completely have the same scores`,
  );
}

function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}
