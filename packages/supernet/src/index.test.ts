import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as base from "@supernet/base";
import * as nas from "@supernet/nas";
import * as supernet from "./index.js";
import * as steps from "./steps.js";

const space = nas.SPACES["spos-shufflenetv2"].create();
const { mixedQuickstart } = supernet;
const training = mixedQuickstart.steps.train;
const addIssue = () => {};
const classifier = {
  outputs: () => 1,
  input: () => [3, 8, 8],
  normalization: () => ({ mean: [], std: [] }),
  steps: { subnetSteps: [], supernetSteps: [] },
  searched: true,
};
const network = supernet.classifierNetwork(classifier as never);
const task = {
  name: "mine",
  settings: { steps: supernet.z.strictObject({}) },
  metric: "score",
  steps: () => [],
  scorer: { trained: "train", open: () => {} },
  networks: [network],
  searchInput: () => [3, 8, 8],
  outcome: () => undefined,
};
const context = { run: { recipe: {} } };
const scoring = { count: 1, evaluate: async () => 0, begin() {}, onCandidate() {} };
const work = { step: "train", space, images: 1, imagesPerEvaluation: 1 };
const sampler = { seed: 0, step: "train", imageSize: 8 };
const planned = { imageSize: 8, training, seed: 0 };
const random = { kind: "random", candidates: 5 };

/** Invalid calls of each function, as in plain JavaScript, with text that the error message must contain. */
const wrong: Record<string, readonly (readonly [args: readonly unknown[], says: string])[]> = {
  backboneModel: [
    [[undefined], "space"],
    [[{}], "space.decisions"],
  ],
  classifierModel: [
    [[null, 10], "space"],
    [[space], "classes"],
    [[space, 0], "classes"],
  ],
  featuresModel: [[["small"], "space"]],
  candidatesShape: [
    [[], "resources"],
    [["flops"], "resources"],
  ],
  checkSearch: [
    [[undefined, addIssue], "search"],
    [[mixedQuickstart.steps.search], "addIssue"],
    [[{ ...mixedQuickstart.steps.search, strategy: undefined }, addIssue], "search.strategy"],
  ],
  searchLength: [
    [[undefined], "strategy"],
    [[{ ...random, candidate: 5 }], "candidate"],
    [[{ kind: "random" }], "candidates is missing"],
  ],
  defineRecipe: [
    [[null], "recipe"],
    [[{}], "task is missing"],
    [[{ ...mixedQuickstart, sed: 1 }], "unknown key sed: did you mean seed"],
    [[{ task: { file: "task.ts" } }], "without defineRecipe"],
  ],
  searchedSpace: [
    [[undefined], "run"],
    [[{}], "run.recipe"],
  ],
  defineTask: [
    [[undefined], "options object is missing"],
    [[{ ...task, metrc: "x" }], "metrc, did you mean metric"],
    [[{ ...task, scorer: { ...task.scorer, opn: 1 } }], "scorer.opn"],
    [[{ ...task, networks: [{ ...network, onxx: 1 }] }], "onxx"],
    [
      [{ ...task, networks: [{ ...network, weights: { ...network.weights, subnetStep: [] } }] }],
      "subnetStep",
    ],
  ],
  classifierNetwork: [
    [[null], "options object"],
    [[{ ...classifier, output: 1 }], "output, did you mean outputs"],
    [[{ ...classifier, steps: { subnetSteps: [] } }], "steps.supernetSteps is missing"],
  ],
  openPredictor: [
    [[undefined], "the options object is missing"],
    [[{}], "set either workDir or model"],
    [[{ workDir: "run", model: "model.onnx" }], "set either workDir or model"],
    [[{ model: "model.onnx", member: 1 }], "member is of a run"],
    [[{ workDir: "run", member: 0 }], "member is 0"],
    [[{ workdir: "run" }], "workdir, did you mean workDir"],
  ],
  exportFound: [
    [[undefined], "context"],
    [[{}], "context.run"],
  ],
  trainingWork: [
    [[undefined, work], "settings"],
    [[training, undefined], "options"],
    [[training, { ...work, image: 1 }], "image"],
    [[training, { ...work, images: undefined }], "images"],
  ],
  renderPage: [
    [[undefined, {}], "data"],
    [[{}, { score: "AP", tiles: [], section: [] }], "section, did you mean sections"],
    [[{}, { score: "AP", tiles: [] }], "sections"],
  ],
  tile: [
    [[1, "one"], "value"],
    [["1"], "label"],
  ],
  collectRun: [
    [[undefined], "run"],
    [[{ recipe: {} }], "workDir"],
  ],
  scoreEach: [[[undefined], "score"]],
  readSubnet: [[[undefined], "context"]],
  helpSearch: [
    [[undefined], "context"],
    [[context], "context.world"],
  ],
  openScorer: [[[null], "context"]],
  searchProblem: [[[undefined], "run"]],
  reportLatency: [[[undefined], "context"]],
  scoreRandomSubnets: [
    [[undefined, {}, scoring], "context"],
    [[{}, {}, { ...scoring, candidates: 1 }], "candidates"],
    [[{}, {}, { ...scoring, evaluate: undefined }], "evaluate"],
    [[{}, {}, { ...scoring, count: -1 }], "count"],
  ],
  searchByRecipe: [
    [[undefined], "context"],
    [[context], "problem"],
    [[context, {}, {}], "scorer.score"],
  ],
  buildSeeded: [
    [[undefined], "context"],
    [[context, "train"], "build"],
  ],
  loadWeights: [[[context, "train", {}], "model"]],
  saveWeights: [[[context], "model"]],
  plannedClassifier: [
    [[undefined, planned], "space"],
    [[space, { ...planned, imagesize: 8 }], "imagesize, did you mean imageSize"],
    [[space, { ...planned, imageSize: undefined }], "imageSize"],
  ],
  imageTensor: [
    [[undefined, "cpu"], "batch"],
    [[{ images: new Float32Array(3), shape: [3] }], "device"],
  ],
  ReusableBatches: [
    [[undefined], "source"],
    [[() => [], "1"], "limit"],
  ],
  createSampler: [
    [[undefined, { kind: "uniform" }, sampler], "space"],
    [[space, { kind: "unifrm" }, sampler], "kind"],
    [[space, { kind: "uniform" }, { ...sampler, sed: 1 }], "sed, did you mean seed"],
    [[space, { kind: "uniform" }, { seed: 0, step: "train" }], "imageSize is missing"],
  ],
  train: [
    [[undefined], "options"],
    [[{ settings: training, modl: 1 }], "modl, did you mean model"],
    [[{ model: {} }], "model"],
  ],
};

describe("public functions", () => {
  const exported: Readonly<Record<string, unknown>> = { ...supernet, ...steps };

  for (const [name, calls] of Object.entries(wrong)) {
    it(`${name} reports invalid arguments under its name`, async () => {
      const called = exported[name] as (...args: readonly unknown[]) => unknown;
      for (const [args, says] of calls) {
        const call = async () =>
          name === "ReusableBatches" ? Reflect.construct(called, args) : called(...args);
        await assert.rejects(call, ({ message }: Error) => {
          assert.ok(message.startsWith(`${name}: `) && message.includes(says), message);
          return true;
        });
      }
    });
  }

  it("are all tested here", () => {
    // The functions of other packages have their own tests.
    const others = new Set(Object.keys({ ...base, ...nas, z: 1 }));
    const functions = Object.keys(exported).filter((name) => typeof exported[name] === "function");
    assert.deepEqual(functions.filter((name) => !others.has(name)).sort(), Object.keys(wrong).sort());
  });
});
