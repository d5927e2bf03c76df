import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Random } from "@supernet/base";
import { fromTypedArray } from "../engine/index.js";
import { backward, type Case, cases, type Found } from "../testing/batch-norm-cases.js";
import { scenarioResults } from "../testing/scenarios.js";
import { BatchNorm2d } from "./norm.js";

const near = (
  actual: readonly number[],
  expected: readonly number[],
  tolerance: number,
  what: string,
): void => {
  assert.equal(actual.length, expected.length, what);
  for (const [i, value] of expected.entries())
    assert.ok(
      Math.abs(actual[i]! - value) <= tolerance,
      `${what}[${i}]: got ${actual[i]}, expected ${value}`,
    );
};

describe("synchronized batch-norm", () => {
  it("equals batch-norm of the complete batch, including the derivative", async () => {
    const parts = (await scenarioResults("batchNorm")) as Record<string, Found>[];
    for (const testCase of cases as readonly Case[]) {
      const whole = backward(
        testCase,
        (x) => x,
        () => {},
      );
      const [a, b] = parts.map((part) => part[testCase.name]!) as [Found, Found];
      // bfloat16 has 8 significant bits. float32 near 300 has a resolution of 2e-5 relative to numbers of size 1.
      const tolerance = testCase.bfloat16 ? 0.06 : testCase.offset ? 2e-4 : 2e-6;
      near([...a.y, ...b.y], whole.y, tolerance, `${testCase.name} y`);
      near([...a.dx, ...b.dx], whole.dx, tolerance, `${testCase.name} dx`);
      const summed = (x: number[] | null, y: number[] | null) => x?.map((value, i) => value + y![i]!) ?? [];
      near(summed(a.dWeight, b.dWeight), whole.dWeight ?? [], 20 * tolerance, `${testCase.name} dWeight`);
      near(summed(a.dBias, b.dBias), whole.dBias ?? [], 20 * tolerance, `${testCase.name} dBias`);
      assert.deepEqual([a.mean, a.variance, a.batches], [b.mean, b.variance, b.batches]);
      near(a.mean ?? [], whole.mean ?? [], testCase.bfloat16 ? 1e-3 : 2e-5, `${testCase.name} mean`);
      near(
        a.variance ?? [],
        whole.variance ?? [],
        testCase.bfloat16 ? 1e-2 : 2e-4,
        `${testCase.name} variance`,
      );
      assert.equal(a.batches, whole.batches);
    }
  });

  it("rejects images without channels", async () => {
    for (const message of await scenarioResults("noChannels"))
      assert.match(String(message), /batch-norm expects \[N, C, \.\.\.\], got \[2, 0, 3, 3\]/);
  });

  it("weights each rank by its number of images", async () => {
    const [one, four] = (await scenarioResults("unequal")) as {
      y: number[];
      mean: number[];
      variance: number[];
    }[];
    const random = Random.of("distributed");
    const whole = fromTypedArray(
      Float32Array.from({ length: 30 }, () => random.normal()),
      [5, 2, 3, 1],
    );
    const norm = new BatchNorm2d(2);
    const numbers = (tensor: { toTypedArray(): ArrayLike<unknown> }) =>
      Array.from(tensor.toTypedArray(), Number);
    near([...one!.y, ...four!.y], numbers(norm.forward(whole)), 2e-6, "y");
    near(one!.mean, numbers(norm.running_mean!), 2e-6, "mean");
    near(four!.variance, numbers(norm.running_var!), 2e-6, "variance");
  });
});
