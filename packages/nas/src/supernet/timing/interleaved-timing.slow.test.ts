import assert from "node:assert/strict";
import { test } from "node:test";
import { Random } from "@supernet/base";
import { noGrad, randn } from "@supernet/torch";
import { createLatency, findMissingTimes, indexTimes } from "../../cost/latency.js";
import { type PlacedLayer, reachableLayers } from "../../cost/reachable.js";
import { conv2d } from "../../layer/layer.js";
import { featureParts } from "../../network/network-space.js";
import { sampleSubnet } from "../../space/sample.js";
import { sposShuffleNetV2 } from "../../spaces/spos-shufflenetv2.js";
import { listedSpaces } from "../../testing/spaces.js";
import { SpaceClassifier } from "../networks/classifier.js";
import { measureInTurns, measureInterleaved, measureLayers } from "./interleaved-timing.js";
import { buildFeatures, buildStandaloneLayer, type Timed, timedModule } from "./timed.js";

const min = { rounds: 2, ms: 0 };
const onEngine = (placed: PlacedLayer) => timedModule(buildStandaloneLayer(placed), placed.input);

for (const space of listedSpaces()) {
  test(`${space.name}: measures every layer of the space`, async () => {
    const parts = featureParts(space);
    const input = [3, space.imageSize ?? 32, space.imageSize ?? 32];
    const shares: number[] = [];
    const times = await measureLayers(reachableLayers(space, parts, input), onEngine, {
      min,
      onProgress: (share) => shares.push(share),
    });
    assert.ok(times.every(({ milliseconds }) => milliseconds > 0 && Number.isFinite(milliseconds)));
    assert.deepEqual(findMissingTimes(space, parts, input, indexTimes(times)).missing, []);
    assert.ok(createLatency(parts, input, indexTimes(times))(sampleSubnet(space, Random.of(1))) > 0);
    assert.ok(shares.every((share, i) => share > (shares[i - 1] ?? 0)));
    assert.equal(shares.at(-1), 1);
  });
}

test("measures a longer time for a layer with a thousand times the work", async () => {
  const of = (out: number) => ({ layer: conv2d(out, 3), input: [64, 48, 48], part: "x", choices: {} });
  const [small, large] = await measureLayers([of(1), of(1024)], onEngine, { min: { rounds: 5, ms: 0 } });
  assert.ok(large!.milliseconds > small!.milliseconds);
});

test("runs all equally often, closes them and subtracts the time of an empty call", async () => {
  const ran: string[] = [];
  const closed: string[] = [];
  const of = (name: string, milliseconds: number): Timed => ({
    run() {
      ran.push(name);
      return milliseconds;
    },
    close: () => void closed.push(name),
  });
  const prepare = [() => of("a", 3), async () => of("b", 2), () => of("c", 1)];
  const times = await measureInterleaved(prepare, { min, empty: of("empty", 1) });
  assert.deepEqual(times, [2, 1, 0.001]);
  assert.deepEqual(closed, ["a", "b", "c"]);
  for (const name of ["a", "b", "c", "empty"]) {
    assert.equal(ran.filter((other) => other === name).length, 5, name);
  }
});

test("closes what was prepared if a later preparation fails", async () => {
  let closed = 0;
  const one = (): Timed => ({ run: () => 1, close: () => void closed++ });
  const broken = () => {
    throw new RangeError("cannot");
  };
  await assert.rejects(measureInterleaved([one, broken], { min }), /cannot/);
  assert.equal(closed, 1);
});

test("buildFeatures returns the input of the classifier's last layer", () => {
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

test("measures networks in turns, closes all of them, and summarizes their times", async () => {
  const order: number[] = [];
  const closed: number[] = [];
  const all = Array.from({ length: 15 }, (_, i) => () => ({
    run() {
      order.push(i);
      return 1 + i;
    },
    close: () => void closed.push(i),
  }));
  const shares: number[] = [];
  const measured = await measureInTurns(all, (share) => shares.push(share));
  for (const [i, { p10, median, p95, runs }] of measured.entries())
    assert.deepEqual([p10, median, p95, runs], [1 + i, 1 + i, 1 + i, 48]);
  assert.deepEqual(closed, [...all.keys()]);
  // Sixteen runs in a row, and all networks of the first group before those of the second.
  assert.ok(order.every((i, at) => i === order[at - (at % 16)]));
  assert.ok(Math.max(...order.slice(0, 12 * 64)) < 12);
  assert.equal(shares.at(-1), 1);
  const broken = () => {
    throw new RangeError("cannot");
  };
  closed.length = 0;
  await assert.rejects(measureInTurns([all[0]!, broken]), /cannot/);
  assert.deepEqual(closed, [0]);
});
