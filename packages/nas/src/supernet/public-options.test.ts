import { describe } from "node:test";
import { nn, ops } from "@supernet/torch";
import * as onnx from "../onnx/index.js";
import { firstSubnet } from "../space/space.js";
import { sposShuffleNetV2 } from "../spaces/spos-shufflenetv2.js";
import { testWrongCalls, type WrongCall } from "../testing/wrong-calls.js";
import * as supernet from "./index.js";

const space = sposShuffleNetV2({ stem: 4, blocks: [1], channels: [8], last: 8 });
const subnet = firstSubnet(space);
const images = ops.zeros([1, 3, 32, 32]);
const module = new nn.Identity();
const input = { name: "images", shape: [3, 32, 32] };
const graph = new onnx.Graph({ input, weights: new Map() });

/** Public functions, wrong arguments that untyped code may pass, and the expected message. */
const calls: readonly WrongCall[] = [
  ["SpaceClassifier", [space], /^SpaceClassifier: classes is missing/],
  ["SpaceClassifier", [{ ...space, decisions: 3 }, 10], /space: decisions is 3; expected an array/],
  ["SpaceBackbone", [], /^SpaceBackbone: space: the options object is missing/],
  ["measureLatency", [{ close() {} }], /^measureLatency: run is missing; expected a function/],
  ["measureInterleaved", [[], { least: 3 }], /^measureInterleaved: unknown option least/],
  ["measureInterleaved", [[], { min: { rounds: 3 } }], /min\.ms is missing/],
  [
    "zeroCostScore",
    ["synflow", space, { classes: 3, images, seed: 1 }],
    /labels is missing; expected a tensor/,
  ],
  ["zeroCostScore", ["sinflow", space, {}], /score is "sinflow"; expected one of/],
  ["exportClassifier", [{ space, subnet, input: [3, 32, 32] }], /^exportClassifier: weights is missing/],
  [
    "exportClassifier",
    [{ space, subnet: {}, input: [3, 32, 32], weights: new Map() }],
    /no choice for layers/,
  ],
  [
    "exportClassifier",
    [{ space, subnet, input: [32, 32, 3], weights: new Map() }],
    /^exportClassifier: input\[0\] is 32; expected 3/,
  ],
  ["ChoiceBlock", [[]], /^ChoiceBlock: candidates must be a list of at least one/],
  ["PrefixTree", [], /^PrefixTree: release must be a function/],
  ["SubnetTree", [{}, []], /^SubnetTree: supernet: activeParts is missing; expected a function/],
  ["alignCandidates", [module, { bases: "a" }], /^alignCandidates: unknown option bases, did you mean base/],
  ["setDropPath", [module, "0.1"], /^setDropPath: rate must be a number of at least 0/],
  ["recalibrateBatchNorm", [module, []], /^recalibrateBatchNorm: forward must be a function/],
  ["traceCost", ["mine", module], /^traceCost: run must be a function/],
  ["gradientNorm", [module, images, null], /^gradientNorm: labels must be a Tensor, got null/],
  ["synflow", [module, images], /^synflow: input must be an array, got an object \(Tensor\)/],
  ["zen", [module], /^zen: input must be an array/],
  ["naswot", [module], /^naswot: images must be a Tensor/],
  ["measureLayers", [[], () => 1, { onprogress: () => 1 }], /^measureLayers: unknown option onprogress, did/],
  ["encodeModel", [{ name: "mine" }], /^encodeModel: inputs is missing/],
  ["Graph", [{ input: { name: "images" }, weights: new Map() }], /^Graph: input\.shape is missing/],
  [
    "Graph",
    [{ input, weights: new Map(), anysize: true }],
    /^Graph: unknown option anysize, did you mean any/,
  ],
  ["Scope", [{}, "stem"], /^Scope: graph must be a Graph, got an object/],
  ["Scope", [graph], /^Scope: path must be a string, got undefined/],
  ["exportLayer", [new onnx.Scope(graph, "")], /^exportLayer: layer must be an object, got undefined/],
  ["addBackbone", [new onnx.Scope(graph, ""), { space, subnet }], /^addBackbone: images is missing/],
  [
    "addBackbone",
    [new onnx.Scope(graph, ""), { space, subnet: {}, images: input }],
    /^addBackbone: subnet.* no choice for layers/,
  ],
  ["exportStandaloneLayer", [{ kind: "relu" }, [3, 8, 8]], /^exportStandaloneLayer: weights is missing/],
];

describe("public functions, called from untyped code", () =>
  testWrongCalls({ ...supernet, ...onnx }, calls, {}));
