// Compares two implementations of image mixing: JavaScript on a loader thread, and batched libtorch operators. With
// --images, it also measures the time of each kind of augmentation on a loader thread.
//
//   node benchmarks/augmentation.mjs [--images FOLDER] [--rounds N]
import { parseArgs } from "node:util";
import { Random } from "@supernet/base";
import { fromTypedArray, setNumThreads, tidy } from "@supernet/torch";
import { classificationBatches, mixPairs, openImageFolder } from "@supernet/vision";
import { erasing, plain, policy } from "./augmentation-settings.mjs";

const { values } = parseArgs({
  options: { images: { type: "string" }, rounds: { type: "string", default: "15" } },
});
const rounds = Number(values.rounds);
setNumThreads(1);

const N = 64;
const SIDE = 224;
const shape = [N, 3, SIDE, SIDE];
const random = Random.of("benchmark");
const data = Float32Array.from({ length: N * 3 * SIDE * SIDE }, () => random.uniform(-2, 2));

const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];
function timed(body) {
  const start = performance.now();
  body();
  return performance.now() - start;
}
const box = { left: 40, top: 30, width: 150, height: 140 };
const weight = 0.6;

/** Mixes a batch with the reversed batch. */
const onEngine = {
  mixup: (images) => images.lerp(images.flip([0]), 1 - weight),
  cutmix: (images) => {
    const crop = (of) => of.narrow(2, box.top, box.height).narrow(3, box.left, box.width);
    crop(images).copy_(crop(images.flip([0])));
  },
};
const onThread = {
  mixup: (images) => mixPairs(images, shape, { weight }),
  cutmix: (images) => mixPairs(images, shape, { weight, box }),
};

console.log(
  `mixing ${N} images of 3x${SIDE}x${SIDE}, one thread each, medians of ${rounds} interleaved rounds`,
);
for (const kind of ["mixup", "cutmix"]) {
  const times = { thread: [], engine: [] };
  tidy(() => {
    const tensor = fromTypedArray(data, shape);
    const array = data.slice();
    for (let i = -3; i < rounds; i++) {
      const thread = timed(() => onThread[kind](array));
      const engine = timed(() => tidy(() => void onEngine[kind](tensor)));
      if (i < 0) continue;
      times.thread.push(thread);
      times.engine.push(engine);
    }
  });
  const ratios = times.thread.map((time, i) => time / times.engine[i]);
  console.log(
    `  ${kind}: thread ${median(times.thread).toFixed(1)} ms, engine ${median(times.engine).toFixed(1)} ms, ` +
      `thread / engine ${median(ratios).toFixed(2)}`,
  );
}

if (values.images) {
  const mix = { kind: "mixup-or-cutmix", mixupAlpha: 0.8, cutmixAlpha: 1, cutmixProbability: 0.5 };
  const kinds = {
    "crop and flip": plain,
    "with RandAugment": { ...plain, policy },
    "with random erasing": { ...plain, erasing },
    "with mixing": { ...plain, mix },
    "with all": { ...plain, policy, erasing, mix },
    "with all, each image 3 times": { ...plain, policy, erasing, mix, repeats: 3 },
  };
  const { train } = openImageFolder(values.images);
  const times = Object.fromEntries(Object.keys(kinds).map((name) => [name, []]));
  for (let i = -1; i < rounds; i++) {
    for (const [name, augmentation] of Object.entries(kinds)) {
      // New batches in each round, so that no decoded images are reused.
      const settings = {
        imageSize: SIDE,
        evalResize: 256,
        interpolation: "bicubic",
        augmentation,
        mean: [0.485, 0.456, 0.406],
        std: [0.229, 0.224, 0.225],
      };
      const batches = classificationBatches(train, settings, { seed: 0, batchSize: 48, workers: 0 });
      const start = performance.now();
      for await (const _ of batches.train(i + 1, i + 2));
      if (i >= 0) times[name].push((performance.now() - start) / 48);
      batches[Symbol.dispose]();
    }
  }
  console.log("time per image on a loader thread, including decoding, and ratio to crop and flip");
  for (const [name, own] of Object.entries(times)) {
    const ratio = median(own.map((time, i) => time / times["crop and flip"][i]));
    console.log(`  ${name}: ${median(own).toFixed(2)} ms, ${ratio.toFixed(2)}`);
  }
}
