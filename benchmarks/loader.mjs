// Compares images per second with torchvision's transforms in PyTorch's DataLoader, for the same files, augmentations,
// batches and numbers of workers. Rounds of the two alternate. Both return batches as tensors, and every entry of the
// file list is read once, so no round reuses the results of an earlier one.
//
//   node benchmarks/loader.mjs --images FOLDER --scenes FOLDER [--workers 1,2] [--rounds N] [--cases "imagenet;..."]
//
// Each FOLDER contains JPEG files at any depth: about 500x375 pixels (ImageNet) for --images, 640x480 (COCO) for
// --scenes.
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

/** Augmented photographs in batches of 32. */
const photographs = { worker: "classification", folder: "images", batch: 32, batches: 12, train: true };

/** Per case: worker and settings, folder of files, images per batch, batches per round, and whether to augment. */
const CASES = {
  imagenet: { ...photographs, settings: imagenet },
  evaluation: { ...photographs, settings: imagenet, train: false },
  // Compares cached decoded images with torchvision, which decodes every time.
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
  if (!values[folder]) throw new Error(`--${folder} is missing: set it to a folder of JPEG files`);
  const names = readdirSync(values[folder], { recursive: true }).filter((name) => /\.jpe?g$/i.test(name));
  files[folder] = names.sort().map((name) => join(values[folder], name));
}

/** Repeats the files so that all rounds together read each entry once. */
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
  if (done) throw new Error(`${python} exited: install torchvision`);
  return value;
};
const peerCases = Object.fromEntries(
  chosen.map((name) => {
    const { folder, batch, batches } = CASES[name];
    return [CASES[name].peer ?? name, { files: files[folder], batch, count: batch * batches }];
  }),
);
const peerVersions = await ask(JSON.stringify({ cases: peerCases }));
console.log(`supernet compared with ${peerVersions}; medians of ${rounds} alternating rounds`);

/** Opens a cache of the decoded images, repeated like the files of `samplesOf`. */
async function cacheOf({ folder, batch, batches }, store) {
  const found = files[folder];
  const { file, table, offsets } = await openDecodedImageCache(found, { folder: store, log() {} }, 0);
  const indices = Array.from({ length: batch * batches * (rounds + 1) }, (_, i) => i % found.length);
  return {
    file,
    table: Uint32Array.from(indices.flatMap((i) => [...table.subarray(3 * i, 3 * i + 3)])),
    offsets: Float64Array.from(indices, (i) => offsets[i]),
  };
}

function open({ worker, settings }, samples, workers, decoded) {
  const module = new URL(`../packages/vision/dist/batches/${worker}-worker.js`, import.meta.url);
  return new Loader({ worker: module, spec: { samples, settings, decoded }, workers });
}

/** Runs a round and returns its seconds. */
async function load(loader, { batch, batches, train }, round) {
  function* requests() {
    for (let i = round * batches; i < (round + 1) * batches; i++) {
      const indices = Array.from({ length: batch }, (_, k) => i * batch + k);
      yield train ? { indices, augment: { key: [0, "augment", i], first: 0 } } : { indices };
    }
  }
  const start = performance.now();
  for await (const { images, shape } of loader.load(requests(), train)) {
    // As in training and evaluation.
    tidy(() => (train ? fromShared : fromTypedArray)(images, shape));
    if (train) loader.recycle(images);
  }
  return (performance.now() - start) / 1000;
}

/** Checks that a case without random augmentation has the same values in both, up to rounding. */
async function check(name, one, samples) {
  await ask(`check ${name} ${join(store, "batch")}`);
  const expected = new Float32Array(readFileSync(join(store, "batch")).buffer);
  const loader = open(one, samples, 0);
  const indices = Array.from({ length: one.batch }, (_, i) => i);
  const { value } = await loader.load([{ indices }]).next();
  const same = value.images.length === expected.length;
  const difference = value.images.reduce((max, x, i) => Math.max(max, Math.abs(x - expected[i])), 0);
  if (!same || difference > 1e-5) throw new Error(`${name}: batches differ by ${difference}`);
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];
console.log("| images per second | workers | supernet | torchvision | supernet / torchvision | per round |");
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
    const numbers = [median(own).toFixed(0), median(peers).toFixed(0), median(ratios).toFixed(2), range];
    console.log(`| ${[name, workers, ...numbers].join(" | ")} |`);
  }
}
rmSync(store, { recursive: true });
peer.stdin.end();
