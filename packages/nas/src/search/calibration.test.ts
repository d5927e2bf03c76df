import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Random } from "@supernet/base";
import { sampleSubnet } from "../space/sample.js";
import type { Space, Subnet } from "../space/space.js";
import { kendallTau } from "../stats/rank-correlation.js";
import { Calibration, type TrainedScore } from "./calibration.js";

const space: Space = {
  name: "toy",
  decisions: [
    { name: "width", choices: [8, 16, 24, 32] },
    ...Array.from({ length: 6 }, (_, i) => ({ name: `kind${i}`, choices: ["a", "b", "c"] })),
  ],
};

/** Number of blocks of a kind. */
const blocks = (subnet: Subnet) => Object.values(subnet).filter((choice) => choice === "b").length;

/** Quality of a network. The supernet underrates one kind of its blocks. */
const truth = (subnet: Subnet): number => Number(subnet.width) / 32 + blocks(subnet) / 3;
const seen = (subnet: Subnet, noise: number): number =>
  Number(subnet.width) / 32 + blocks(subnet) / 8 + 0.1 * noise;

const candidates = Array.from({ length: 60 }, (_, i) => {
  const random = Random.of("calibration", i);
  const subnet = sampleSubnet(space, random);
  return { subnet, score: seen(subnet, random.uniform()), properties: [1e6 * Number(subnet.width)] };
});
const trainedAt = (indices: readonly number[]): TrainedScore[] =>
  indices.map((index) => ({ index, score: truth(candidates[index]!.subnet) }));

describe("Calibration", () => {
  const truths = candidates.map(({ subnet }) => truth(subnet));

  it("ranks better than the scores that it corrects, more so with more trained candidates", () => {
    const before = kendallTau(
      candidates.map(({ score }) => score),
      truths,
    );
    const few = new Calibration(space, candidates, trainedAt([0, 1, 2, 3, 4, 5, 6, 7]));
    const many = new Calibration(space, candidates, trainedAt(Array.from({ length: 30 }, (_, i) => i)));
    const taus = [few, many].map(({ scores }) => kendallTau(scores, truths));
    assert.ok(taus[0]! > before, `${taus} ${before}`);
    assert.ok(taus[1]! > taus[0]! && taus[1]! > 0.7, `${taus}`);
  });

  it("keeps close to the trained scores, and is less sure of the others", () => {
    const trained = trainedAt([3, 10, 20, 30, 40, 50]);
    const { scores, deviations } = new Calibration(space, candidates, trained);
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    for (const { index, score } of trained) assert.ok(Math.abs(scores[index]! - score) < 0.25);
    const known = trained.map(({ index }) => deviations[index]!);
    assert.ok(mean(known) < mean(deviations));
  });

  it("proposes candidates that are not trained yet, and different ones", () => {
    const trained = trainedAt([0, 1, 2, 3]);
    const calibration = new Calibration(space, candidates, trained);
    const next = calibration.next(5);
    assert.equal(new Set([...next, 0, 1, 2, 3]).size, 9);
    assert.ok(
      next.every((index) => truths[index]! >= 0.5),
      "those with a low score are not worth a training",
    );
    assert.equal(calibration.next(100).length, 56);
  });

  it("proposes the others when the front is known", () => {
    const widths = candidates.map(({ subnet }) => [Number(subnet.width)]);
    const calibration = new Calibration(space, candidates, trainedAt([0, 1, 2, 3]));
    const all = calibration.next(100, widths);
    assert.equal(new Set(all).size, 56);
  });

  it("proposes candidates that improve the trade-off with a resource", () => {
    const widths = candidates.map(({ subnet }) => [Number(subnet.width)]);
    const calibration = new Calibration(space, candidates, trainedAt([0, 1, 2, 3]));
    const next = calibration.next(8, widths);
    assert.ok(new Set(next.map((index) => widths[index]![0])).size >= 3, "of several widths");
  });

  it("does not depend on the units of the score and the properties", () => {
    const scaled = candidates.map(({ subnet, score, properties }) => ({
      subnet,
      score: 7 + 100 * score,
      properties: properties.map((value) => 3 - 1e-3 * value),
    }));
    const trained = trainedAt([0, 5, 10, 15, 20]);
    const a = new Calibration(space, candidates, trained).scores;
    const b = new Calibration(space, scaled, trained).scores;
    for (const [i, score] of a.entries()) assert.ok(Math.abs(score - b[i]!) < 1e-9);
  });

  it("refuses to work without a trained score", () => {
    assert.throws(
      () => new Calibration(space, candidates, []),
      /trained is empty; expected at least one score/,
    );
  });
});
