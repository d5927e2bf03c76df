import assert from "node:assert/strict";
import { test } from "node:test";
import { noGrad, Random, randn } from "@supernet/torch";
import { createLatency, indexTimes, missingTimes } from "../cost/latency.js";
import { reachableLayers } from "../cost/reachable.js";
import { conv2d } from "../layer/layer.js";
import { featureParts } from "../network/network-space.js";
import { sampleSubnet } from "../space/sample.js";
import { sposShuffleNetV2 } from "../spaces/spos-shufflenetv2.js";
import { listedSpaces } from "../spaces/testing.js";
import { SpaceClassifier } from "./classifier.js";
import { buildFeatures, measureInTurn, measureLayers } from "./layer-times.js";

const least = { rounds: 2, ms: 0 };

for (const space of listedSpaces()) {
  test(`${space.name}: every layer of the space is measured by itself`, () => {
    const parts = featureParts(space);
    const input = [3, space.imageSize ?? 32, space.imageSize ?? 32];
    const shares: number[] = [];
    const times = measureLayers(reachableLayers(space, parts, input), {
      least,
      onProgress: (share) => shares.push(share),
    });
    assert.ok(times.every(({ milliseconds }) => milliseconds > 0 && Number.isFinite(milliseconds)));
    assert.deepEqual(missingTimes(space, parts, input, indexTimes(times)).missing, []);
    assert.ok(createLatency(parts, input, indexTimes(times))(sampleSubnet(space, Random.of(1))) > 0);
    assert.ok(shares.every((share, i) => share > (shares[i - 1] ?? 0)));
    assert.equal(shares.at(-1), 1);
  });
}

test("a layer with a thousand times the work takes longer, in whatever order they run", () => {
  const of = (out: number) => ({ layer: conv2d(out, 3), input: [64, 48, 48], part: "x", choices: {} });
  const [small, large] = measureLayers([of(1), of(1024)], { least: { rounds: 5, ms: 0 } });
  assert.ok(large!.milliseconds > small!.milliseconds);
});

test("each pass is told as often as the others, and gets its own input", () => {
  const shapes: string[] = [];
  const forward = (x: { readonly shape: readonly number[] }) => shapes.push(x.shape.join("x"));
  const inputs = [[3, 4, 4], [5], [3, 4, 4]];
  const times = measureInTurn(
    inputs.map((input) => ({ input, forward })),
    { least },
  );
  assert.equal(times.length, 3);
  const count = (shape: string) => shapes.filter((other) => other === shape).length;
  assert.equal(count("1x3x4x4"), 2 * count("1x5"));
  assert.equal(shapes.length, count("1x3x4x4") + count("1x5"));
});

test("the features of a subnet are what its classifier's last layer takes", () => {
  const space = sposShuffleNetV2({ stem: 4, blocks: [1, 1, 1, 1], channels: [8, 16, 32, 64], last: 24 });
  const subnet = sampleSubnet(space, Random.of(2));
  const features = buildFeatures(space, subnet).eval();
  assert.deepEqual(noGrad(() => features.forward(randn([2, 3, 32, 32]))).shape, [2, 24]);
  const names = [...new SpaceClassifier(space, 5, subnet).stateDict().keys()];
  const expected = names
    .filter((name) => !name.startsWith("fc."))
    .map((name) => name.replace("backbone.", ""));
  assert.deepEqual([...features.stateDict().keys()].sort(), expected.sort());
});
