import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { UserError } from "@supernet/base";
import { sposShuffleNetV2 } from "@supernet/nas";
import { featuresModel } from "../network/space-models.js";
import type { LatencyFileRecipe } from "../recipe/search.js";
import { withSettings } from "../recipes/define.js";
import { detnasQuickstart } from "../recipes/detnas-quickstart.js";
import { syntheticTable } from "../testing/latency.js";
import { predictLatency } from "./predict.js";
import {
  type LatencyTable,
  openLatencyTable,
  readLatencyTable,
  withTableContent,
  writeLatencyTable,
} from "./table-file.js";

const folder = mkdtempSync(join(tmpdir(), "latency-table-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const space = sposShuffleNetV2({ stem: 4, blocks: [1, 1, 1, 1], channels: [8, 16, 32, 64], last: 24 });
const inputOf = () => [3, 32, 32] as const;
const model = featuresModel(space);
const table: LatencyTable = {
  ...syntheticTable({ space, inputOf, models: [model] }),
  surroundings: [{ network: "detector", identity: { classes: 10, strides: [4, 8] }, milliseconds: 100 }],
};
const file = (name: string, content: unknown): string => {
  const path = join(folder, name);
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
};
const says = (path: string, expected: RegExp) => (error: unknown) => {
  assert.ok(error instanceof UserError, String(error));
  assert.ok(error.message.startsWith(path), error.message);
  assert.match(error.message, expected);
  assert.ok(!error.message.includes("\n") && error.message.length < 600, error.message);
  return true;
};

describe("a latency table's file", () => {
  it("is read as it was written", () => {
    const path = join(folder, "written.json");
    writeLatencyTable(path, table);
    assert.deepEqual(readLatencyTable(path).table, table);
  });

  const nested = `${'{"layer":'.repeat(50_000)}1${"}".repeat(50_000)}`;
  const text = JSON.stringify(table);
  const [first, ...others] = table.layers;
  const withFirst = (change: object) => ({ ...table, layers: [{ ...first, ...change }, ...others] });
  const cases: readonly (readonly [string, unknown, RegExp])[] = [
    ["empty.json", "", /not a latency table: .*supernet latency --device-table/],
    ["cut.json", text.slice(0, text.length / 2), /not a latency table/],
    ["list.json", [], /it does not contain an object/],
    ["null.json", "null", /it does not contain an object/],
    ["other.json", { name: "x" }, /unknown key name/],
    [
      "format.json",
      { ...table, format: "supernet latency table 3" },
      /format: got "supernet latency table 3"/,
    ],
    [
      "earlier.json",
      { ...table, format: "supernet latency table 1" },
      /format 1, .* entry of "surroundings"/,
    ],
    ["no-layers.json", { ...table, layers: [] }, /layers: .* at least 1/],
    ["negative.json", withFirst({ milliseconds: -1 }), /layers\.0\.milliseconds: got -1/],
    ["text.json", text.replace(/"milliseconds":[\d.]+/, '"milliseconds":"fast"'), /got "fast"/],
    ["huge.json", text.replace(/"milliseconds":[\d.]+/, '"milliseconds":1e999'), /milliseconds/],
    ["batch.json", { ...table, measured: { ...table.measured, batch: 8 } }, /measured\.batch: got 8/],
    ["twice.json", { ...table, layers: [first, ...table.layers] }, /two times/],
    ["shape.json", withFirst({ input: [1.5] }), /layers\.0\.input\.0/],
    ["deep.json", text.replace(/"layer":\{/, `"layer":{"x":${nested},`), /deeper than 64 levels/],
    ["proto.json", text.replace(/"layer":\{/, '"__proto__":{},"layer":{'), /__proto__/],
    [
      "noise.json",
      String.fromCharCode(...Array.from({ length: 999 }, (_, i) => (i * 7919) % 256)),
      /not a latency table/,
    ],
  ];
  for (const [name, content, expected] of cases) {
    it(`is rejected with a one-line message: ${name}`, () => {
      const path = file(name, content);
      assert.throws(() => readLatencyTable(path), says(path, expected));
    });
  }

  it("must exist", () => {
    assert.throws(
      () => readLatencyTable(join(folder, "none.json")),
      /cannot read .*none\.json.*check the path/,
    );
  });

  it("is rejected for another space or input, with the first missing layer", () => {
    const path = file("fits.json", table);
    const open = readLatencyTable(path);
    assert.ok(predictLatency(open, model, inputOf));
    const other = sposShuffleNetV2({ stem: 4, blocks: [1, 1, 1, 1], channels: [8, 16, 32, 80], last: 24 });
    assert.throws(
      () => predictLatency(open, featuresModel(other), inputOf),
      says(
        path,
        /lacks \d+ of the \d+ layers .* first layers\.3\.0 \(.*shuffle_3x3\) on 32x2x2; .*supernet latency/,
      ),
    );
    assert.throws(
      () => predictLatency(open, model, () => [3, 64, 64]),
      says(path, /lacks .* at 3x64x64, first stem .* on 3x64x64; it was measured for .* at 3x32x32/),
    );
  });
});

describe("a recipe with a latency table", () => {
  const withTable = (path: string) =>
    withSettings(detnasQuickstart, [
      "steps.search.constraints.latency.max=12",
      `steps.search.latency={table: ${JSON.stringify(path)}}`,
    ]);
  const latencyOf = (path: string) =>
    withTableContent(withTable(path)).steps.search.latency as LatencyFileRecipe;
  const contentOf = (path: string) => latencyOf(path).content;

  it("depends only on the table's content, not on its path or formatting", () => {
    const content = contentOf(file("a.json", table));
    assert.match(content!, /^[0-9a-f]{64}$/);
    assert.equal(contentOf(file("b.json", JSON.stringify(table, undefined, 4))), content);
    const changed = structuredClone(table);
    changed.layers[0]!.milliseconds += 1;
    assert.notEqual(contentOf(file("c.json", changed)), content);
    assert.deepEqual(withTableContent(detnasQuickstart), detnasQuickstart);
  });

  it("rejects a table that changed during the run", () => {
    const path = file("edited.json", table);
    const latency = latencyOf(path);
    assert.ok(openLatencyTable(latency));
    writeFileSync(path, readFileSync(path, "utf8").replace(/"milliseconds":[\d.]+/, '"milliseconds":7'));
    assert.throws(() => openLatencyTable(latency), says(path, /changed during the run/));
  });
});
