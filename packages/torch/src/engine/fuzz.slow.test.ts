import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { runFuzz } from "../testing/run-fuzz.js";
import { ops } from "./index.js";

const PARTS = 4;

describe("the bridge survives junk: wrong kinds, NaN and huge sizes, released tensors, missing arguments", () => {
  const count = Object.keys(ops).length;
  for (let part = 0; part < PARTS; part++) {
    const [from, to] = [Math.floor((part * count) / PARTS), Math.floor(((part + 1) * count) / PARTS)];
    it(`operators ${from} to ${to}`, async () => {
      const { survived, last, how } = await runFuzz({ from, to, rounds: 12, seed: 1 });
      assert.ok(survived, `ended by ${how} in: ${last}`);
    });
  }
});
