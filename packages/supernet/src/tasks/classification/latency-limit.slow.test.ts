import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { extremeSubnets } from "@supernet/nas";
import { SpaceClassifier } from "@supernet/nas/supernet";
import { fromTypedArray, loadTensors, noGrad, randn } from "@supernet/torch";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { measureTable } from "../../latency/measure.js";
import { openRuntime } from "../../latency/open-runtime.js";
import { predictLatency } from "../../latency/predict.js";
import { readLatencyTable, writeLatencyTable } from "../../latency/table-file.js";
import { backboneModel, classifierModel } from "../../network/space-models.js";
import { readSubnetFile } from "../../network/subnet-file.js";
import { openSpace } from "../../recipe/open-space.js";
import { withSettings } from "../../recipes/define.js";
import { mixedQuickstart } from "../../recipes/mixed-quickstart.js";
import { tinyMixed, toSettings, writeGrayImages } from "../../testing/recipes.js";
import { runToEnd } from "../../testing/runs.js";

const inputOf = () => [3, 32, 32] as const;
const classes = 10;

describe("a classifier limited by its latency in ONNX Runtime", async () => {
  const folder = mkdtempSync(join(tmpdir(), "onnx-limit-"));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const data = join(folder, "gray");
  const table = join(folder, "table.json");
  const recipe = withSettings(mixedQuickstart, toSettings(tinyMixed(data)));
  const space = await openSpace(recipe.space);
  const model = classifierModel(space, classes);
  const subject = { space, inputOf, models: [model, backboneModel(space)] };
  const min = { rounds: 2, ms: 0 };
  writeLatencyTable(table, await measureTable(subject, await openRuntime("onnxruntime", 1), { min }));
  const predict = predictLatency(readLatencyTable(table), model, inputOf);
  const { smallest: fastest, largest: slowest } = extremeSubnets(space, predict);
  const max = (predict(fastest) + predict(slowest)) / 2;

  const workDir = join(folder, "run");
  const run = (file = table) =>
    runToEnd(
      {
        recipe: "mixed-quickstart",
        workDir,
        settings: {
          ...tinyMixed(data),
          "steps.search.constraints.flops.max": undefined,
          "steps.search.constraints": `{latency: {max: ${max}}}`,
          "steps.search.latency": `{table: ${JSON.stringify(file)}}`,
        },
      },
      "--resume",
    );
  const subnetOf = () => readSubnetFile(space, join(workDir, "subnet.yaml"));
  const latencies = () => JSON.parse(readFileSync(join(workDir, "steps", "test", "latency.json"), "utf8"));
  let shown = "";
  before(() => {
    writeGrayImages(data);
    const { status, stderr, stdout } = run();
    assert.equal(status, 0, stderr);
    shown = stdout;
  });

  it("meets the limit, and the run prints its measured latency", () => {
    const { history } = JSON.parse(readFileSync(join(workDir, "steps", "search", "checkpoint"), "utf8"));
    for (const { subnet, resources } of history) {
      assert.equal(resources.latency, predict(subnet));
      assert.ok(resources.latency <= max);
    }
    const [{ network, predicted, measured, engine, threads }] = latencies();
    assert.deepEqual([network, predicted, threads], ["classifier", predict(subnetOf()), 1]);
    assert.ok(measured > 0);
    assert.match(engine, /^onnxruntime /);
    const line = /Latency of the classifier: predicted [\d.]+ ms, measured [\d.]+ ms \(onnxruntime/;
    assert.match(shown, line);
    const page = readFileSync(join(workDir, "report.html"), "utf8");
    assert.match(page, line);
    assert.match(page, /<a href="model\.onnx">/);
  });

  it("is exported with the weights of its last training", async () => {
    const classifier = new SpaceClassifier(space, classes, subnetOf()).eval();
    classifier.loadStateDict(loadTensors(join(workDir, "steps", "retrain", "weights.safetensors")).tensors);
    const images = randn([2, ...inputOf()]);
    const session = await InferenceSession.create(join(workDir, "model.onnx"));
    const feeds = { images: new Tensor("float32", images.toTypedArray() as Float32Array, [2, ...inputOf()]) };
    const { logits } = await session.run(feeds);
    const found = fromTypedArray(logits!.data as Float32Array, [2, classes]);
    const expected = noGrad(() => classifier.forward(images));
    assert.ok(found.sub(expected).abs().max().item() < 1e-5 * Math.max(1, expected.abs().max().item()));
    await session.release();
  });

  it("is searched again with another table, and not measured if the table is of another device", () => {
    const elsewhere = join(folder, "elsewhere.json");
    const { table: own } = readLatencyTable(table);
    writeLatencyTable(elsewhere, { ...own, measured: { ...own.measured, processor: "a board" } });
    const { status, stderr } = run(elsewhere);
    assert.equal(status, 0, stderr);
    assert.equal(stderr.match(/done before/g)?.length, 1);
    assert.equal(latencies()[0].measured, null);
  });
});
