import assert from "node:assert/strict";
import { it } from "node:test";
import { Random } from "@supernet/base";
import {
  createLatency,
  indexTimes,
  layerKey,
  reachableLayers,
  type Subnet,
  sposShuffleNetV2,
} from "@supernet/nas";
import type { Timed } from "@supernet/nas/supernet";
import { backboneModel, classifierModel } from "../network/space-models.js";
import { checkLatency } from "./check.js";
import { measureTable } from "./measure.js";
import { predictAll } from "./predict.js";
import type { Runtime } from "./runtime.js";
import type { LatencySubject } from "./subject.js";
import { indexTable } from "./table-file.js";

const space = sposShuffleNetV2({ stem: 4, blocks: [1, 1, 1, 1], channels: [8, 16, 32, 64], last: 24 });
const subject: LatencySubject = {
  space,
  inputOf: () => [3, 32, 32],
  models: [classifierModel(space, 5), backboneModel(space)],
};
const min = { rounds: 1, ms: 0 };
/** Milliseconds of a call in the fake runtime. */
const CALL = 0.25;
/** A network's time divided by the sum of its layer times, in the fake runtime. */
const SHARE = 0.75;

const { parts } = subject.models[0]!;
const layers = reachableLayers(space, parts, subject.inputOf()).map(({ layer, input }) => ({
  layer,
  input,
  milliseconds: 1 + Random.of(layerKey(layer, input)).uniform(),
}));
const times = indexTimes(layers);
const sums: Readonly<Record<string, (subnet: Subnet) => number>> = {
  classifier: createLatency(parts, subject.inputOf(), times),
  backbone: createLatency(space.backbone, subject.inputOf(), times),
};
const taking = (milliseconds: number): Timed => ({ run: () => CALL + milliseconds, close() {} });
const fakeRuntime: Runtime = {
  engine: "fake 1",
  threads: 3,
  empty: taking(0),
  layer: ({ layer, input }) => taking(times.get(layerKey(layer, input))!),
  network: async ({ name }, _, subnet) => taking(SHARE * sums[name]!(subnet)),
};
const near = (a: number, b: number): void => assert.ok(Math.abs(a - b) < 1e-9, `${a}, not ${b}`);

it("measures every layer, subtracts the time of a call and fits the times to complete subnets", async () => {
  const table = await measureTable(subject, fakeRuntime, { min });
  assert.equal(table.layers.length, layers.length);
  for (const [i, { milliseconds }] of table.layers.entries())
    near(milliseconds, SHARE * layers[i]!.milliseconds);
  assert.deepEqual(table.layers.at(-1)!.layer, { kind: "linear", out: 5, bias: true });
  assert.deepEqual([table.measured.engine, table.measured.threads], ["fake 1", 3]);
  near(table.measured.fitted!.factor, SHARE);
  assert.deepEqual(table.surroundings, []);
  const predictions = predictAll(indexTable("", table), subject);
  const checks = await checkLatency(subject, fakeRuntime, { predictions, subnets: 3 });
  assert.deepEqual(Object.keys(checks), ["classifier", "backbone"]);
  for (const { error, kendallTau } of Object.values(checks)) {
    near(error, 0);
    assert.equal(kendallTau, 1);
  }
});

it("checkLatency computes the error of a table that was not fitted", async () => {
  const { measured, ...fittedTable } = await measureTable(subject, fakeRuntime, { min });
  const { fitted: _, ...unfitted } = measured;
  const table = {
    ...fittedTable,
    measured: unfitted,
    layers: fittedTable.layers.map((entry, i) => ({ ...entry, milliseconds: layers[i]!.milliseconds })),
  };
  const predictions = predictAll(indexTable("", table), subject);
  const checks = await checkLatency(subject, fakeRuntime, { predictions, subnets: 3 });
  for (const { bias, error } of Object.values(checks)) {
    near(bias, 1 / SHARE - 1);
    near(error, bias);
  }
});
