// Measures the detector of a run as float32, float16 and int8: size, box AP on the test images, and latency.
// node benchmarks/precision.mjs WORK_DIR [MEMBER]
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { pipeline } from "@supernet/pipeline";

const [workDir, member] = process.argv.slice(2);
if (workDir === undefined) {
  console.error("usage: node benchmarks/precision.mjs WORK_DIR [MEMBER]");
  process.exit(2);
}
const cli = fileURLToPath(new URL("../packages/supernet/bin/supernet.js", import.meta.url));
const supernet = (...args) =>
  execFileSync(process.execPath, [cli, ...args], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });

const scenes = join(workDir, "steps", "scenes");
const annotations = join(scenes, "annotations", "instances_test.json");
const images = join(scenes, "images", "test");
const photo = join(images, JSON.parse(readFileSync(annotations, "utf8")).images[0].file_name);
/** Number of times that every model runs, in turns. */
const TIMES = 200;

const folder = mkdtempSync(join(tmpdir(), "precision-"));
try {
  const models = [];
  for (const precision of ["float32", "float16", "int8"]) {
    const file = join(folder, `${precision}.onnx`);
    const network = ["--network", "detector", "--input", "any", "--padded"];
    if (member !== undefined) network.push("--member", member);
    supernet("export", "--work-dir", workDir, ...network, "--precision", precision, "--out", file);
    const found = join(folder, "found.json");
    supernet("predict", "--model", file, "--coco", found, "--annotations", annotations, images);
    const metrics = JSON.parse(supernet("coco-eval", "--gt", annotations, "--dt", found, "--json"));
    const session_options = { intraOpNumThreads: 1, interOpNumThreads: 1 };
    const detect = await pipeline("object-detection", file, { session_options });
    models.push({ precision, detect, metrics, bytes: statSync(file).size, times: [] });
  }
  for (let i = 0; i < TIMES; i++) {
    for (const { detect, times } of models) {
      const start = performance.now();
      await detect(photo);
      times.push(performance.now() - start);
    }
  }
  console.log(`one image, 1 thread, ${TIMES} times in turns`);
  for (const { precision, metrics, bytes, times } of models) {
    times.sort((a, b) => a - b);
    const at = (fraction) => times[Math.floor(fraction * times.length)].toFixed(2);
    const line = [
      `${(bytes / 1e3).toFixed(0)} kB`,
      `AP ${(100 * metrics.AP).toFixed(2)}`,
      `median ${at(0.5)} ms`,
      `10 % ${at(0.1)} ms`,
    ];
    console.log(`${precision}: ${line.join(", ")}`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
