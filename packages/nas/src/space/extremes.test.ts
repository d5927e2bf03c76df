import assert from "node:assert/strict";
import { it } from "node:test";
import { Random } from "@supernet/base";
import fc from "fast-check";
import { createEstimator } from "../cost/estimator.js";
import { featureParts } from "../network/network-space.js";
import { mixedMobileNet } from "../spaces/mixed-mobilenet.js";
import { extremeSubnets } from "./extremes.js";
import { sampleSubnet } from "./sample.js";
import { allSubnets, type Space, type Subnet } from "./space.js";

it("extremeSubnets finds the smallest and largest of any sum over decisions", () => {
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
      const { smallest, largest } = extremeSubnets(space, value);
      assert.equal(value(smallest), Math.min(...values));
      assert.equal(value(largest), Math.max(...values));
    }),
  );
});

it("extremeSubnets finds extremes if only one kind of block has a kernel", () => {
  const space = mixedMobileNet({
    stem: 8,
    first: 4,
    kernels: [3, 5, 7],
    expansions: [2, 3],
    last: 32,
    widths: [[4, 6], [6], [8], [8], [8], [8]],
    depths: [[1, 2], [1], [1], [1], [1], [1]],
  });
  const { measure } = createEstimator("features", featureParts(space), [3, 32, 32]);
  const flops = (subnet: Subnet) => measure(subnet).flops;
  const { smallest, largest } = extremeSubnets(space, flops);
  for (let i = 0; i < 3000; i++) {
    const sampled = flops(sampleSubnet(space, Random.of("extremes", i)));
    assert.ok(flops(smallest) <= sampled && sampled <= flops(largest));
  }
});
