// Measures how well zero-cost scores rank the subnets of data/tabular.json. Prints Kendall's tau between each score and
// the accuracy with the supernet's weights, over random subnets, and the time per score. FLOPs are the baseline.
//
//   node benchmarks/zero-cost.mjs [--subnets 400] [--batch 32]
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { Random } from "@supernet/base";
import { allSubnets, createEstimator, featureParts, kendallTau, ZERO_COST_SCORES } from "@supernet/nas";
import { zeroCostScore } from "@supernet/nas/supernet";
import { fromTypedArray, setNumThreads } from "@supernet/torch";
import { classificationBatches, openIdx } from "@supernet/vision";
import { FASHION_MNIST } from "../packages/supernet/dist/recipes/fashion-mnist.js";
import space from "./tabular/space.mjs";

const { values } = parseArgs({
  options: { subnets: { type: "string", default: "400" }, batch: { type: "string", default: "32" } },
});
setNumThreads(1);
const { correct } = JSON.parse(readFileSync(new URL("data/tabular.json", import.meta.url), "utf8"));
const subnets = [...allSubnets(space)];
const sampled = Random.of("zero-cost").permutation(subnets.length).slice(0, Number(values.subnets));
const accuracies = sampled.map((index) => correct[index]);

const { train, classes } = openIdx(FASHION_MNIST.data);
const { data: _data, evalImages: _evalImages, ...loading } = FASHION_MNIST;
const batches = classificationBatches(train, loading, {
  seed: 0,
  workers: 0,
  batchSize: Number(values.batch),
});
const [batch] = (await batches.train(0, 1).next()).value;
const settings = {
  classes: classes.length,
  images: fromTypedArray(batch.images, batch.shape),
  labels: fromTypedArray(batch.labels, [batch.labels.length]),
  seed: 0,
};

console.log(`${sampled.length} subnets, batch size ${values.batch}\n`);
console.log("| score | Kendall's tau | ms per subnet |");
console.log("|---|---|---|");
const side = FASHION_MNIST.imageSize;
const { measure } = createEstimator("", featureParts(space), [3, side, side]);
show("FLOPs", (subnet) => measure(subnet).flops);
for (const kind of ZERO_COST_SCORES) show(kind, zeroCostScore(kind, space, settings));

function show(name, score) {
  const start = performance.now();
  const scores = sampled.map((index) => score(subnets[index]));
  const each = (performance.now() - start) / sampled.length;
  console.log(`| ${name} | ${kendallTau(scores, accuracies).toFixed(2)} | ${each.toFixed(1)} |`);
}
