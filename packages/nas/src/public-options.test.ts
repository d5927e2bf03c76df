import { describe } from "node:test";
import { Random } from "@supernet/base";
import * as nas from "./index.js";
import { testWrongCalls, type WrongCall } from "./testing/wrong-calls.js";

const { classifierParts, conv2d, featureParts, fixedPart, globalAveragePool, openTable, randomSearch, relu } =
  nas;

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
const spos = nas.sposShuffleNetV2();
const problem = { space, constraints: {}, measure: () => ({ flops: 1 }), seed: 1 };
const table = { decisions: space.decisions, command: "none", images: 4, correct: [1, 2] };
const strategy = randomSearch(problem, { candidates: 2 });
const subnet = { kernel: 3 };

/** Calls of public functions with wrong arguments, as untyped code can make them, and the expected messages. */
const calls: readonly WrongCall[] = [
  ["defineSpace", [], /^defineSpace: the options object is missing/],
  ["defineSpace", [{ ...description, decisions: undefined }], /^space mine: decisions is missing/],
  [
    "defineSpace",
    [{ ...description, decision: [] }],
    /^space mine: unknown option decision, did you mean decisions/,
  ],
  [
    "defineSpace",
    [{ ...description, backbone: [{ ...part, layer: 3 }] }],
    /backbone\[0\]\.layer is 3; expected a funct/,
  ],
  [
    "defineSpace",
    [{ ...description, backbone: [{ ...part, share: 3 }] }],
    /unknown option backbone\[0\]\.share/,
  ],
  ["defineSpace", [{ ...description, linearDeviation: 0.02 }], /linearDeviation is now called linearInitStd/],
  [
    "withImageSizes",
    [spos, { decision: "size", sizes: 32 }],
    /^withImageSizes: sizes is 32; expected an array/,
  ],
  ["withImageSizes", [spos, { decision: "size" }], /^withImageSizes: sizes is missing/],
  ["conv2d", [8], /^conv2d: kernel is undefined; expected an integer from 1/],
  ["conv2d", [8, 3, { strides: 2 }], /^conv2d: unknown option strides/],
  ["linear", [], /^linear: out is undefined/],
  ["classifierParts", [spos], /^classifierParts: classes is undefined; expected an integer from 1/],
  ["classifierParts", [spos, "10"], /^classifierParts: classes is "10"; expected an integer from 1/],
  ["createEstimator", ["name"], /^createEstimator: parts is missing; expected an array/],
  [
    "createEstimator",
    ["name", [part], "3x224x224"],
    /^createEstimator: input is "3x224x224"; expected an array/,
  ],
  ["createEstimator", [5, [part], [3, 8, 8]], /^createEstimator: name must be a string, got 5/],
  ...[[224, 224, 3], [1, 3, 224, 224], [3], [1, 224, 224]].map(
    (input): WrongCall => [
      "createEstimator",
      ["name", classifierParts(spos, 10), input],
      /^createEstimator: input is \[.*\]; expected the shape of an image, \[3, height, width\]/,
    ],
  ),
  ["createEstimator", ["name", spos.backbone, [224, 224, 3]], /^createEstimator: input is \[224, 224, 3\]/],
  [
    "createLatency",
    [featureParts(spos), [224, 224, 3], new Map()],
    /^createLatency: input is \[224, 224, 3\]/,
  ],
  ["reachableLayers", [spos, spos.backbone, [224, 224, 3]], /^reachableLayers: input is \[224, 224, 3\]/],
  ["quantile", [[1, 2], 50], /^quantile: at must be a number of at least 0 and at most 1, got 50/],
  ["createLatency", [[part], [3, 8, 8]], /^createLatency: times is missing/],
  [
    "indexTimes",
    [[{ layer: {}, input: [3], milliseconds: "1" }]],
    /\[0\]\.milliseconds is "1"; expected a number/,
  ],
  ["reachableLayers", [space, [part]], /^reachableLayers: input is missing/],
  ["measuresOf", [{ backbone: {} }], /^measuresOf: backbone\.measure is missing/],
  ["checkFeasible", [{ ...problem, seed: undefined }], /^search problem: seed is missing/],
  [
    "checkFeasible",
    [{ ...problem, constraints: { flops: { maximum: 1 } } }],
    /^search problem: unknown option constraints\.flops\.maximum; valid: min, max$/,
  ],
  ["checkZeroCostScore", ["synflw", description], /score is "synflw"; expected one of "synflow"/],
  ["uniformSampler", [space], /^uniformSampler: key is missing/],
  ["fairSampler", [{}, []], /^fairSampler: space: name is missing/],
  ["sandwichSampler", [space, { largest: subnet, random: 1 }, []], /^sandwichSampler: smallest is missing/],
  [
    "sandwichSampler",
    [space, { largest: subnet, smallest: { kernel: 4 }, random: 1 }, []],
    /smallest: unknown choice 4/,
  ],
  ["runSearch", [{ strategy }], /^runSearch: evaluate is missing; expected a function/],
  ["runSearch", [{ evaluate: () => 1 }], /^runSearch: strategy is missing/],
  [
    "runSearch",
    [{ strategy, evaluate: () => 1, paralel: 2 }],
    /unknown option paralel, did you mean parallel/,
  ],
  ["runSearch", [{ strategy: {}, evaluate: () => 1 }], /strategy: problem is missing/],
  ["runGroupedSearch", [{ strategy, groups: () => [] }], /^runGroupedSearch: score is missing/],
  [
    "runGroupedSearch",
    [{ strategy, groups: () => [], score: () => [], earlyStop: { risk: 2 } }],
    /earlyStop\.risk is 2/,
  ],
  ["openTable", [{ ...table, right: [1, 2] }], /^the table: unknown option right/],
  ["openTable", [{ ...table, correct: undefined }], /^the table: correct is missing/],
  [
    "evaluationsToBest",
    [{ table: openTable(table), make: () => strategy, seed: 1 }],
    /^evaluationsToBest: tolerance is missing/,
  ],
  ["conv2d", [8, 3, null], /^conv2d: the options object is null/],
  ["depthwiseConv2d", [3, { strides: 2 }], /^depthwiseConv2d: unknown option strides, did you mean stride/],
  ["linear", [5, null], /^linear: the options object is null/],
  ["linear", [5, { biass: false }], /^linear: unknown option biass, did you mean bias/],
  ["batchNorm2d", [{ momentum: 0.1 }], /^batchNorm2d has no options/],
  ["residual", [relu(), null], /^residual: the options object is null/],
  ["residual", [relu(), { scal: 2 }], /^residual: unknown option scal, did you mean scale/],
  ["residual", [{}], /^residual: body is .*; expected a layer/],
  ["sequential", [relu(), undefined], /^sequential: 1 is undefined; expected a layer/],
  [
    "attention",
    [{ heads: 3, headwidth: 64 }],
    /^attention: unknown option headwidth, did you mean headWidth/,
  ],
  ["mobileNetV2", [null], /^mobilenetv2: the options object is null/],
  ["mobileNetV2", [{ lasts: 640 }], /^mobilenetv2: unknown option lasts, did you mean last/],
  ["createSpace", [{ name: "mobilenet" }], /^unknown space mobilenet/],
  ["createStrategy", [problem, { kind: "randm" }], /^unknown strategy randm: did you mean random/],
  ["strategyFrom", [{ kind: "mine" }, problem, {}], /^strategyFrom: definition: title is missing/],
  ["evolutionSearch", [problem, null], /^evolution: the options object is null/],
  ["sampleSubnet", [space], /^sampleSubnet: random must be a generator/],
  ["mutate", [space, null, 0.5, Random.of(1)], /^mutate: subnet must be an object, got null/],
  ["mutate", [space, subnet, undefined, Random.of(1)], /^mutate: probability must be a function/],
  ["crossover", [space, subnet, null, Random.of(1)], /^crossover: subnet must be an object, got null/],
  ["subnetKey", [space, null], /^subnetKey: subnet must be an object, got null/],
  ["formatSubnet", [space, null], /^formatSubnet: subnet must be an object, got null/],
  ["parseSubnet", [space, null], /^parseSubnet: text must be a string, got null/],
  ["validateSubnet", [space, null, "mine"], /^mine: a subnet of mine must map/],
  [
    "sampleUnseen",
    [problem, new Set(), { count: 3, random: 1 }],
    /^sampleUnseen: random is 1; expected a gen/,
  ],
  ["sampleUnseen", [problem, [], {}], /^sampleUnseen: seen must be a Set/],
  ["generateChild", [problem, new Set(), { tries: 3 }], /^generateChild: unknown option tries/],
  ["onAllImages", [null], /^onAllImages: subnets must be an array, got null/],
  ["seenKeys", [space, null], /^seenKeys: state must be an object, got null/],
  [
    "observe",
    [problem, strategy.start(), { subnet, scor: 1 }],
    /^observe: unknown option scor, did you mean/,
  ],
  [
    "observe",
    [problem, strategy.start(), { subnet, score: "1" }],
    /^observe: score is "1"; expected a number/,
  ],
  ["paretoFront", [[], null], /^paretoFront: minimize must be an array, got null/],
  ["kendallTau", [[1], null], /^kendallTau: b must be an array, got null/],
  ["checkConstraints", [null, []], /^checkConstraints: constraints must be an object, got null/],
  [
    "checkConstraints",
    [{ flops: { maximum: 1 } }, ["flops"]],
    /^constraint flops: unknown option maximum; valid: min, max$/,
  ],
  ["loadSearchState", ["none.json", {}], /^loadSearchState: strategy: problem is missing/],
  ["generationalStrategy", [{ ...strategy, name: "mine" }], /^generationalStrategy: unknown option start/],
  [
    "randomSearch",
    [{ ...problem, measure: () => undefined }, { candidates: 1 }],
    /measure returned undefined/,
  ],
];

/** Functions that need no arguments. */
const exempt = {
  DamagedStateError: "an error that only has a message",
  ...Object.fromEntries(
    [
      "batchNorm2d",
      "groupNorm",
      "relu",
      "relu6",
      "silu",
      "hardswish",
      "sigmoid",
      "hardsigmoid",
      "globalAveragePool",
      "identity",
      "layerNorm",
      "gelu",
      "tokenPool",
    ].map((name) => [name, "a layer without options"]),
  ),
  sequential: "without layers it returns its input",
  ...Object.fromEntries(
    [
      "autoFormerTiny",
      "autoFormerSmall",
      "autoFormerBase",
      "elasticMobileNet",
      "mixedMobileNet",
      "mobileNetV2",
      "resNet50",
      "sposShuffleNetV2",
      "detnasLarge",
    ].map((name) => [name, "all sizes have defaults"]),
  ),
};

describe("public functions, called from untyped code", () => testWrongCalls(nas, calls, exempt));
