import assert from "node:assert/strict";
import { test } from "node:test";
import { Random } from "@supernet/base";
import { Matrix } from "ml-matrix";
import { sampleSubnet } from "../../space/sample.js";
import type { Space } from "../../space/space.js";
import { upperConfidenceBatch } from "./acquisition.js";
import { GaussianProcess } from "./gaussian-process.js";
import { SubnetKernel } from "./kernel.js";

const space: Space = {
  name: "mixed",
  decisions: [
    { name: "width", choices: [32, 16, 24] },
    { name: "block", choices: ["a", "b", "c"] },
    ...Array.from({ length: 6 }, (_, i) => ({ name: `d${i}`, choices: [1, 2, 3, 4] })),
  ],
};
const kernel = new SubnetKernel(space);
const similarity = (a: readonly number[], b: readonly number[]) => kernel.similarity(a, b);
const random = Random.of("surrogate");
const sampleSubnets = (count: number) => Array.from({ length: count }, () => sampleSubnet(space, random));

test("orders numbers, puts names at equal distances, and ignores void decisions", () => {
  const subnet = sampleSubnets(1)[0]!;
  const distance = (of: SubnetKernel, change: object, other: object) =>
    of.similarity(of.indices({ ...subnet, ...change }), of.indices({ ...subnet, ...other })).distance;
  assert.equal(distance(kernel, { width: 16 }, { width: 24 }), 0.25 / 8);
  assert.equal(distance(kernel, { width: 16 }, { width: 32 }), 1 / 8);
  for (const other of ["b", "c"]) assert.equal(distance(kernel, { block: "a" }, { block: other }), 1 / 8);
  const { mean } = kernel.similarity(kernel.indices(subnet), kernel.indices(subnet));
  assert.equal(mean, 1);
  const flat = new SubnetKernel({ ...space, canonical: (any) => ({ ...any, width: 32 }) });
  assert.equal(distance(flat, { width: 16 }, { width: 32 }), 0);
});

test("predicts the normal distribution conditioned on the observations", () => {
  // Computes the posterior of one grid entry by the textbook formula with an explicit inverse.
  const subnets = sampleSubnets(12).map((subnet) => kernel.indices(subnet));
  const [seen, unseen] = [subnets.slice(0, 8), subnets.slice(8)];
  const values = seen.map((places) => places.reduce((sum, place, i) => sum + place * (i + 1), 0));
  const process = new GaussianProcess(seen, values, similarity);
  const posterior = process.predict(unseen);
  const again = process.predict(seen);
  const { interaction, width, noise } = process.hyperparameters;
  const covariance = (a: typeof seen, b: typeof seen) =>
    new Matrix(
      a.map((p) =>
        b.map((q) => {
          const { mean, distance } = similarity(p, q);
          return (1 - interaction) * mean + interaction * Math.exp(-distance / (2 * width));
        }),
      ),
    );
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const centred = Matrix.columnVector(values.map((value) => value - mean));
  const own = covariance(seen, seen).add(Matrix.eye(8, 8).mul(noise));
  const inverse = invert(own);
  const signal = centred.transpose().mmul(inverse).mmul(centred).get(0, 0) / 8;
  const cross = covariance(unseen, seen);
  const expected = cross.mmul(inverse).mmul(centred).to1DArray();
  const spread = Matrix.sub(covariance(unseen, unseen), cross.mmul(inverse).mmul(cross.transpose())).mul(
    signal,
  );
  for (const i of [0, 1, 2, 3]) {
    assert.ok(Math.abs(posterior.mean[i]! - (mean + expected[i]!)) < 1e-8);
    for (const j of [0, 1, 2, 3]) {
      assert.ok(Math.abs(posterior.covariance.get(i, j) - spread.get(i, j)) < 1e-8 * signal);
    }
    // Observed points have a smaller variance than unobserved ones.
    assert.ok(again.covariance.get(i, i) < posterior.covariance.get(i, i));
  }
});

/** Inverts a matrix by Gauss-Jordan elimination, which the surrogate does not use. */
function invert(matrix: Matrix): Matrix {
  const n = matrix.rows;
  const both = matrix
    .to2DArray()
    .map((row, i) => [...row, ...Array.from({ length: n }, (_, j) => +(i === j))]);
  for (let i = 0; i < n; i++) {
    const pivot = both[i]![i]!;
    both[i] = both[i]!.map((value) => value / pivot);
    for (let k = 0; k < n; k++) {
      if (k === i) continue;
      const factor = both[k]![i]!;
      both[k] = both[k]!.map((value, j) => value - factor * both[i]![j]!);
    }
  }
  return new Matrix(both.map((row) => row.slice(n)));
}

test("learns a sum over decisions from few observations, and predicts constant values", () => {
  const subnets = sampleSubnets(160).map((subnet) => kernel.indices(subnet));
  const value = (places: readonly number[]) =>
    places.reduce((sum, place, i) => sum + (place % 3) * (i + 1), 0);
  const process = new GaussianProcess(subnets.slice(0, 60), subnets.slice(0, 60).map(value), similarity);
  const rest = subnets.slice(60);
  const { mean, covariance } = process.predict(rest);
  const truth = rest.map(value);
  const average = truth.reduce((sum, t) => sum + t, 0) / truth.length;
  const squares = (of: (t: number, i: number) => number) =>
    truth.reduce((sum, t, i) => sum + of(t, i) ** 2, 0);
  const unexplained = squares((t, i) => t - mean[i]!) / squares((t) => t - average);
  assert.ok(unexplained < 0.1, `${unexplained} of the variance is unexplained`);
  const within = truth.filter((t, i) => Math.abs(t - mean[i]!) < 3 * Math.sqrt(covariance.get(i, i)) + 1);
  assert.ok(within.length > 90, `${within.length} of 100 within three deviations`);

  const flat = new GaussianProcess(subnets.slice(0, 5), [2, 2, 2, 2, 2], similarity).predict(rest);
  for (const m of flat.mean) assert.equal(m, 2);
});

test("spreads a batch: points similar to a chosen one count as known", () => {
  // The first two points are nearly equal and have the highest bounds. The third is independent.
  const covariance = new Matrix([
    [1, 0.99, 0],
    [0.99, 1, 0],
    [0, 0, 1],
  ]);
  const posterior = { mean: [1, 0.9, 0.5], covariance, noise: 0.01 };
  assert.deepEqual(upperConfidenceBatch(posterior, 2, { exploration: 1 }), [0, 2]);
  assert.deepEqual(upperConfidenceBatch(posterior, 2, { exploration: 0 }), [0, 1]);
  assert.deepEqual(upperConfidenceBatch(posterior, 9, { exploration: 1 }).length, 3);
});
