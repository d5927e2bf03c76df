import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Random } from "@supernet/base";
import { fromTypedArray, nn, type Tensor } from "@supernet/torch";
import { labelLoss } from "./losses.js";

const CLASSES = 5;
const labels = BigInt64Array.of(0n, 3n, 1n, 4n);
const other = labels.toReversed();
const random = Random.of("logits");
const values = Float32Array.from({ length: labels.length * CLASSES }, () => 3 * random.normal());
const logitsOf = (): Tensor => fromTypedArray(values, [labels.length, CLASSES], { requiresGrad: true });

/** Returns the smoothed target distribution of a label. */
const distribution = (label: bigint, smoothing: number): number[] =>
  Array.from({ length: CLASSES }, (_, c) => smoothing / CLASSES + (BigInt(c) === label ? 1 - smoothing : 0));

/** Returns the targets of mixed images: both distributions, weighted. */
const softTargets = (weight: number, smoothing: number): Float32Array =>
  Float32Array.from(
    Array.from(labels, (label, i) => {
      const [own, mixed] = [distribution(label, smoothing), distribution(other[i]!, smoothing)];
      return own.map((p, c) => weight * p + (1 - weight) * mixed[c]!);
    }).flat(),
  );

describe("labelLoss", () => {
  for (const [weight, smoothing] of [
    [0.3, 0],
    [0.73, 0.1],
    [1, 0.1],
    [0, 0.1],
  ] as const) {
    it(`equals the cross entropy with mixed probabilities: weight ${weight}, smoothing ${smoothing}`, () => {
      const [a, b] = [logitsOf(), logitsOf()];
      const own = labelLoss(a, { labels, mixed: { labels: other, weight } }, smoothing);
      const target = fromTypedArray(softTargets(weight, smoothing), [labels.length, CLASSES]);
      const expected = nn.crossEntropy(b, target);
      assert.ok(Math.abs(own.item() - expected.item()) < 1e-5, `${own.item()}, not ${expected.item()}`);
      own.backward();
      expected.backward();
      assert.ok(a.grad!.sub(b.grad!).abs().max().item() < 1e-6);
    });
  }

  it("equals the cross entropy with the labels, bit for bit, if no images are mixed", () => {
    const target = fromTypedArray(labels, [labels.length]);
    const expected = nn.crossEntropy(logitsOf(), target, { labelSmoothing: 0.1 });
    assert.equal(labelLoss(logitsOf(), { labels, mixed: null }, 0.1).item(), expected.item());
  });
});
