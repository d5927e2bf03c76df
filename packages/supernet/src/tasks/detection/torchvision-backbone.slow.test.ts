/** Runs of detectors that begin with torchvision's classifiers. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, it } from "node:test";
import { PYTHON, withoutModule } from "@supernet/testing";
import { loadTensors } from "@supernet/torch";
import { type Settings, tinyQuickstart, writeGrayImages } from "../../testing/recipes.js";
import { runToEnd } from "../../testing/runs.js";

const folder = mkdtempSync(join(tmpdir(), "torchvision-"));
const data = join(folder, "gray");
before(() => writeGrayImages(data));
after(() => rmSync(folder, { recursive: true, force: true }));

const withoutSteps = (settings: Settings): Settings =>
  Object.fromEntries(
    Object.entries(settings).filter(
      ([key]) =>
        !/^(?:classification|steps\.(?:pretrain|retrain|compare|search\.(?:strategy|constraints)))\b/.test(
          key,
        ),
    ),
  );

it("a detector begins with torchvision's ResNet", { skip: withoutModule("torchvision") }, () => {
  const file = join(folder, "resnet.pth");
  const script = `
import sys, torch
from torchvision.models.resnet import Bottleneck, ResNet
network = ResNet(Bottleneck, [2, 1, 2, 1], width_per_group=8)
torch.save(network.state_dict(), sys.argv[1])
`;
  execFileSync(PYTHON, ["-c", script, file]);
  const { status, stdout, stderr } = runToEnd({
    recipe: "detnas-quickstart",
    workDir: join(folder, "run"),
    settings: {
      ...withoutSteps(tinyQuickstart(data)),
      space: "{name: resnet50, depths: [[2, 1], [1], [2, 1], [1]], bottlenecks: [8, 16, 32, 64]}",
      classification: "null",
      "steps.pretrain": "null",
      "steps.finetune.init": `{file: ${file}}`,
      "steps.finetune.freeze": "{stages: 1, batchNorm: true}",
      "steps.search.constraints": "{}",
      "steps.search.strategy": "{kind: random, candidates: 2}",
      "steps.retrain": "null",
      "steps.detector.start": "inherited",
      "steps.compare": "null",
    },
  });
  const log = stdout + stderr;
  assert.equal(status, 0, log);
  const backbone = [...loadTensors(file).tensors.keys()].filter((name) => !name.startsWith("fc.")).length;
  assert.ok(
    log.includes(
      `${file}: loaded ${backbone} of ${backbone} tensors; 2 of a classifier's last layers not used`,
    ),
    log,
  );
});
