import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { UserError } from "@supernet/base";
import { createSpace } from "@supernet/nas";
import { SpaceBackbone, SpaceClassifier } from "@supernet/nas/supernet";
import { PYTHON, withoutModule } from "@supernet/testing";
import { loadTensors, savePth, tidy } from "@supernet/torch";
import { buildDetector, torchvisionDetectors } from "@supernet/vision";
import { initSchema } from "../recipe/weights.js";
import { type InitTarget, initWeights } from "./init-weights.js";
import type { StepContext } from "./task.js";

const folder = mkdtempSync(join(tmpdir(), "init-weights-"));
after(() => rmSync(folder, { recursive: true }));
const at = (name: string) => join(folder, name);

const sizes = { stem: 4, blocks: [1, 1, 1, 1], channels: [8, 16, 24, 32], last: 6 };
const space = createSpace({ name: "spos-shufflenetv2", ...sizes });

/** Initializes a network, and returns what is logged. */
function init(target: InitTarget, source: object): string {
  const lines: string[] = [];
  const context = { space, log: (line: string) => void lines.push(line) } as unknown as StepContext;
  initWeights(context, target, initSchema.parse(source));
  return lines.join("\n");
}

describe("weights that a training begins with", () => {
  it("leave the last layer new if it is for another number of classes, and say so", () => {
    tidy(() => {
      const given = new SpaceClassifier(space, 5);
      savePth(at("five.pth"), given.stateDict());
      const network = new SpaceClassifier(space, 3);
      const before = new Map([...network.stateDict()].map(([name, tensor]) => [name, tensor.clone()]));
      const log = init({ network }, { file: at("five.pth") });
      const count = before.size;
      assert.match(
        log,
        new RegExp(`loaded ${count - 2} of ${count} tensors; 2 for another number of classes`),
      );
      assert.match(log, /\(fc\.weight, fc\.bias\), which stay new/);
      for (const [name, tensor] of network.stateDict())
        assert.ok(tensor.equal((name.startsWith("fc.") ? before : given.stateDict()).get(name)!), name);
    });
  });

  it("are refused if a tensor has another shape for another reason", () => {
    tidy(() => {
      savePth(at("three.pth"), new SpaceClassifier(space, 3).stateDict());
      const wider = createSpace({ name: "spos-shufflenetv2", ...sizes, last: 8 });
      const network = new SpaceClassifier(wider, 3);
      assert.throws(
        () => init({ network }, { file: at("three.pth") }),
        (error) =>
          error instanceof UserError &&
          /of another shape \(last_conv\.0\.weight \[6,32,1,1\] instead of \[8,32,1,1\]/.test(error.message),
      );
    });
  });

  it("can be those of torchvision's detectors outside the backbone, with any number of classes", {
    skip: withoutModule("torchvision"),
  }, () => {
    const script = `
import sys, torch, torchvision
model = torchvision.models.detection.fasterrcnn_resnet50_fpn(weights=None, weights_backbone=None, num_classes=4)
torch.save(model.state_dict(), sys.argv[1])
`;
    execFileSync(PYTHON, ["-W", "ignore", "-c", script, at("rcnn.pth")]);
    tidy(() => {
      const backbone = new SpaceBackbone(space);
      const network = buildDetector(backbone, torchvisionDetectors["faster-rcnn"], 7);
      assert.throws(
        () => init({ network, backbone }, { file: at("rcnn.pth") }),
        /only 22 of \d+ tensors fit/,
      );
      const log = init({ network, backbone }, { file: at("rcnn.pth"), strict: false });
      assert.match(log, /mapping torchvision-faster-rcnn, identified by the names/);
      assert.match(log, /4 for another number of classes \(roi_head\.bbox_head\.fc_cls\.weight, .*stay new/);
      const theirs = loadTensors(at("rcnn.pth")).tensors;
      const ours = network.stateDict();
      const pairs = {
        "rpn_head.rpn_conv.weight": "rpn.head.conv.0.0.weight",
        "neck.fpn_convs.3.conv.bias": "backbone.fpn.layer_blocks.3.0.bias",
        "roi_head.bbox_head.shared_fcs.1.weight": "roi_heads.box_head.fc7.weight",
      };
      for (const [own, name] of Object.entries(pairs))
        assert.ok(ours.get(own)!.equal(theirs.get(name)!), own);
    });
  });
});
