// Rank correlations over pairs of subnets, with bootstrap intervals, and the calibrated score of stored scores.
import { Random } from "@supernet/base";
import { Calibration } from "@supernet/nas";

export const mean = (list) => list.reduce((sum, value) => sum + value, 0) / list.length;

/**
 * Computes Kendall's tau-b over pairs of subnets.
 * @param pairs (i, j) -> whether the pair counts. Default: all pairs.
 * @param weights how often each subnet occurs. Default: once.
 */
export function tauOver(scores, truth, pairs = () => true, weights) {
  let [agreement, untiedA, untiedB] = [0, 0, 0];
  for (let i = 0; i < truth.length; i++) {
    if (scores[i] === undefined) continue;
    for (let j = 0; j < i; j++) {
      if (scores[j] === undefined || !pairs(i, j)) continue;
      const weight = weights ? weights[i] * weights[j] : 1;
      const a = Math.sign(scores[i] - scores[j]);
      const b = Math.sign(truth[i] - truth[j]);
      agreement += weight * a * b;
      untiedA += weight * Math.abs(a);
      untiedB += weight * Math.abs(b);
    }
  }
  return agreement / Math.sqrt(untiedA * untiedB);
}

/** Returns a function that tells whether two costs are in the same band. */
export const pairsWithin = (costs, ratio) => (i, j) =>
  Math.max(costs[i], costs[j]) / Math.min(costs[i], costs[j]) <= ratio;

const SAMPLES = 400;

/** Computes the 95 % interval of the mean tau over samples of the subnets. */
export function bootstrapInterval(lists, truth, pairs) {
  const taus = Array.from({ length: SAMPLES }, (_, sample) => {
    const random = Random.of("ranking", "bootstrap", sample);
    const weights = new Uint8Array(truth.length);
    for (let drawn = 0; drawn < truth.length; drawn++) weights[random.int(truth.length)]++;
    // Of many repetitions, one per sample is enough.
    return tauOver(lists[sample % lists.length], truth, pairs, weights);
  })
    .filter(Number.isFinite)
    .sort((a, b) => a - b);
  const at = (share) => taus[Math.round(share * (taus.length - 1))] ?? Number.NaN;
  return [at(0.025), at(0.975)];
}

/** Computes the standard deviations between networks and between the seeds of a network. */
export function seedNoise(rows) {
  const within = mean(rows.map((row) => variance(row)));
  const between = variance(rows.map(mean)) - within / rows[0].length;
  return { networks: Math.sqrt(Math.max(0, between)), seeds: Math.sqrt(within) };
}

const variance = (list) => {
  const center = mean(list);
  return list.reduce((sum, value) => sum + (value - center) ** 2, 0) / (list.length - 1);
};

const REPETITIONS = 20;
const BATCH = 4;

/**
 * Computes calibrated scores as a search does: some subnets are trained, chosen batch by batch. The first batch is
 * random, so it is repeated.
 * @returns one list per repetition. Trained subnets have no score, because a prediction for them would be no test.
 */
export function calibrated(name, subnets, { supernet, trained, costs, count }) {
  const decisions = Object.keys(subnets[0].subnet).map((key) => ({
    name: key,
    choices: [...new Set(subnets.map(({ subnet }) => subnet[key]))],
  }));
  const space = { name, decisions };
  const candidates = subnets.map(({ subnet }, i) => ({
    subnet,
    score: supernet[i],
    properties: costs.map((cost) => Math.log(cost[i])),
  }));
  const resources = costs.at(-1).map((cost) => [cost]);
  return Array.from({ length: REPETITIONS }, (_, repetition) => {
    const random = Random.of("ranking", "calibrated", repetition);
    const known = random.permutation(subnets.length).slice(0, BATCH);
    const calibration = () =>
      new Calibration(
        space,
        candidates,
        known.map((index) => ({ index, score: trained[index] })),
      );
    while (known.length < count)
      known.push(...calibration().next(Math.min(BATCH, count - known.length), resources));
    const { scores } = calibration();
    return scores.map((score, i) => (known.includes(i) ? undefined : score));
  });
}
