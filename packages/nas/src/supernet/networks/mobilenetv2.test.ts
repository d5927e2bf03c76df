import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { PYTHON, withoutModule } from "@supernet/testing";
import { loadTensors, noGrad, type Tensor } from "@supernet/torch";
import { chooseEach } from "../../space/space.js";
import { mobileNetV2 } from "../../spaces/mobilenetv2.js";
import { SpaceClassifier } from "./classifier.js";

/** Saves torchvision's network with random weights and statistics, an input, and its logits in evaluation mode. */
const TORCHVISION = `
import sys, torch, torchvision
torch.manual_seed(0)
model = torchvision.models.mobilenet_v2(num_classes=11).train()
with torch.no_grad():
    for _ in range(3):
        model(torch.randn(4, 3, 64, 64))
    model.eval()
    x = torch.randn(2, 3, 64, 96)
    torch.save({"weights": dict(model.state_dict()), "data": {"x": x, "y": model(x)}}, sys.argv[1])
`;

test("MobileNetV2 computes the logits of torchvision with torchvision's weights", {
  skip: withoutModule("torchvision"),
}, (t) => {
  const folder = mkdtempSync(join(tmpdir(), "mobilenetv2-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "model.pth");
  execFileSync(PYTHON, ["-c", TORCHVISION, path]);
  const weights = [...loadTensors(path, { key: "weights" }).tensors.values()];
  const { tensors: data } = loadTensors(path, { key: "data" });

  const space = mobileNetV2({ blocks: [2, 3, 4, 3, 3, 1], channels: [24, 32, 64, 96, 160, 320] });
  const network = new SpaceClassifier(
    space,
    11,
    chooseEach(space, () => "mb_k3e6"),
  ).eval();
  // Both list their tensors in execution order, but with different names.
  const names = [...network.stateDict().keys()];
  assert.equal(names.length, weights.length);
  network.loadStateDict(new Map(names.map((name, i): [string, Tensor] => [name, weights[i]!])));
  const difference = noGrad(() => network.forward(data.get("x")!).sub(data.get("y")!).abs().max().item());
  assert.ok(difference < 1e-4, `${difference}`);
});
