// Compares the memory of training steps in supernet and in PyTorch on the same libtorch, with the same network, paths,
// optimizer and batch, on one thread. Each case runs in a separate process.
//
// It reports resident memory above that of the process after loading the library and running one operator. This
// includes weights, gradients, optimizer state and activations, and the overhead of interpreter and allocators. "step"
// is the peak, and "after the epochs" is the memory after the first and after the last epoch.
//
//   node benchmarks/memory.mjs [--epochs 4] [--cases quickstart,small,large,transformer]
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { engineInfo } from "@supernet/torch";
import { CASES } from "./memory/cases.mjs";

const { values } = parseArgs({
  options: {
    epochs: { type: "string", default: "4" },
    cases: { type: "string", default: Object.keys(CASES).join() },
  },
});
const python = process.env.PYTHON ?? "/usr/bin/python3";
const file = (name) => fileURLToPath(new URL(`memory/${name}`, import.meta.url));
const mib = (bytes) => `${Math.round(bytes / 2 ** 20)} MiB`;

function measured(command, args) {
  const { status, stdout, stderr } = spawnSync(command, args, {
    encoding: "utf8",
    env: { ...process.env, OMP_NUM_THREADS: "1" },
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

const rows = [];
let version;
for (const name of values.cases.split(",")) {
  const { title, settings, steps } = CASES[name];
  const length = [values.epochs, String(steps)];
  const own = measured(process.execPath, [file("own.mjs"), name, ...length]);
  const peer = measured(python, [file("peer.py"), JSON.stringify(settings), ...length]);
  version = peer.version;
  const [ownPeak, peerPeak] = [own, peer].map(({ peaks }) => Math.max(...peaks));
  const epochs = ({ ended }) => `${mib(ended[0])}, ${mib(ended.at(-1))}`;
  rows.push([
    title,
    ...[mib(ownPeak), mib(peerPeak), (ownPeak / peerPeak).toFixed(2), mib(Math.max(...own.tensorPeaks))],
    ...[epochs(own), epochs(peer)],
  ]);
}
console.log(`libtorch ${engineInfo().version}, PyTorch ${version}, ${values.epochs} epochs\n`);
console.log(
  "| | step, supernet | PyTorch | supernet / PyTorch | supernet, only tensors | after the epochs, supernet | PyTorch |",
);
console.log("|---|---|---|---|---|---|---|");
for (const row of rows) console.log(`| ${row.join(" | ")} |`);
