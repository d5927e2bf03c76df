import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as torch from "./index.js";

const { nn, ones, optim, tensor } = torch;
const x = ones([1, 2]);
const label = tensor([0], { dtype: "int64" });
const model = new nn.Linear(2, 2);
const params = [...model.namedParameters()];
const worker = new URL("file:///worker.js");
const order = { seed: 1, images: 4, batchSize: 2 };
const store = { host: "localhost", port: 1, serve: false, timeout: 1, responseTimeout: 1 };

type WrongCall = readonly [args: readonly unknown[], message: string];

/** Wrong calls of a creation function whose options follow `args`. */
const wrongOptions = (...args: readonly unknown[]): WrongCall[] => [
  [[...args, null], "options must be an object, got null"],
  [[...args, { dtpe: "int64" }], "unknown option dtpe, did you mean dtype?"],
  [[...args, { dtype: "int65" }], "dtype must be one of float32, float64, "],
  [[...args, { device: "gpu" }], 'device must be cpu, cuda or cuda:N, got "gpu"'],
  [[...args, { requiresGrad: 1 }], "requiresGrad must be true or false, got 1"],
];

/** Wrong calls of optimizers. */
const wrongGroups: readonly WrongCall[] = [
  [[model], "options must be an object, got undefined"],
  [[model, {}], "lr must be a number of at least 0, got undefined"],
  [[model, { lr: "0.1" }], 'lr must be a number of at least 0, got "0.1"'],
  [[model, { lr: 0.1, momentm: 0.9 }], "unknown option momentm"],
  [[model, { lr: 0.1, weightDecay: -1 }], "weightDecay must be a number of at least 0"],
  [[undefined, { lr: 0.1 }], "parameters must be a Module, got undefined"],
  [[[], { lr: 0.1 }], "there are no parameters to optimize"],
  [[new nn.ReLU(), { lr: 0.1 }], "there are no parameters to optimize"],
  [[model.parameters(), { lr: 0.1 }], "parameter group 0 is a Tensor"],
  [[[null], { lr: 0.1 }], "parameter group 0: options must be an object, got null"],
  [[[{}], { lr: 0.1 }], "parameter group 0: params must be iterable, got undefined"],
  [[[{ params: [5] }], { lr: 0.1 }], "parameter group 0: params must be [name, parameter] pairs"],
  [
    [[{ params: model.parameters() }], { lr: 0.1 }],
    "parameter group 0: params must be [name, parameter] pairs",
  ],
  [[[{ params: [["w", 1]] }], { lr: 0.1 }], "parameter group 0: parameter w must be a Tensor, got 1"],
  [[[{ params, lrScale: "2" }], { lr: 0.1 }], "parameter group 0: lrScale must be a number"],
  [[[{ params, weightDecay: "1" }], { lr: 0.1 }], "parameter group 0: weightDecay must be a number"],
  [
    [[{ params }, { params: [], weightDecy: 1 }], { lr: 0.1 }],
    "parameter group 1: unknown option weightDecy",
  ],
];

/** Wrong calls of every exported function, and the message after the function's name. */
const WRONG_CALLS: Readonly<Record<string, readonly WrongCall[]>> = {
  arange: [[[0], "argument 'end' is missing"], ...wrongOptions(0, 3, 1)],
  autocast: [
    [["gpu", "bfloat16", () => 1], "device must be cpu, cuda or cuda:N"],
    [["cpu", "float32", () => 1], "dtype must be one of bfloat16, float16"],
    [["cpu", "bfloat16"], "body must be a function, got undefined"],
  ],
  batchIndices: [
    [[], "options must be an object, got undefined"],
    [[order], "iteration must be an integer"],
    [[{ ...order, seed: undefined }, 0], "seed must be"],
    [[{ ...order, images: undefined }, 0], "images must be"],
    [[{ ...order, images: 0 }, 0], "images must be an integer of at least 1"],
    [[{ ...order, batchSize: undefined }, 0], "batchSize must be"],
    [[{ ...order, repeat: 2 }, 0], "unknown option repeat, did you mean repeats?"],
    [[{ ...order, groups: [0] }, 0], "groups has 1 items, but there are"],
  ],
  empty: wrongOptions([2]),
  enableGrad: [[[], "body must be a function, got undefined"]],
  epochOrder: [[[1, 0], "n must be an integer"]],
  fromShared: [
    [[], "array must be a Float32Array, got undefined"],
    [[new Float32Array(1), [1], { dtype: "float32" }], "unknown option dtype"],
    [[new Float32Array(1), [1]], "sharedFloats did not allocate the array"],
  ],
  fromTypedArray: [
    [[[1], [1]], "array must be a typed array"],
    [[Float32Array.of(1)], "shape: expected an array of integers"],
    ...wrongOptions(Float32Array.of(1), [1]),
  ],
  full: [[[[2]], "argument 'fill_value' is missing"], ...wrongOptions([2], 1)],
  grad: [
    [[], "outputs must be an array, got undefined"],
    [[[x], [5]], "inputs must be a Tensor, got 5"],
    [[[x], [x], null], "options must be an object, got null"],
    [[[x], [x], { gradient: [x] }], "unknown option gradient, did you mean gradients?"],
    [[[x], [x], { retainGraph: 1 }], "retainGraph: expected true or false"],
  ],
  Loader: [
    [[], "options must be an object, got undefined"],
    [[{ worker: "worker.js", workers: 1 }], "worker must be a URL"],
    [[{ worker }], "workers must be an integer of at least 0, got undefined"],
    [[{ worker, workers: 1, prefetch: "2" }], "prefetch must be an integer"],
    [[{ worker, workers: 1, prefetches: 2 }], "unknown option prefetches, did you mean prefetch?"],
  ],
  loadTensors: [
    [[], "path must be a string, got undefined"],
    [["x", { keys: "model" }], "unknown option keys, did you mean key?"],
  ],
  manualSeed: [[["1"], "seed: expected an integer"]],
  noGrad: [[[null], "body must be a function, got null"]],
  ones: wrongOptions([2]),
  rand: wrongOptions([2]),
  randn: wrongOptions([2]),
  savePth: [
    [[], "path must be a string, got undefined"],
    [["x", {}], "tensors must be a Map"],
  ],
  saveTensors: [
    [[], "path must be a string, got undefined"],
    [["x", {}], "tensors must be a Map"],
    [["x", new Map([["a", 1]])], "tensors: a must be a Tensor, got 1"],
    [["x", new Map(), { a: 1 }], "metadata.a must be a string, got 1"],
  ],
  setNumThreads: [[[], "threads: expected an integer"]],
  sharedMemory: [[[], "numbers must be a typed array"]],
  tensor: [
    [[], "expected numbers or nested arrays of numbers, got undefined"],
    [[[[1], 2]], "nested arrays must have the same length at the same depth"],
    [[[[1, 2], [3], [4, 5, 6]]], "nested arrays must have the same length at the same depth"],
    ...wrongOptions([1]),
  ],
  tidy: [[[], "body must be a function, got undefined"]],
  zeros: [[[], "argument 'size' is missing"], ...wrongOptions([2])],

  "nn.AdaptiveAvgPool2d": [[[], "outputSize must be an integer"]],
  "nn.AvgPool2d": [
    [[2, { padding: -1 }], "padding must be an integer of at least 0"],
    [[2, { countIncludePad: "" }], "countIncludePad must be true or false"],
    [[2, { pading: 1 }], "unknown option pading, did you mean padding?"],
  ],
  "nn.BatchNorm2d": [
    [[], "numFeatures must be an integer"],
    [[4, { momentum: "0.1" }], "momentum must be a number"],
    [[4, { eps: Number.NaN }], "eps must be a number"],
    [[4, { affine: "false" }], "affine must be true or false"],
    [[4, { trackRunningStats: 0 }], "trackRunningStats must be"],
    [[4, { momentm: 0.1 }], "unknown option momentm"],
  ],
  "nn.Conv2d": [
    [[], "inChannels must be an integer"],
    [[3, 4], "kernelSize must be an integer of at least 1, got undefined"],
    [[3, 4, [3]], "kernelSize must be a number or [height, width]"],
    [[3, "4", 3], "outChannels must be an integer"],
    [[3, 4, 3, { stride: 0 }], "stride must be an integer of at least 1, got 0"],
    [[3, 4, 3, { padding: "same" }], "padding must be an integer"],
    [[3, 4, 3, { groups: 1.5 }], "groups must be an integer"],
    [[3, 4, 3, { bias: "no" }], "bias must be true or false"],
    [[3, 4, 3, { strides: 2 }], "unknown option strides, did you mean stride?"],
    [[3, 4, 3, null], "options must be an object"],
  ],
  "nn.Dropout": [
    [[Number.NaN], "p must be a number of at least 0 and at most 1, got NaN"],
    [["0.5"], "p must be a number"],
  ],
  "nn.Flatten": [[["1"], "startDim must be an integer"]],
  "nn.GELU": [[["fast"], 'approximate must be one of none, tanh, got "fast"']],
  "nn.GroupNorm": [
    [[4], "numChannels must be an integer"],
    [[0, 4], "numGroups must be an integer of at least 1"],
    [[2, 4, { eps: "x" }], "eps must be a number"],
    [[2, 4, { epsilon: 1 }], "unknown option epsilon"],
  ],
  "nn.LayerNorm": [
    [[], "normalizedShape must be"],
    [[[2, 1.5]], "normalizedShape must be an integer"],
    [[2, { affine: 1 }], "affine must be true or false"],
  ],
  "nn.Linear": [
    [[4], "outFeatures must be an integer"],
    [[4, 2, { bias: 0 }], "bias must be true or false"],
    [[4, 2, { biass: false }], "unknown option biass, did you mean bias?"],
  ],
  "nn.MaxPool2d": [
    [[], "kernelSize must be an integer"],
    [[2, { stride: "2" }], "stride must be an integer"],
    [[2, { ceilMode: 1 }], "ceilMode must be true or false"],
  ],
  "nn.ModuleDict": [
    [[5], "modules must be an object, got 5"],
    [[null], "modules must be an object, got null"],
    [[{ a: 1 }], "module a must be a Module, got 1"],
    [[[[1, model]]], "the name of a module must be a string, got 1"],
    [[{ "a.b": model }], 'a module cannot be named "a.b"'],
  ],
  "nn.ModuleList": [
    [[5], "modules must be iterable, got 5"],
    [[null], "modules must be iterable, got null"],
    [[[{}]], "module 0 must be a Module"],
  ],
  "nn.ReLU": [[["yes"], "inPlace must be true or false"]],
  "nn.ReLU6": [[["yes"], "inPlace must be true or false"]],
  "nn.Sequential": [[[undefined], "module 0 must be a Module, got undefined"]],
  "nn.binaryCrossEntropyWithLogits": [
    [[], "logits must be a Tensor, got undefined"],
    [[x, x, { reduction: 1 }], "reduction must be one of"],
    [[x, x, { posWeight: x }], "unknown option posWeight"],
  ],
  "nn.buffer": [
    [[1], "tensor must be a Tensor, got 1"],
    [[x, { optionl: true }], "unknown option optionl, did you mean optional?"],
    [[x, { optional: 1 }], "optional must be true or false, got 1"],
  ],
  "nn.copyState": [[[], "module must be a Module, got undefined"]],
  "nn.crossEntropy": [
    [[x], "target must be a Tensor, got undefined"],
    [[x, label, null], "options must be an object, got null"],
    [[x, label, { labelSmothing: 0.1 }], "unknown option labelSmothing, did you mean labelSmoothing?"],
    [[x, label, { reduction: "average" }], 'reduction must be one of none, mean, sum, got "average"'],
    [[x, label, { labelSmoothing: 2 }], "labelSmoothing must be"],
    [[x, label, { ignoreIndex: "a" }], "ignoreIndex must be"],
  ],
  "nn.parameter": [[[[1]], "tensor must be a Tensor, got an array"]],
  "nn.smoothL1": [
    [[1, x], "input must be a Tensor, got 1"],
    [[x, x, { betas: 1 }], "unknown option betas, did you mean beta?"],
    [[x, x, { beta: Number.NaN }], "beta must be a number"],
    [[x, x, { reduction: "avg" }], "reduction must be one of"],
  ],
  "nn.synchronizeBatchNorm": [
    [[], "network must be a Module, got undefined"],
    [[model, {}], "group must be a ProcessGroup"],
  ],

  "nn.init.constant": [
    [[undefined, 1], "tensor must be a Tensor, got undefined"],
    [[x], "value must be a number, got undefined"],
  ],
  "nn.init.fan": [
    [[], "weight must be a Tensor, got undefined"],
    [[x, "in"], "mode must be one of fanIn, fanOut"],
    [[label, "fanIn"], "weight must have two or more dimensions, got [1]"],
  ],
  "nn.init.gain": [[["sigmoid"], "nonlinearity must be one of linear, tanh, relu, leakyRelu"]],
  "nn.init.kaimingNormal": [
    [[], "weight must be a Tensor, got undefined"],
    [[x, null], "options must be an object, got null"],
    [[x, { slope: "1" }], "slope must be a number"],
  ],
  "nn.init.kaimingUniform": [
    [[x, { mode: "fan_in" }], "mode must be one of fanIn, fanOut"],
    [[x, { nonLinearity: "relu" }], "unknown option nonLinearity, did you mean nonlinearity?"],
  ],
  "nn.init.layerDefault": [[[], "weight must be a Tensor, got undefined"]],
  "nn.init.normal": [
    [[1], "tensor must be a Tensor, got 1"],
    [[x, 0, -1], "deviation must be a number of at least 0"],
  ],
  "nn.init.truncatedNormal": [
    [[1], "tensor must be a Tensor, got 1"],
    [[x, 0, 0], "deviation must be a number above 0"],
  ],
  "nn.init.uniform": [
    [[1], "tensor must be a Tensor, got 1"],
    [[x, 1, 0], "high must be a number of at least 1, got 0"],
  ],
  "nn.init.xavierNormal": [[[], "weight must be a Tensor, got undefined"]],
  "nn.init.xavierUniform": [[[x, Number.NaN], "factor must be a number"]],

  "optim.AdamW": [
    ...wrongGroups,
    [[model, { lr: 0.1, betas: 0.9 }], "betas must be two numbers"],
    [[model, { lr: 0.1, betas: [0.9, 1] }], "betas must be a number of at least 0 and below 1"],
    [[model, { lr: 0.1, eps: "x" }], "eps must be a number"],
  ],
  "optim.SGD": [
    ...wrongGroups,
    [[model, { lr: 0.1, momentum: Number.NaN }], "momentum must be a number"],
    [[model, { lr: 0.1, momentum: 0.9, nesterov: 1 }], "nesterov must be true or false"],
  ],
  "optim.WeightAverage": [
    [[model], "decay must be a number above 0 and below 1, got undefined"],
    [[{}, 0.9], "model must be a Module"],
  ],
  "optim.clipGradNorm": [
    [[model, 1], "parameters must be iterable, got an object (Linear)"],
    [[model.namedParameters(), 1], "parameters must be a Tensor, got an array"],
    [[model.parameters()], "maxNorm must be a number"],
  ],
  "optim.constant": [[["x"], 'iteration must be a number, got "x"']],
  "optim.cosine": [
    [[], "iterations must be a number of at least 0, got undefined"],
    [[10, 0.1], "options must be an object, got 0.1"],
    [[10, { start: 0 }], "unknown option start"],
    [[10, { end: "0" }], "end must be a number"],
  ],
  "optim.multiStep": [
    [[5], "milestones must be an array of numbers"],
    [[[5, "8"]], "milestones must be a number"],
    [[[5], { gama: 0.1 }], "unknown option gama, did you mean gamma?"],
    [[[5], { gamma: null }], "gamma must be a number, got null"],
  ],
  "optim.noDecayGroups": [
    [[], "module must be a Module, got undefined"],
    [[model], "weightDecay must be a number"],
    [[model, 0.1, "bias"], 'kinds must be an array, got "bias"'],
    [[model, 0.1, ["biases"]], "kinds must be one of bias, norm, depthwise, token, position"],
  ],
  "optim.polynomial": [
    [["10"], "iterations must be a number"],
    [[10, { powr: 2 }], "unknown option powr, did you mean power?"],
    [[10, { power: Number.NaN }], "power must be a number"],
  ],
  "optim.withWarmup": [
    [[0.1, 10], "schedule must be a function"],
    [[optim.constant], "iterations must be a number"],
    [[optim.constant, 10, { begin: 0 }], "unknown option begin"],
    [[optim.constant, 10, { start: "" }], "start must be a number"],
  ],

  "distributed.FileServer.open": [
    [[], "path must be a string, got undefined"],
    [["x"], "address must be a string, got undefined"],
  ],
  "distributed.ProcessGroup.open": [[[], "store must be a Store, got undefined"]],
  "distributed.Store": [
    [[], "options must be an object, got undefined"],
    [[{ ...store, timout: 1 }], "unknown option timout, did you mean timeout?"],
    [[{ ...store, host: undefined }], "host must be a string, got undefined"],
    [[{ ...store, port: "1" }], 'port must be an integer of at least 0 and at most 65535, got "1"'],
    [[{ ...store, serve: 0 }], "serve must be true or false, got 0"],
    [[{ ...store, responseTimeout: undefined }], "responseTimeout must be a number of at least 0"],
  ],
  "distributed.fetchFile": [
    [[], "file must be an object, got undefined"],
    [[{}, "x"], "file.address must be a string, got undefined"],
  ],
  "distributed.joinFromEnvironment": [
    [[], "env must be an object, got undefined"],
    [[{}], "options must be an object, got undefined"],
    [[{}, { device: "gpu" }], "device must be cpu, cuda or cuda:N"],
    [[{}, { device: "cpu" }], "facts must be an object, got undefined"],
    [[{}, { device: "cpu", fact: {} }], "unknown option fact, did you mean facts?"],
  ],
  "distributed.readRankInfo": [[[], "env must be an object, got undefined"]],
};

/** Exports that cannot be called wrongly, and the reason. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  Tensor: "created by functions; its methods are tested below, its operators by their schemas",
  engineInfo: "no parameters",
  getNumThreads: "no parameters",
  liveTensors: "no parameters",
  memory: "no parameters",
  resetPeakMemory: "no parameters",
  trimMemory: "no parameters",
  "nn.Identity": "no parameters",
  "nn.Sigmoid": "no parameters",
  "nn.SiLU": "no parameters",
  "nn.Hardsigmoid": "no parameters",
  "nn.Hardswish": "no parameters",
  "nn.Module": "abstract; its methods are tested below",
  "distributed.CommunicationError": "an error, for callers to recognize",
};

/** Wrong calls of methods, and the start of the message. */
const METHODS: readonly (readonly [call: () => unknown, message: string])[] = [
  [() => x.to(null as never), "Tensor.to: options must be an object, got null"],
  [() => x.to({ dtpe: "int64" } as never), "Tensor.to: unknown option dtpe, did you mean dtype?"],
  [() => x.to({ device: "gpu" }), "Tensor.to: device must be cpu, cuda or cuda:N"],
  [() => x.add(x, { alpa: 2 } as never), "aten::add: unknown option alpa, did you mean alpha?"],
  [() => x.sum({ dtpe: "int64" } as never), "aten::sum: unknown option dtpe, did you mean dtype?"],
  [() => torch.ops.zeros([2], "int64" as never), 'aten::zeros: options must be an object, got "int64"'],
  [() => x.backward(undefined, { retain: true } as never), "Tensor.backward: unknown option retain"],
  [() => x.backward(undefined, { retainGraph: 1 } as never), "backward: retainGraph: expected true or false"],
  [() => model.to({ dtype: "int64" } as never), "Module.to: dtype must be one of float32, "],
  [() => model.to({ dtpe: "float64" } as never), "Module.to: unknown option dtpe, did you mean dtype?"],
  [() => model.train("false" as never), 'Module.train: mode must be true or false, got "false"'],
  [() => model.loadStateDict({} as never), "loadStateDict: dict must be a Map, got an object"],
  [() => model.loadStateDict(new Map(), { strct: false } as never), "loadStateDict: unknown option strct"],
  [() => new optim.WeightAverage(model, 0.9).update(0), "WeightAverage.update: n must be an integer"],
  [() => new optim.WeightAverage(model, 0.9).load({} as never), "WeightAverage.load: saved must be a Map"],
  [() => new optim.SGD(model, { lr: 1 }).loadState(null as never), "loadState: state must be an object"],
  [() => optim.cosine(10)(undefined as never), "the schedule's iteration must be a number, got undefined"],
  [() => optim.multiStep([5])("5" as never), 'the schedule\'s iteration must be a number, got "5"'],
  ...[new optim.SGD(model, { lr: 0.1 }), new optim.AdamW(model, { lr: 0.1 })].map((optimizer) => {
    const step = (): void => {
      optimizer.lr = undefined as never;
      optimizer.step();
    };
    return [step, `${optimizer.constructor.name}: lr must be a number of at least 0, got undefined`] as const;
  }),
];

type Exports = Readonly<Record<string, unknown>>;
type Callable = ((...args: unknown[]) => unknown) & (new (...args: unknown[]) => unknown);

/** Returns the names of all exported functions and classes, with their namespaces. */
const exportedFunctions = (exports: Exports, namespace = ""): string[] =>
  Object.entries(exports).flatMap(([key, value]) => {
    if (typeof value === "function") return [namespace + key];
    const isNamespace = typeof value === "object" && value !== null && value !== torch.ops;
    return isNamespace ? exportedFunctions(value as Exports, `${namespace}${key}.`) : [];
  });

function call(path: string, args: readonly unknown[]): unknown {
  const parts = path.split(".");
  const last = parts.pop()!;
  const owner = parts.reduce<Exports>((value, part) => value[part] as Exports, torch);
  const callee = owner[last] as Callable;
  return String(callee).startsWith("class") ? new callee(...args) : callee.call(owner, ...args);
}

describe("wrong calls", () => {
  it("are tested for every exported function", () => {
    const tested = [...Object.keys(WRONG_CALLS), ...Object.keys(EXCEPTIONS)];
    assert.deepEqual(
      tested.map((path) => path.replace(/\.open$/, "")).sort(),
      exportedFunctions(torch as Exports).sort(),
    );
  });

  for (const [path, calls] of Object.entries(WRONG_CALLS)) {
    const name = path.replace(/^(nn\.init|nn|optim|distributed)\./, "");
    it(`of ${path} throw a message with the function's name`, async () => {
      for (const [args, message] of calls) {
        await assert.rejects(
          async () => call(path, args),
          (error: Error) => {
            assert.match(error.message, RegExp(`^(aten::)?${name}[: (]`));
            assert.ok(error.message.includes(message), `${error.message}\nexpected: ${message}`);
            return true;
          },
        );
      }
    });
  }

  it("of methods throw a message with the method's name", () => {
    for (const [call, message] of METHODS)
      assert.throws(call, (error: Error) => {
        assert.equal(error.message.slice(0, message.length), message);
        return true;
      });
  });
});
