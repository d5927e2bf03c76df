import assert from "node:assert/strict";
import { describe, it, test } from "node:test";
import { Random, UserError } from "@supernet/base";
import fc from "fast-check";
import { identity, linear, sequential } from "../layer/layer.js";
import { fixedPart, layerOf, type Part } from "../layer/part.js";
import { featureParts } from "../network/network-space.js";
import { checkFeasible } from "../search/feasible.js";
import { runSearch } from "../search/run-search.js";
import { evolutionSearch } from "../search/strategies/evolution.js";
import { extremeSubnets } from "../space/extremes.js";
import { sampleSubnet } from "../space/sample.js";
import { allSubnets, type Space, type Subnet, subnetKey } from "../space/space.js";
import { elasticMobileNet } from "../spaces/elastic-mobilenet.js";
import { listedSpaces } from "../testing/spaces.js";
import { estimateLayer } from "./estimate.js";
import { createEstimator } from "./estimator.js";
import { createLatency, findMissingTimes, indexTimes, type LayerTimes } from "./latency.js";
import { measuresOf } from "./measures.js";
import { layerKey, reachableLayers } from "./reachable.js";

/** Returns a time for every layer of a space, which depends only on its content. */
function syntheticTimes(space: Space, parts: readonly Part[], input: readonly number[]): LayerTimes {
  return indexTimes(
    reachableLayers(space, parts, input).map(({ layer, input: shape }) => ({
      layer,
      input: shape,
      milliseconds: 0.01 + Random.of(layerKey(layer, shape)).uniform(),
    })),
  );
}

/** Returns every layer of a subnet with its input shape, in order of execution. */
function layersOf(parts: readonly Part[], input: readonly number[], subnet: Subnet) {
  let shape = input;
  return parts.map((part) => {
    const layer = layerOf(part, subnet);
    const placed = { layer, input: shape };
    shape = estimateLayer(layer, part.name, shape).output;
    return placed;
  });
}

/** A space in which distant parts share widths and depths. */
function sharedSpace(widths: readonly number[], blocks: number): { space: Space; parts: Part[] } {
  const space: Space = {
    name: "shared",
    decisions: [
      { name: "width", choices: widths },
      { name: "depth", choices: [0, 1, blocks] },
      ...Array.from({ length: blocks }, (_, i) => ({ name: `ratio.${i}`, choices: [1, 2] })),
    ],
  };
  const part = (name: string, decisions: string[], layer: Part["layer"]): Part => ({
    name,
    decisions,
    layer,
    sharing: "entangled",
  });
  const parts = [
    part("embed", ["width"], (c) => linear(Number(c.width))),
    ...Array.from({ length: blocks }, (_, i) =>
      part(`block.${i}`, ["depth", "width", `ratio.${i}`], (c) =>
        i < Number(c.depth)
          ? sequential(linear(Number(c.width) * Number(c[`ratio.${i}`])), linear(Number(c.width)))
          : identity(),
      ),
    ),
    fixedPart("head", linear(3)),
  ];
  return { space, parts };
}

test("reachableLayers returns exactly the layers that subnets have", () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 3 }),
      fc.integer({ min: 2, max: 4 }),
      (widths, blocks) => {
        const { space, parts } = sharedSpace(widths, blocks);
        const expected = new Set(
          [...allSubnets(space)]
            .flatMap((subnet) => layersOf(parts, [5], subnet))
            .filter(({ layer }) => layer.kind !== "identity")
            .map(({ layer, input }) => layerKey(layer, input)),
        );
        const found = reachableLayers(space, parts, [5]).map(({ layer, input }) => layerKey(layer, input));
        assert.deepEqual(found.sort(), [...expected].sort());
      },
    ),
    { numRuns: 30 },
  );
});

for (const space of listedSpaces()) {
  test(`${space.name}: predicts the sum of the layers' times`, () => {
    const parts = featureParts(space);
    const input = [3, 64, 64];
    const times = syntheticTimes(space, parts, input);
    const latency = createLatency(parts, input, times);
    const used = new Set<string>();
    for (let i = 0; i < 100; i++) {
      const subnet = sampleSubnet(space, Random.of(i));
      let sum = 0;
      for (const { layer, input: shape } of layersOf(parts, input, subnet)) {
        if (layer.kind === "identity") continue;
        const key = layerKey(layer, shape);
        used.add(key);
        sum += times.get(key)!;
      }
      assert.equal(latency(subnet), sum);
      assert.equal(latency(subnet), sum, "from the walk's tables");
    }
    assert.ok([...used].every((key) => times.has(key)));
  });
}

describe("a latency table", () => {
  const { space, parts } = sharedSpace([4, 8], 2);

  it("finds a layer by its content, whatever the order of its keys", () => {
    assert.equal(
      layerKey({ kind: "linear", out: 3, bias: true }, [4]),
      layerKey({ bias: true, out: 3, kind: "linear" }, [4]),
    );
    assert.notEqual(layerKey(linear(3), [4]), layerKey(linear(3), [5]));
    assert.notEqual(layerKey(sequential(linear(3)), [4]), layerKey(linear(3), [4]));
  });

  it("rejects two times for a layer", () => {
    const time = { layer: linear(3), input: [4], milliseconds: 1 };
    assert.throws(() => indexTimes([time, { ...time, milliseconds: 2 }]), UserError);
  });

  it("reports the missing times for another input, and predicts nothing without them", () => {
    const times = syntheticTimes(space, parts, [5]);
    assert.deepEqual(findMissingTimes(space, parts, [5], times).missing, []);
    const { missing, all } = findMissingTimes(space, parts, [6], times);
    assert.deepEqual(
      missing.map(({ part, input }) => [part, ...input]),
      [
        ["embed", 6],
        ["embed", 6],
      ],
    );
    assert.equal(all, times.size);
    assert.throws(() => createLatency(parts, [6], times)(sampleSubnet(space, Random.of(1))), /embed.* 6/);
  });

  it("is rejected if there are too many pairs to measure", () => {
    const choices = Array.from({ length: 120 }, (_, i) => i + 1);
    const names = ["first", "second"];
    const wide: Space = { name: "wide", decisions: names.map((name) => ({ name, choices })) };
    const pairs = names.map(
      (name): Part => ({
        name: `${name}.layer`,
        decisions: [name],
        layer: (c) => linear(Number(c[name])),
        sharing: "separate",
      }),
    );
    assert.throws(() => reachableLayers(wide, pairs, [5]), /too many for a latency table/);
  });
});

describe("a limit on latency", () => {
  const space = elasticMobileNet({
    stem: 4,
    first: 4,
    last: 8,
    widths: [[4, 6], [8], [8, 12], [12], [16], [16]],
    depths: [[1, 2], [1, 2], [1], [1], [1], [1]],
    kernels: [3, 5],
    expansions: [2, 3],
  });
  const parts = featureParts(space);
  const input = [3, space.imageSize ?? 32, space.imageSize ?? 32];
  const times = syntheticTimes(space, parts, input);
  const latency = createLatency(parts, input, times);
  const measures = measuresOf({ "": { ...createEstimator("features", parts, input), latency } });
  const { smallest, largest } = extremeSubnets(space, latency);
  const problem = (max: number, seed: number) => ({
    space,
    constraints: { latency: { max } },
    ...measures,
    seed,
  });

  it("holds for every candidate of a search, even if it is tight", async () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    await fc.assert(
      fc.asyncProperty(share, fc.nat(), async (tightness, seed) => {
        const max = latency(smallest) + tightness * (latency(largest) - latency(smallest));
        const strategy = evolutionSearch(problem(max, seed), {
          populationSize: 5,
          generations: 2,
          topK: 2,
          mutations: { children: 2, probability: 0.1 },
          crossovers: 1,
        });
        const { state } = await runSearch({
          strategy,
          state: undefined,
          evaluate: async ({ subnet }) => Random.of(subnetKey(space, subnet)).uniform(),
          save() {},
        });
        assert.ok(state.history.length > 0);
        for (const { subnet, resources } of state.history) {
          assert.equal(resources.latency, latency(subnet));
          assert.ok(latency(subnet) <= max);
        }
      }),
      // Only the smallest subnet meets the limit of the example, and repairs of random ones miss it.
      { numRuns: 20, examples: [[0, 1809627185]] },
    );
  });

  it("that no subnet meets is rejected with the range of the space", () => {
    checkFeasible(problem(latency(smallest), 1));
    // Every subnet has more than nine layers of at least 0.01 ms.
    assert.throws(
      () => checkFeasible(problem(0.09, 1)),
      /latency at most 0\.09: .* the space has latency from \d+\.\d+ to \d+\.\d+; widen/,
    );
  });
});
