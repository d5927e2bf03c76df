// Searches a space with a metric of your own, by ask and tell: the strategy proposes subnets, you score them however you
// like, and report the scores. Nothing is trained here; the metric is a formula. Yours could be a simulator, a lookup in
// a table, or a measurement on a device.
//
//   node examples/dist/my-metric.js
import {
  classifierParts,
  createEstimator,
  evolutionSearch,
  formatSubnet,
  isWaiting,
  observe,
  PUBLISHED_EVOLUTION,
  ranked,
  type Subnet,
  sposShuffleNetV2,
} from "supernet";

const space = sposShuffleNetV2();
const { measure } = createEstimator("classifier", classifierParts(space, 10), [3, 64, 64]);

/** Higher is better: many parameters for few multiply-accumulates. */
const metric = (subnet: Subnet): number => {
  const { params, macs } = measure(subnet);
  return params / macs;
};

const problem = {
  space,
  constraints: { flops: { max: 26e6 } },
  measure: (subnet: Subnet) => ({ flops: measure(subnet).flops }),
  seed: 0,
};
const settings = { ...PUBLISHED_EVOLUTION, generations: 5 };
const strategy = evolutionSearch(problem, settings);

let state = strategy.start(); // plain JSON: save it anywhere, and continue from it
for (;;) {
  state = strategy.propose(state); // ask
  const next = state.queue.find(isWaiting);
  if (next === undefined) break;
  const { subnet } = next;
  state = observe(problem, state, { subnet, score: metric(subnet) }); // tell
}
const best = ranked(state.history)[0]!;
console.log(`${state.history.length} subnets scored; the best has ${best.score?.toFixed(3)}:`);
console.log(formatSubnet(space, best.subnet));
