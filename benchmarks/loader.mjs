// Images a second beside torchvision's transforms in PyTorch's DataLoader, in one run: rounds of each side in turn, the
// same files, augmentations, batches and numbers of workers. On both sides batches arrive as tensors, and every place in
// the list of files is read once, so that nothing is kept from an earlier round.
//
//   node benchmarks/loader.mjs --images FOLDER --scenes FOLDER [--workers 1,2] [--rounds N] [--cases "imagenet;..."]
//
// FOLDER has JPEG files at any depth, of about ImageNet's size (500x375) for the former and COCO's (640x480) for the latter.
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { fromShared, fromTypedArray, Loader, setNumThreads, tidy } from "@supernet/torch";
import sharp from "sharp";
import { openDecodedImageCache } from "../packages/vision/dist/decoded-cache/decoded-cache.js";
import { erasing, normalization, plain, policy } from "./augmentation-settings.mjs";

const { values } = parseArgs({
  options: {
    images: { type: "string" },
    scenes: { type: "string" },
    workers: { type: "string", default: "1,2" },
    rounds: { type: "string", default: "7" },
    cases: { type: "string", default: "imagenet;imagenet, kept;evaluation;autoformer;detection" },
  },
});
const rounds = Number(values.rounds);
const python = process.env.PYTHON ?? "/usr/bin/python3";
setNumThreads(1);

const imagenet = {
  imageSize: 224,
  evalResize: 256,
  interpolation: "bilinear",
  augmentation: { ...plain, colorJitter: { brightness: 0.4, contrast: 0.4, saturation: 0.4, hue: 0 } },
  ...normalization,
};
const autoformer = {
  ...imagenet,
  interpolation: "bicubic",
  augmentation: {
    ...plain,
    policy,
    erasing,
    mix: { kind: "mixup", alpha: 0.8 },
  },
};
const detection = { size: { short: 800, long: 1333 }, padTo: 32, flip: 0.5, ...normalization };

/** Photographs in batches of 32, augmented. */
const photographs = { worker: "classification", folder: "images", batch: 32, batches: 12, train: true };

/** The worker with its settings; which files, images a batch, batches a round; whether they are augmented. */
const CASES = {
  imagenet: { ...photographs, settings: imagenet },
  evaluation: { ...photographs, settings: imagenet, train: false },
  // Beside what torchvision does without anything of the kind: decode every time.
  "imagenet, kept": { ...photographs, settings: imagenet, kept: true, peer: "imagenet" },
  autoformer: { ...photographs, settings: autoformer },
  detection: {
    worker: "detection",
    settings: detection,
    folder: "scenes",
    batch: 2,
    batches: 24,
    train: true,
  },
};
const chosen = values.cases.split(";");

const store = mkdtempSync(join(tmpdir(), "loader-benchmark-"));
const files = {};
for (const folder of new Set(chosen.map((name) => CASES[name].folder))) {
  if (!values[folder]) throw new Error(`name a folder of JPEG files: --${folder} FOLDER`);
  const names = readdirSync(values[folder], { recursive: true }).filter((name) => /\.jpe?g$/i.test(name));
  files[folder] = names.sort().map((name) => join(values[folder], name));
}

/** The files as often as all rounds read them: a place is read once. */
async function samplesOf({ worker, folder, batch, batches }) {
  const found = files[folder];
  const all = Array.from({ length: batch * batches * (rounds + 1) }, (_, i) => found[i % found.length]);
  if (worker === "classification") return { kind: "files", files: all, labels: all.map(() => 0) };
  const sizes = new Map();
  for (const file of found) {
    const { width, height } = await sharp(file).metadata();
    sizes.set(file, { width, height });
  }
  const none = { boxes: new Float32Array(), labels: new Int32Array(), crowd: new Uint8Array() };
  return all.map((file, id) => ({ id, file, ...sizes.get(file), ...none }));
}

const peer = spawn(python, [fileURLToPath(new URL("loader.py", import.meta.url))], {
  stdio: ["pipe", "pipe", "inherit"],
});
const answers = createInterface({ input: peer.stdout })[Symbol.asyncIterator]();
const ask = async (line) => {
  peer.stdin.write(`${line}\n`);
  const { value, done } = await answers.next();
  if (done) throw new Error(`${python} ended: it needs torchvision`);
  return value;
};
const told = Object.fromEntries(
  chosen.map((name) => {
    const { folder, batch, batches } = CASES[name];
    return [CASES[name].peer ?? name, { files: files[folder], batch, count: batch * batches }];
  }),
);
const theirs = await ask(JSON.stringify({ cases: told }));
console.log(`supernet beside ${theirs}; medians of ${rounds} rounds in turn`);

/** The decoded images of all files, as often as `samplesOf` has them. */
async function cacheOf({ folder, batch, batches }, store) {
  const found = files[folder];
  const { file, table, offsets } = await openDecodedImageCache(found, { folder: store, log() {} }, 0);
  const places = Array.from({ length: batch * batches * (rounds + 1) }, (_, i) => i % found.length);
  return {
    file,
    table: Uint32Array.from(places.flatMap((i) => [...table.subarray(3 * i, 3 * i + 3)])),
    offsets: Float64Array.from(places, (i) => offsets[i]),
  };
}

function open({ worker, settings }, samples, workers, decoded) {
  const module = new URL(`../packages/vision/dist/batches/${worker}-worker.js`, import.meta.url);
  return new Loader({ worker: module, spec: { samples, settings, decoded }, workers });
}

/** Seconds that a round takes. */
async function load(loader, { batch, batches, train }, round) {
  function* requests() {
    for (let i = round * batches; i < (round + 1) * batches; i++) {
      const indices = Array.from({ length: batch }, (_, k) => i * batch + k);
      yield train ? { indices, augment: { key: [0, "augment", i], first: 0 } } : { indices };
    }
  }
  const start = performance.now();
  for await (const { images, shape } of loader.load(requests(), train)) {
    // As trainings and evaluations do it.
    tidy(() => (train ? fromShared : fromTypedArray)(images, shape));
    if (train) loader.recycle(images);
  }
  return (performance.now() - start) / 1000;
}

/** Where nothing is drawn by chance, both sides' numbers must be the same, but for their rounding. */
async function check(name, one, samples) {
  await ask(`check ${name} ${join(store, "batch")}`);
  const expected = new Float32Array(readFileSync(join(store, "batch")).buffer);
  const loader = open(one, samples, 0);
  const indices = Array.from({ length: one.batch }, (_, i) => i);
  const { value } = await loader.load([{ indices }]).next();
  const same = value.images.length === expected.length;
  const furthest = value.images.reduce((most, x, i) => Math.max(most, Math.abs(x - expected[i])), 0);
  if (!same || furthest > 1e-5) throw new Error(`${name}: batches differ, by ${furthest}`);
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];
console.log("| images a second | workers | supernet | torchvision | ours / theirs | by round |");
console.log("|---|---|---|---|---|---|");
for (const name of chosen) {
  const one = CASES[name];
  const samples = await samplesOf(one);
  const decoded = one.kept && (await cacheOf(one, store));
  if (name === "evaluation" || name === "detection") await check(name, one, samples);
  for (const workers of values.workers.split(",").map(Number)) {
    const loader = open(one, samples, workers, decoded);
    const [own, peers] = [[], []];
    for (let round = 0; round <= rounds; round++) {
      const seconds = [
        await load(loader, one, round),
        Number(await ask(`${one.peer ?? name} ${workers} ${round}`)),
      ];
      if (round === 0) continue; // threads and processes start
      const rate = (time) => (one.batch * one.batches) / time;
      own.push(rate(seconds[0]));
      peers.push(rate(seconds[1]));
    }
    loader[Symbol.dispose]();
    const ratios = own.map((rate, i) => rate / peers[i]);
    const range = `${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}`;
    const figures = [median(own).toFixed(0), median(peers).toFixed(0), median(ratios).toFixed(2), range];
    console.log(`| ${[name, workers, ...figures].join(" | ")} |`);
  }
}
rmSync(store, { recursive: true });
peer.stdin.end();
