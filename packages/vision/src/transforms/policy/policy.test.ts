import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Random } from "@supernet/base";
import { runPython, withoutTorchvision } from "../../testing/python.js";
import { waves } from "../../testing/torchvision-augmentation.js";
import type { AugmentationPolicy, RandAugment } from "../settings.js";
import type { Canvas } from "./affine.js";
import { LEARNED_VALUES } from "./auto-augment.js";
import { LEARNED_POLICIES } from "./learned-policies.js";
import type { OperationName } from "./operations.js";
import { applyPolicy } from "./policy.js";
import { drawOperation } from "./rand-augment.js";

const canvas: Canvas = { interpolation: "bicubic", fill: [124, 116, 104] };
const published = { operations: 2, probability: 0.5, magnitude: 9, magnitudeStd: 0.5, increasing: true };
const policies: readonly AugmentationPolicy[] = [
  { kind: "rand-augment", ...published },
  { kind: "auto-augment", learnedOn: "imagenet" },
  { kind: "auto-augment", learnedOn: "cifar10" },
  { kind: "auto-augment", learnedOn: "svhn" },
];

describe("policies", () => {
  for (const policy of policies) {
    it(`depend only on the seed, and change most images: ${Object.values(policy).join(" ")}`, () => {
      const image = waves(32, 24);
      const before = Uint8Array.from(image.data);
      let changed = 0;
      for (let seed = 0; seed < 100; seed++) {
        const [a, b] = [0, 1].map(() => applyPolicy(image, policy, canvas, Random.of("policy", seed)));
        assert.deepEqual(a, b);
        assert.equal(a!.data.length, before.length);
        if (a!.data.some((value, i) => value !== before[i])) changed++;
      }
      assert.deepEqual(image.data, before);
      assert.ok(changed > 60, `${changed} of 100`);
    });
  }
});

describe("RandAugment", () => {
  /** Samples 2000 operations, and returns the minimum and maximum value of each. */
  function sampleRanges(settings: RandAugment): Map<OperationName, readonly [number, number]> {
    const random = Random.of("rand-augment");
    const found = new Map<OperationName, readonly [number, number]>();
    for (let i = 0; i < 2000; i++) {
      const one = drawOperation({ width: 200, height: 100 }, settings, random);
      if (!one) continue;
      const [min, max] = found.get(one.name) ?? [one.value, one.value];
      found.set(one.name, [Math.min(min, one.value), Math.max(max, one.value)]);
    }
    return found;
  }
  const rounded = (found: ReturnType<typeof sampleRanges>) =>
    Object.fromEntries(
      [...found].sort().map(([name, ends]) => [name, ends.map((end) => Number(end.toFixed(6)))]),
    );
  const shared = {
    autoContrast: [0, 0],
    equalize: [0, 0],
    invert: [0, 0],
    rotate: [-27, 27],
    shearX: [-0.27, 0.27],
    shearY: [-0.27, 0.27],
    solarizeAdd: [99, 99],
    translateX: [-81, 81],
    translateY: [-40.5, 40.5],
  };

  it("has timm's values at magnitude 9 (rand-m9-inc1 and rand-m9)", () => {
    const fixed = { ...published, probability: 1, magnitudeStd: 0 };
    const names = ["brightness", "color", "contrast", "sharpness"];
    const factors = (...ends: readonly number[]) => Object.fromEntries(names.map((name) => [name, ends]));
    assert.deepEqual(rounded(sampleRanges(fixed)), {
      ...shared,
      ...factors(0.19, 1.81),
      posterize: [1, 1],
      solarize: [26, 26],
    });
    assert.deepEqual(rounded(sampleRanges({ ...fixed, increasing: false })), {
      ...shared,
      ...factors(1.72, 1.72),
      posterize: [3, 3],
      solarize: [230, 230],
    });
  });

  it("samples strengths around the magnitude, between 0 and 10", () => {
    const noisy = sampleRanges({ ...published, magnitudeStd: 0.5 }).get("rotate")!;
    assert.ok(noisy[1] > 28 && noisy[1] <= 30 && noisy[0] < -28, String(noisy));
    const wide = sampleRanges({ ...published, probability: 1, magnitude: 1, magnitudeStd: 3 }).get(
      "solarizeAdd",
    )!;
    assert.ok(wide[0] === 0 && wide[1] > 55 && wide[1] <= 110, String(wide));
  });

  it("samples all operations equally often, and applies a fraction of them", () => {
    const counts = new Map<OperationName, number>();
    const random = Random.of("counts");
    for (let i = 0; i < 30_000; i++) {
      const one = drawOperation({ width: 8, height: 8 }, published, random);
      if (one) counts.set(one.name, (counts.get(one.name) ?? 0) + 1);
    }
    assert.equal(counts.size, 15);
    for (const [name, count] of counts) assert.ok(Math.abs(count - 1000) < 130, `${name}: ${count}`);
  });
});

it("AutoAugment has the same lists and values as torchvision", { skip: withoutTorchvision }, () => {
  type Theirs = readonly [name: string, probability: number, magnitude: number | null];
  const theirs = JSON.parse(runPython("torchvision_policies.py")) as {
    policies: Record<string, readonly (readonly Theirs[])[]>;
    magnitudes: Record<string, { values: readonly number[] | null; signed: boolean }>;
  };
  const ourName = (name: string) => (name[0]!.toLowerCase() + name.slice(1)) as keyof typeof LEARNED_VALUES;
  assert.deepEqual(
    LEARNED_POLICIES,
    Object.fromEntries(
      Object.entries(theirs.policies).map(([set, pairs]) => [
        set,
        pairs.map((pair) =>
          pair.map(([name, probability, magnitude]) =>
            magnitude === null ? [ourName(name), probability] : [ourName(name), probability, magnitude],
          ),
        ),
      ]),
    ),
  );
  assert.deepEqual(Object.keys(theirs.magnitudes).map(ourName).sort(), Object.keys(LEARNED_VALUES).sort());
  const factors = ["brightness", "color", "contrast", "sharpness"];
  for (const [name, { values, signed }] of Object.entries(theirs.magnitudes)) {
    const own = LEARNED_VALUES[ourName(name)];
    for (const [i, value] of (values ?? []).entries()) {
      const found = new Set<number>();
      const random = Random.of("values");
      for (let k = 0; k < 20; k++) found.add(own(i / 9, random, { width: 300, height: 200 }));
      const size = name.startsWith("Translate") ? Math.trunc(value) : value;
      const base = factors.includes(ourName(name)) ? 1 : 0;
      const expected = signed ? [base - size, base + size] : [base + size];
      for (const one of found) {
        assert.ok(
          expected.some((end) => Math.abs(one - end) < 1e-4),
          `${name} ${i}: ${one}, not ${expected}`,
        );
      }
      for (const end of expected) {
        assert.ok(
          [...found].some((one) => Math.abs(one - end) < 1e-4),
          `${name} ${i}: no ${end}`,
        );
      }
    }
  }
});
