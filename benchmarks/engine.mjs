// Compares the speed of supernet and PyTorch on the same libtorch, with the same networks, paths, inputs and threads.
// Rounds of the two alternate. Prints medians and ratios.
//
//   node benchmarks/engine.mjs [--threads N] [--rounds N]
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { Random } from "@supernet/base";
import { autoFormerTiny, PUBLISHED_AUTOFORMERS, sampleSubnet, sposShuffleNetV2 } from "@supernet/nas";
import { SpaceClassifier } from "@supernet/nas/supernet";
import {
  engineInfo,
  manualSeed,
  nn,
  noGrad,
  ops,
  optim,
  randn,
  setNumThreads,
  tensor,
  tidy,
} from "@supernet/torch";

const { values } = parseArgs({
  options: {
    threads: { type: "string", default: "1" },
    rounds: { type: "string", default: "9" },
  },
});
const threads = Number(values.threads);
const rounds = Number(values.rounds);
const python = process.env.PYTHON ?? "/usr/bin/python3";

const space = sposShuffleNetV2();
const subnets = Array.from({ length: 64 }, (_, i) => sampleSubnet(space, Random.of("benchmark", i)));
const paths = subnets.map((subnet) =>
  space.decisions.map(({ name, choices }) => choices.indexOf(subnet[name])),
);

setNumThreads(threads);
manualSeed(0);
const model = new SpaceClassifier(space, 1000);
const optimizer = new optim.SGD(optim.noDecayGroups(model, 4e-5), {
  lr: 0.01,
  momentum: 0.9,
  nesterov: true,
});
const images = randn([32, 3, 64, 64]);
const labels = ops.randint(1000, [32], { dtype: "int64" });
const [a, b, m] = [tensor([1]), tensor([2]), randn([4, 4])];
const at = { train: 0, eval: 0 };

const train = (count) => {
  model.train();
  for (let i = 0; i < count; i++) {
    tidy(() => {
      model.activate(subnets[at.train++ % subnets.length]);
      const loss = nn.crossEntropy(model.forward(images), labels);
      loss.backward();
      optimizer.step();
      optimizer.zeroGrad();
      loss.item();
    });
  }
};
const evaluate = (count) => {
  model.eval();
  for (let i = 0; i < count; i++) {
    noGrad(() =>
      tidy(() => {
        model.activate(subnets[at.eval++ % subnets.length]);
        model.forward(images).argmax(1).sum().item();
      }),
    );
  }
};
const transformer = new SpaceClassifier(
  autoFormerTiny({ imageSize: 64 }),
  1000,
  PUBLISHED_AUTOFORMERS["autoformer-tiny"],
);
const adamW = new optim.AdamW(optim.noDecayGroups(transformer, 0.05, ["bias", "norm", "token", "position"]), {
  lr: 5e-4,
});
const trainTransformer = (count) => {
  transformer.train();
  for (let i = 0; i < count; i++) {
    tidy(() => {
      const loss = nn.crossEntropy(transformer.forward(images), labels);
      loss.backward();
      adamW.step();
      adamW.zeroGrad();
      loss.item();
    });
  }
};
const evaluateTransformer = (count) => {
  transformer.eval();
  for (let i = 0; i < count; i++) {
    noGrad(() => tidy(() => transformer.forward(images).argmax(1).sum().item()));
  }
};
const repeat = (body) => (count) => {
  for (let i = 0; i < count; i++) body().dispose();
};

const cases = {
  train: { title: "SPOS supernet training step, batch 32, 3x64x64", count: 4, unit: "ms", run: train },
  eval: { title: "evaluation batch of 32, 3x64x64", count: 6, unit: "ms", run: evaluate },
  trainTransformer: {
    title: "AutoFormer-T training step, batch 32, 3x64x64",
    count: 3,
    unit: "ms",
    run: trainTransformer,
  },
  evalTransformer: {
    title: "evaluation batch of 32, 3x64x64",
    count: 6,
    unit: "ms",
    run: evaluateTransformer,
  },
  add: {
    title: "add of one element, result freed immediately",
    count: 50_000,
    unit: "us",
    run: repeat(() => a.add(b)),
  },
  matmul: { title: "matrix product 4x4", count: 50_000, unit: "us", run: repeat(() => m.matmul(m)) },
  view: { title: "view", count: 50_000, unit: "us", run: repeat(() => m.view([16])) },
  sum: { title: "sum of 16 elements", count: 50_000, unit: "us", run: repeat(() => m.sum()) },
};

const peer = spawn(
  python,
  [fileURLToPath(new URL("peer.py", import.meta.url)), JSON.stringify({ threads, paths })],
  {
    stdio: ["pipe", "pipe", "inherit"],
  },
);
const lines = createInterface({ input: peer.stdout });
const answers = lines[Symbol.asyncIterator]();
const ask = async (line) => {
  peer.stdin.write(`${line}\n`);
  return Number((await answers.next()).value);
};
const peerVersion = (await answers.next()).value;

const median = (list) => list.toSorted((x, y) => x - y)[list.length >> 1];
const rows = [];
for (const [name, { title, count, unit, run }] of Object.entries(cases)) {
  const ownTimes = [];
  const peerTimes = [];
  const ratios = [];
  for (let round = -1; round < rounds; round++) {
    const start = performance.now();
    run(count);
    const own = (performance.now() - start) / 1000;
    const other = await ask(`${name} ${count}`);
    if (round < 0) continue; // warm-up
    ownTimes.push(own / count);
    peerTimes.push(other / count);
    ratios.push(own / other);
  }
  const scale = unit === "ms" ? 1e3 : 1e6;
  const shown = (list) => `${(median(list) * scale).toFixed(2)} ${unit}`;
  const spread = `${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)}`;
  rows.push([
    title,
    shown(ownTimes),
    shown(peerTimes),
    median(ratios).toFixed(2),
    (1 / median(ratios)).toFixed(2),
    spread,
  ]);
}
const peak = (bytes) => `${(bytes / 2 ** 20).toFixed(0)} MiB`;
const ownPeak = process.resourceUsage().maxRSS * 1024;
const peerPeak = await ask("memory 0");
rows.push([
  "peak memory of the process",
  peak(ownPeak),
  peak(peerPeak),
  (ownPeak / peerPeak).toFixed(2),
  (peerPeak / ownPeak).toFixed(2),
  "",
]);

console.log(
  `libtorch ${engineInfo().version}, PyTorch ${peerVersion}, ${threads} thread${threads > 1 ? "s" : ""}, ${rounds} rounds\n`,
);
console.log(
  "| | supernet | PyTorch | supernet / PyTorch | PyTorch / supernet | supernet / PyTorch per round |",
);
console.log("|---|---|---|---|---|---|");
for (const row of rows) console.log(`| ${row.join(" | ")} |`);
peer.stdin.end();
await once(peer, "exit");
