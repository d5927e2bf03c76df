import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { UserError } from "@supernet/base";
import {
  checkFeasible,
  checkZeroCostScore,
  conv2d,
  createEstimator,
  createLatency,
  defineSpace,
  evaluationsToBest,
  fairSampler,
  fixedPart,
  globalAveragePool,
  indexTimes,
  linear,
  measuresOf,
  openTable,
  randomSearch,
  reachableLayers,
  runGroupedSearch,
  runSearch,
  sandwichSampler,
  uniformSampler,
} from "./index.js";

const part = {
  name: "block",
  decisions: ["kernel"],
  layer: () => conv2d(8, 3),
  sharing: "entangled",
} as const;
const space = { name: "mine", decisions: [{ name: "kernel", choices: [3, 5] }] };
const description = {
  ...space,
  backbone: [part],
  maps: [{ part: "block", stride: 1 }],
  tail: [fixedPart("pool", globalAveragePool())],
};
const problem = { space, constraints: {}, measure: () => ({ flops: 1 }), seed: 1 };
const table = { decisions: space.decisions, command: "none", images: 4, correct: [1, 2] };
const strategy = randomSearch(problem, { candidates: 2 });
const subnet = { kernel: 3 };

/** Public functions with wrong arguments, as JavaScript may pass them, and the message that names what is wrong. */
const cases: readonly (readonly [call: unknown, args: readonly unknown[], message: RegExp])[] = [
  [defineSpace, [], /^defineSpace: the options object is missing/],
  [defineSpace, [{ ...description, decisions: undefined }], /^space mine: decisions is missing/],
  [
    defineSpace,
    [{ ...description, decision: [] }],
    /^space mine: unknown option decision, did you mean decisions/,
  ],
  [
    defineSpace,
    [{ ...description, backbone: [{ ...part, layer: 3 }] }],
    /backbone\[0\]\.layer is 3; expected a funct/,
  ],
  [
    defineSpace,
    [{ ...description, backbone: [{ ...part, share: 3 }] }],
    /unknown option backbone\[0\]\.share/,
  ],
  [defineSpace, [{ ...description, linearDeviation: 0.02 }], /linearDeviation is now called linearInitStd/],
  [conv2d, [8], /^conv2d: kernel is undefined; expected an integer from 1/],
  [conv2d, [8, 3, { strides: 2 }], /^conv2d: unknown option strides/],
  [linear, [], /^linear: out is undefined/],
  [createEstimator, ["name"], /^createEstimator: parts is missing; expected an array/],
  [
    createEstimator,
    ["name", [part], "3x224x224"],
    /^createEstimator: input is "3x224x224"; expected an array/,
  ],
  [createLatency, [[part], [3, 8, 8]], /^createLatency: times is missing/],
  [
    indexTimes,
    [[{ layer: {}, input: [3], milliseconds: "1" }]],
    /\[0\]\.milliseconds is "1"; expected a number/,
  ],
  [reachableLayers, [space, [part]], /^reachableLayers: input is missing/],
  [measuresOf, [{ backbone: {} }], /^measuresOf: backbone\.measure is missing/],
  [checkFeasible, [{ ...problem, seed: undefined }], /^search problem: seed is missing/],
  [checkZeroCostScore, ["synflw", description], /score is "synflw"; expected one of "synflow"/],
  [uniformSampler, [space], /^uniformSampler: key is missing/],
  [fairSampler, [{}, []], /^fairSampler: space: name is missing/],
  [sandwichSampler, [space, { largest: subnet, random: 1 }, []], /^sandwichSampler: smallest is missing/],
  [
    sandwichSampler,
    [space, { largest: subnet, smallest: { kernel: 4 }, random: 1 }, []],
    /smallest: unknown choice 4/,
  ],
  [runSearch, [{ strategy }], /^runSearch: evaluate is missing; expected a function/],
  [runSearch, [{ evaluate: () => 1 }], /^runSearch: strategy is missing/],
  [runSearch, [{ strategy, evaluate: () => 1, paralel: 2 }], /unknown option paralel, did you mean parallel/],
  [runSearch, [{ strategy: {}, evaluate: () => 1 }], /strategy: problem is missing/],
  [runGroupedSearch, [{ strategy, groups: () => [] }], /^runGroupedSearch: score is missing/],
  [
    runGroupedSearch,
    [{ strategy, groups: () => [], score: () => [], earlyStop: { risk: 2 } }],
    /earlyStop\.risk is 2/,
  ],
  [openTable, [{ ...table, right: [1, 2] }], /^the table: unknown option right/],
  [openTable, [{ ...table, correct: undefined }], /^the table: correct is missing/],
  [
    evaluationsToBest,
    [{ table: openTable(table), make: () => strategy, seed: 1 }],
    /^evaluationsToBest: tolerance is missing/,
  ],
];

describe("public functions, called from untyped code", () => {
  for (const [call, args, message] of cases) {
    const { name } = call as { name: string };
    it(`${name} throws ${message}`, async () => {
      await assert.rejects(
        async () => (call as (...args: readonly unknown[]) => unknown)(...args),
        (error) => {
          assert.ok(error instanceof UserError, String(error));
          assert.match(error.message, message);
          return true;
        },
      );
    });
  }
});
