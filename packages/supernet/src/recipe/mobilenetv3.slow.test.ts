/** Tests the example space of MobileNetV3 blocks: against torchvision, and in a small run. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { chooseEach, classifierParts, createEstimator } from "@supernet/nas";
import { SpaceClassifier } from "@supernet/nas/supernet";
import { PYTHON, withoutModule } from "@supernet/testing";
import { loadTensors, noGrad, type Tensor } from "@supernet/torch";
import { type Settings, tinyMixed, writeGrayImages } from "../testing/recipes.js";
import { runToEnd, setOptions, supernet } from "../testing/runs.js";
import { openSpace, spaceNamed } from "./open-space.js";

const example = fileURLToPath(new URL("../../../../examples/mobilenetv3-space.ts", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "mobilenetv3-"));
after(() => rmSync(folder, { recursive: true }));

/** Saves torchvision's network with random weights and statistics, an input, and its logits in evaluation mode. */
const TORCHVISION = `
import sys, torch, torchvision
torch.manual_seed(0)
model = torchvision.models.mobilenet_v3_large(num_classes=11).train()
for module in model.modules():
    if isinstance(module, torch.nn.BatchNorm2d):
        module.eps = 1e-5
with torch.no_grad():
    for _ in range(3):
        model(torch.randn(4, 3, 64, 64))
    model.eval()
    x = torch.randn(2, 3, 64, 96)
    torch.save({"weights": dict(model.state_dict()), "data": {"x": x, "y": model(x)}}, sys.argv[1])
`;

const KERNELS = [3, 3, 5, 5, 5, 3, 3, 3, 3, 3, 3, 5, 5, 5];
const SQUEEZED = [3, 4, 5, 10, 11, 12, 13, 14];

describe("the example space of MobileNetV3 blocks", () => {
  it("contains MobileNetV3-Large, with torchvision's parameters, multiply-accumulates and logits", {
    skip: withoutModule("torchvision"),
  }, async () => {
    const space = await openSpace(spaceNamed(example));
    const subnet = chooseEach(space, ({ name, choices }) => {
      const [, block, what] = name.split(".");
      if (what === "kernel") return KERNELS[Number(block) - 1]!;
      return what === "expanded" ? choices[1]! : SQUEEZED.includes(Number(block)) ? "squeeze" : "plain";
    });
    // torchvision states 5,483,032 parameters and 0.22 G multiply-accumulates.
    const { params, macs } = createEstimator("", classifierParts(space, 1000), [3, 224, 224]).measure(subnet);
    assert.deepEqual([params, (macs / 1e9).toFixed(2)], [5_483_032, "0.22"]);

    const path = join(folder, "model.pth");
    execFileSync(PYTHON, ["-c", TORCHVISION, path]);
    const weights = [...loadTensors(path, { key: "weights" }).tensors.values()];
    const { tensors: data } = loadTensors(path, { key: "data" });
    const network = new SpaceClassifier(space, 11, subnet).eval();
    // Both list their tensors in execution order, but with different names.
    const names = [...network.stateDict().keys()];
    assert.equal(names.length, weights.length);
    network.loadStateDict(new Map(names.map((name, i): [string, Tensor] => [name, weights[i]!])));
    const wanted = data.get("y")!;
    const error = noGrad(() => network.forward(data.get("x")!).sub(wanted).abs().max().item());
    assert.ok(error < 1e-5 * Math.max(1, wanted.abs().max().item()), `${error}`);
  });

  it("is trained, searched with a latency table, retrained, tested and exported", () => {
    const data = join(folder, "gray");
    writeGrayImages(data);
    const small = join(folder, "small.ts");
    writeFileSync(
      small,
      `import { mobileNetV3 } from ${JSON.stringify(example)};\nexport default mobileNetV3(0.25);\n`,
    );
    const settings: Settings = {
      ...tinyMixed(data),
      space: `{file: ${small}}`,
      "steps.search.constraints.flops.max": undefined,
      "steps.search.constraints": "{operations: {max: 8e5}}",
    };
    const table = join(folder, "table.json");
    const measured = supernet(
      ...["latency", "--recipe", "mixed-quickstart", ...setOptions(settings)],
      ...["--runtime", "onnxruntime", "--threads", "1", "--device-table", table],
    );
    assert.equal(measured.status, 0, measured.stderr);
    assert.match(readFileSync(table, "utf8"), /squeeze-excitation/);
    const workDir = join(folder, "run");
    const { status, stderr, stdout } = runToEnd({
      recipe: "mixed-quickstart",
      workDir,
      settings: {
        ...settings,
        "steps.search.latency": `{table: ${table}}`,
        "steps.search.constraints": "{operations: {max: 8e5}, latency: {max: 1000}}",
      },
    });
    assert.equal(status, 0, stderr);
    assert.match(stdout, /accuracy/);
    assert.ok(existsSync(join(workDir, "model.onnx")));
    const { history } = JSON.parse(readFileSync(join(workDir, "steps", "search", "checkpoint"), "utf8"));
    for (const { resources } of history) assert.ok(resources.operations <= 8e5 && resources.latency > 0);
  });
});
