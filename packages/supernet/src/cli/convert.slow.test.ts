import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { createSpace } from "@supernet/nas";
import { activeStateDict, SpaceClassifier } from "@supernet/nas/supernet";
import { PYTHON, withoutModule } from "@supernet/testing";
import { loadTensors, manualSeed, savePth, saveTensors, type Tensor } from "@supernet/torch";
import { shuffleNetV2Classifier } from "@supernet/vision";
import { mapToTheirs } from "../network/mappings/index.js";
import { type Mistake, testMistakes } from "../testing/mistakes.js";
import { supernet } from "../testing/runs.js";

const folder = mkdtempSync(join(tmpdir(), "convert-"));
after(() => rmSync(folder, { recursive: true }));
const at = (name: string) => join(folder, name);
const convert = (...args: string[]) => supernet("convert", ...args);

function assertSameTensors(path: string, expected: ReadonlyMap<string, Tensor>): void {
  const { tensors } = loadTensors(path);
  assert.deepEqual([...tensors.keys()], [...expected.keys()]);
  for (const [name, tensor] of expected) {
    assert.deepEqual(tensors.get(name)!.shape, tensor.shape, name);
    assert.deepEqual(tensors.get(name)!.toTypedArray(), tensor.toTypedArray(), name);
  }
}

const withoutTorchvision = withoutModule("torchvision");
/** Saves seeded weights of detectors, or compares them with the converted ones and loads those. */
const DETECTORS = `
import sys, torch
from torchvision.models import detection
how, folder, *names = sys.argv[1:]
for name in names:
    torch.manual_seed(1)
    model = getattr(detection, name)(weights=None, weights_backbone=None, num_classes=4)
    if how == "save": torch.save(model.state_dict(), f"{folder}/{name}.pth")
    else:
        theirs, back = (torch.load(f"{folder}/{file}.pth", weights_only=True) for file in (name, name + ".back"))
        model.load_state_dict(back)
        assert all(torch.equal(tensor, back[key]) for key, tensor in theirs.items())
`;

describe("supernet convert", () => {
  manualSeed(3);
  const network = shuffleNetV2Classifier("0.5", 3);
  savePth(at("net.pth"), network.stateDict());
  const model = ["--model", "shufflenet_v2_x0_5"];

  it("converts a classifier to the other names and back", () => {
    const there = convert(...model, "--weights", at("net.pth"), "--out", at("net.safetensors"));
    assert.equal(there.status, 0, there.stderr);
    assert.match(there.stdout, /net\.safetensors: shufflenet_v2_x0_5, 3 classes, 344\.87 k parameters/);
    assertSameTensors(at("net.safetensors"), network.stateDict());
    const back = convert(
      ...model,
      "--weights",
      at("net.safetensors"),
      "--out",
      at("back.pth"),
      "--to",
      "torchvision",
    );
    assert.equal(back.status, 0, back.stderr);
    assertSameTensors(at("back.pth"), network.stateDict());
  });

  it("reads a state dict of several, whose names have a wrapper's prefix", {
    skip: withoutTorchvision,
  }, () => {
    const script = `
import sys, torch
folder = sys.argv[1]
state = torch.load(folder + "/net.pth")
parallel = {"module." + name: tensor for name, tensor in state.items()}
zeros = {name: tensor * 0 for name, tensor in parallel.items()}
torch.save({"student": zeros, "teacher": parallel, "best_acc1": torch.tensor(70.0)}, folder + "/two.pth")
`;
    execFileSync(PYTHON, ["-c", script, folder]);
    const args = [...model, "--weights", at("two.pth"), "--out", at("two.safetensors")];
    const ambiguous = convert(...args);
    assert.equal(ambiguous.status, 1);
    assert.match(ambiguous.stderr, /several state dicts: select one with key: student \(.*teacher/);
    const { status, stderr } = convert(...args, "--key", "teacher");
    assert.equal(status, 0, stderr);
    assertSameTensors(at("two.safetensors"), network.stateDict());
  });

  it("adds the missing batch counts to frozen batch-norms", () => {
    const frozen = new Map(
      [...network.stateDict()].filter(([name]) => !name.endsWith("num_batches_tracked")),
    );
    savePth(at("frozen.pth"), frozen);
    const { status, stderr } = convert(...model, "--weights", at("frozen.pth"), "--out", at("whole.pth"));
    assert.equal(status, 0, stderr);
    assertSameTensors(at("whole.pth"), network.stateDict());
  });

  it("converts torchvision's detectors and back, and torchvision loads them", {
    skip: withoutTorchvision,
  }, () => {
    const cases = [
      ["retinanet_resnet50_fpn", "bbox_head.retina_cls.weight", [36, 256, 3, 3]],
      ["fcos_resnet50_fpn", "bbox_head.conv_cls.weight", [4, 256, 3, 3]],
    ] as const;
    const python = (how: string) =>
      execFileSync(PYTHON, ["-c", DETECTORS, how, folder, ...cases.map(([name]) => name)]);
    python("save");
    for (const [name, weight, shape] of cases) {
      const detector = ["--model", name];
      const ours = at(`${name}.safetensors`);
      const there = convert(...detector, "--weights", at(`${name}.pth`), "--out", ours);
      assert.equal(there.status, 0, there.stderr);
      assert.match(there.stdout, /4 classes/);
      assert.deepEqual(loadTensors(ours).tensors.get(weight)?.shape, shape);
      const names = ["--to", "torchvision"];
      const back = convert(...detector, "--weights", ours, "--out", at(`${name}.back.pth`), ...names);
      assert.equal(back.status, 0, back.stderr);
    }
    python("compare");
  });

  it("converts the format of a file that records its network, without --model", () => {
    const owner = {
      ...{ task: "detection", network: "backbone", subnet: { "layers.0": "x" } },
      space: { name: "own", sha256: "0" },
    };
    const metadata = { supernet: JSON.stringify(owner) };
    saveTensors(at("owned.safetensors"), network.stateDict(), metadata);
    for (const [from, to] of [
      ["owned.safetensors", "owned.pth"],
      ["owned.pth", "again.safetensors"],
    ] as const) {
      const { status, stdout, stderr } = convert("--weights", at(from), "--out", at(to));
      assert.equal(status, 0, stderr);
      assert.match(stdout, /: backbone of own, \d+ tensors, /);
      assertSameTensors(at(to), network.stateDict());
      assert.deepEqual(JSON.parse(loadTensors(at(to)).metadata.supernet!), owner);
    }
  });

  const subnet = ["--space", "spos-shufflenetv2", "--subnet", at("indices.json")];
  writeFileSync(at("indices.json"), JSON.stringify(Array.from({ length: 20 }, (_, i) => i % 4)));

  it("converts a list of indices to a subnet for MMRazor and back", () => {
    const there = convert(...subnet, "--to", "mmrazor", "--out", at("fix.yaml"));
    assert.equal(there.status, 0, there.stderr);
    assert.match(
      there.stdout,
      /fix\.yaml: subnet of spos-shufflenetv2, 20 decisions, in the form of mmrazor/,
    );
    const fix = readFileSync(at("fix.yaml"), "utf8");
    assert.match(fix, /^backbone\.layers\.3\.3:\n {2}chosen: shuffle_xception$/m);
    const back = convert("--space", "spos-shufflenetv2", "--subnet", at("fix.yaml"), "--out", at("own.yaml"));
    assert.equal(back.status, 0, back.stderr);
    assert.match(
      readFileSync(at("own.yaml"), "utf8"),
      /^layers\.0\.0: shuffle_3x3\nlayers\.0\.1: shuffle_5x5\n/,
    );
  });

  const small = "{name: spos-shufflenetv2, stem: 4, blocks: [2], channels: [8], last: 6, wiring: mmrazor}";
  const space = createSpace({
    name: "spos-shufflenetv2",
    ...{ stem: 4, blocks: [2], channels: [8], last: 6, wiring: "mmrazor" },
  });
  const supernetWeights = new SpaceClassifier(space, 3).stateDict();
  const published = mapToTheirs(supernetWeights, "mmrazor-shufflenetv2", { space });
  savePth(at("razor.pth"), published);

  it("converts weights of a space from the layout that their names identify, and back to it", () => {
    const ours = at("razor.safetensors");
    const there = convert("--space", small, "--weights", at("razor.pth"), "--out", ours);
    assert.equal(there.status, 0, there.stderr);
    assert.match(there.stderr, /razor\.pth: mapping mmrazor-shufflenetv2, identified by the names/);
    assert.match(there.stdout, /classifier of spos-shufflenetv2, \d+ tensors, names of supernet/);
    assertSameTensors(ours, supernetWeights);
    const to = ["--to", "mmrazor-shufflenetv2", "--out", at("razor.back.pth")];
    const back = convert("--space", small, "--weights", ours, ...to);
    assert.equal(back.status, 0, back.stderr);
    assertSameTensors(at("razor.back.pth"), published);
  });

  it("extracts a subnet from a supernet in the layout of another project", () => {
    writeFileSync(at("small.yaml"), "layers.0.0: shuffle_7x7\nlayers.0.1: shuffle_xception\n");
    const { status, stdout, stderr } = supernet(
      ...["extract", "--space", small, "--weights", at("razor.pth"), "--subnet", at("small.yaml")],
      ...["--out", at("subnet.pth")],
    );
    assert.equal(status, 0, stderr);
    assert.match(stderr, /mapping mmrazor-shufflenetv2/);
    assert.match(stdout, /subnet\.pth: classifier, \d+ tensors, .* from .*razor\.pth/);
    const network = new SpaceClassifier(space, 3);
    network.loadStateDict(supernetWeights);
    network.activate({ "layers.0.0": "shuffle_7x7", "layers.0.1": "shuffle_xception" });
    assertSameTensors(at("subnet.pth"), activeStateDict(network));
  });

  writeFileSync(at("cut.pth"), "PK\x03\x04 and no more");
  const weights = ["--weights", at("net.pth"), "--out", at("x.pth")];
  const mistakes: readonly Mistake[] = [
    [["--model", "resnet50", "--out", "x.pth"], 2, /--weights is missing: see supernet convert --help/],
    [["--weights", "x.pth", "--out", "x.pth"], 1, /cannot read x\.pth: it does not exist/],
    [["--space", "mobilenetv2", "--out", "x.pth"], 2, /add --weights or --subnet/],
    [
      [...model, ...weights, "--mapping", "timm-vit"],
      2,
      /--mapping needs the space of the weights: add --space/,
    ],
    [
      ["--space", small, ...weights, "--mapping", "timm"],
      2,
      /--mapping timm: unknown mapping timm: valid: cream-autoformer, timm-vit/,
    ],
    [["--space", small, ...weights, "--to", "mmdet"], 2, /--to mmdet: unknown mapping/],
    [
      ["--space", "spos-shufflenetv2", "--weights", at("razor.pth"), "--out", at("x.pth")],
      1,
      /razor\.pth: mapping mmrazor-shufflenetv2: their channels are shuffled in other places: set wiring of the space to mmrazor/,
    ],
    [
      ["--space", small, "--weights", at("razor.pth"), "--mapping", "timm-vit", "--out", at("x.pth")],
      1,
      /mapping timm-vit: they are of a vision transformer, not of the space spos-shufflenetv2/,
    ],
    [[...subnet, "--out", "x.pth"], 2, /--out x\.pth: use the extension \.yaml/],
    [[...subnet, "--out", "x.yaml", "--to", "torchvision"], 2, /use one of supernet, mmrazor/],
    [[...subnet, "--out", "x.yaml", "--key", "ema"], 2, /--key is for weights/],
    [[...subnet.slice(2), "--out", "x.yaml"], 2, /--space is missing/],
    [
      ["--space", "mobilenetv2", ...subnet.slice(2), "--out", "x.yaml"],
      1,
      /has 20 indices, but mobilenetv2 has 21/,
    ],
    [[...model, ...weights, "--key", "ema"], 1, /net\.pth: "ema" is not a state dict/],
    [["--model", "resnet5", ...weights], 2, /unknown model resnet5: did you mean resnet50\?.* mobilenet_v2/],
    [["--model", "constructor", ...weights], 2, /unknown model constructor: valid: resnet18/],
    [
      [...model, "--weights", "x", "--out", "x.onnx"],
      2,
      /--out x\.onnx: use the extension \.pth or \.safetensors/,
    ],
    [weights, 1, /net\.pth does not record its network: add --space, or --model/],
    [[...weights, "--to", "torchvision"], 2, /--to torchvision: add --model/],
    [[...model, ...weights, "--to", "mmdet"], 2, /--to mmdet: use one of supernet, torchvision/],
    [
      [...model, "--weights", at("none.pth"), "--out", "x.pth"],
      1,
      /cannot read .*none\.pth: it does not exist/,
    ],
    [[...model, "--weights", at("cut.pth"), "--out", "x.pth"], 1, /cannot read .*cut\.pth: .*damaged/],
    [
      ["--model", "mobilenet_v2", ...weights],
      1,
      /net\.pth: the state dict does not match .* missing features\.0/,
    ],
    [
      ["--model", "shufflenet_v2_x1_0", ...weights],
      1,
      /net\.pth: .*stage2\.0\.branch1\.2\.weight is \[24, 24, 1, 1\]/,
    ],
  ];
  testMistakes(
    mistakes.map(([args, code, text]) => [["convert", ...args], code, text]),
    (args) => `reports the mistake in ${args.join(" ").replaceAll(folder, "")}`,
  );
});
