import assert from "node:assert/strict";
import { it } from "node:test";
import fc from "fast-check";
import { extremeSubnets } from "./extremes.js";
import { allSubnets, type Space, type Subnet } from "./space.js";

it("extremeSubnets finds the least and greatest of any sum over decisions", () => {
  const costs = fc.array(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 4 }), {
    minLength: 1,
    maxLength: 4,
  });
  fc.assert(
    fc.property(costs, (table) => {
      const space: Space = {
        name: "table",
        decisions: table.map((row, i) => ({ name: `d${i}`, choices: row.map((_, k) => k) })),
      };
      const value = (subnet: Subnet) =>
        table.reduce((sum, row, i) => sum + row[subnet[`d${i}`] as number]!, 0);
      const values = [...allSubnets(space)].map(value);
      const { least, greatest } = extremeSubnets(space, value);
      assert.equal(value(least), Math.min(...values));
      assert.equal(value(greatest), Math.max(...values));
    }),
  );
});
