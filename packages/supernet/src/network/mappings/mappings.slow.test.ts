/** Converts weights in the layouts of other projects, and compares the outputs with those of their networks. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { Random, UserError } from "@supernet/base";
import { createSpace, firstSubnet, type NetworkSpace, type Subnet, sampleSubnet } from "@supernet/nas";
import { activeStateDict, SpaceBackbone } from "@supernet/nas/supernet";
import { PYTHON, withoutModule } from "@supernet/testing";
import { loadTensors, noGrad, savePth, type Tensor, tensor, tidy } from "@supernet/torch";
import { buildDetector, torchvisionDetectors } from "@supernet/vision";
import { loadClassifier, openWeightsFile } from "../load.js";
import { detectMapping, mappings, mapToTheirs } from "./index.js";

const script = fileURLToPath(new URL("../../../test-data/reference_layouts.py", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "mappings-"));
after(() => rmSync(folder, { recursive: true }));
const at = (name: string) => join(folder, name);

const TOLERANCE = 1e-5;

interface Case {
  readonly name: string;
  readonly mapping: keyof typeof mappings;
  readonly space: NetworkSpace;
  /** Space whose weights have another meaning. */
  readonly other?: NetworkSpace;
  readonly key?: string;
  /** Subnet that the file is of; undefined for a supernet. */
  readonly subnet?: Subnet;
  /** Whether it cannot be converted back. */
  readonly oneWay?: boolean;
  readonly spec: { readonly kind: string; readonly sizes: object; readonly image: number };
}

const former = (outputScale: boolean) =>
  createSpace({
    name: "autoformer-tiny",
    ...{ imageSize: 32, patch: 8, width: [72, 96, 120], depth: [2, 3], heads: [1, 2], ratio: [3, 3.5, 4] },
    outputScale,
  });
const formerSpec = {
  kind: "cream",
  image: 32,
  sizes: { embed_dim: 128, depth: 3, mlp_ratio: 4, image: 32, patch: 8 },
};
const tiny = createSpace({ name: "autoformer-tiny", outputScale: false });
const tinySpec = {
  kind: "cream",
  image: 224,
  sizes: { embed_dim: 256, depth: 14, mlp_ratio: 4, image: 224, patch: 16 },
};

const SIZES = { stem: 8, blocks: [2, 2, 3, 2], channels: [16, 32, 48, 64], last: 40 };
const shuffle = (wiring: "channel_shuffle1" | "channel_shuffle2" | "mmrazor") =>
  createSpace({ name: "spos-shufflenetv2", ...SIZES, wiring });
const random = (space: NetworkSpace, seed: number) => sampleSubnet(space, Random.of("mappings", seed));
const listOf = (space: NetworkSpace, subnet: Subnet) => space.decisions.map(({ name }) => subnet[name]);

/** A supernet and a subnet of a project. */
function pair(
  name: string,
  mapping: Case["mapping"],
  wiring: Parameters<typeof shuffle>[0],
  { kind, sizes = {}, oneWay = false }: { kind: string; sizes?: object; oneWay?: boolean },
): Case[] {
  const space = shuffle(wiring);
  const other = shuffle(wiring === "mmrazor" ? "channel_shuffle2" : "mmrazor");
  const subnet = random(space, 9);
  const spec = { kind, image: 64, sizes: { ...SIZES, ...sizes } };
  const ofSubnet = { ...spec, sizes: { ...spec.sizes, choices: listOf(space, subnet) } };
  return [
    { name: `${name}-supernet`, mapping, space, other, spec, oneWay },
    { name: `${name}-subnet`, mapping, space, other, subnet, spec: ofSubnet, oneWay: false },
  ];
}

const vit = former(false);
const vitSubnet: Subnet = {
  ...{ width: 72, depth: 3 },
  ...Object.fromEntries(
    [0, 1, 2].flatMap((i) => [
      [`blocks.${i}.heads`, 1],
      [`blocks.${i}.ratio`, 4],
    ]),
  ),
};
// Heads are 64 wide, so only some widths are those of a ViT.
const vitSpace = createSpace({
  name: "autoformer-tiny",
  ...{
    imageSize: 32,
    patch: 8,
    width: [64, 128],
    depth: [2, 3],
    heads: [1, 2],
    ratio: [3, 4],
    outputScale: true,
  },
});

/** ResNets with narrow bottlenecks; torchvision has no other setting of the widths. */
const resNet = (depths: number[][]) =>
  createSpace({ name: "resnet50", depths, bottlenecks: [8, 16, 32, 64] });
const narrow = resNet([[2, 1], [2], [3, 2, 1], [1]]);

const TORCHVISION: readonly Case[] = [
  {
    name: "resnet50",
    mapping: "torchvision-resnet50",
    space: createSpace({ name: "resnet50" }),
    subnet: firstSubnet(createSpace({ name: "resnet50" })),
    spec: { kind: "resnet", image: 64, sizes: { depths: [3, 4, 6, 3], bottleneck: 64, classes: 1000 } },
  },
  {
    name: "resnet-supernet",
    mapping: "torchvision-resnet50",
    space: narrow,
    spec: { kind: "resnet", image: 64, sizes: { depths: [2, 2, 3, 1], bottleneck: 8 } },
  },
  {
    // torchvision's network has more blocks than the subnet.
    name: "resnet-deeper",
    mapping: "torchvision-resnet50",
    space: narrow,
    subnet: { "stages.0.depth": 1, "stages.2.depth": 2 },
    spec: { kind: "resnet", image: 64, sizes: { depths: [2, 2, 3, 1], bottleneck: 8 } },
    oneWay: true,
  },
];

const CASES: readonly Case[] = [
  {
    name: "cream-small",
    mapping: "cream-autoformer",
    space: vit,
    other: former(true),
    key: "model_ema",
    spec: formerSpec,
  },
  {
    name: "cream-small-subnet",
    mapping: "cream-autoformer",
    space: vit,
    other: former(true),
    key: "model_ema",
    subnet: vitSubnet,
    spec: formerSpec,
  },
  { name: "cream-tiny", mapping: "cream-autoformer", space: tiny, key: "model_ema", spec: tinySpec },
  {
    name: "timm-vit",
    mapping: "timm-vit",
    space: vitSpace,
    subnet: {
      ...vitSubnet,
      width: 128,
      ...Object.fromEntries([0, 1, 2].map((i) => [`blocks.${i}.heads`, 2])),
    },
    // The epsilon of timm's norms is 1e-6, here 1e-5.
    spec: {
      kind: "timm",
      image: 32,
      sizes: { embed_dim: 128, depth: 3, mlp_ratio: 4, image: 32, patch: 8, eps: 1e-5 },
    },
    oneWay: true,
  },
  ...pair("spos", "spos-shufflenetv2", "channel_shuffle2", { kind: "spos", oneWay: true }),
  ...pair("detnas-1", "detnas-shufflenetv2", "channel_shuffle1", { kind: "detnas", sizes: { shuffle: 1 } }),
  ...pair("detnas-2", "detnas-shufflenetv2", "channel_shuffle2", { kind: "detnas", sizes: { shuffle: 2 } }),
  ...pair("mmrazor", "mmrazor-shufflenetv2", "mmrazor", { kind: "mmrazor" }),
  ...pair("mmrazor-0", "mmrazor-shufflenetv2", "mmrazor", {
    kind: "mmrazor",
    sizes: { candidates: "choices" },
    oneWay: true,
  }).slice(0, 1),
  ...(withoutModule("torchvision") ? [] : TORCHVISION),
];

/** Returns the subnets of a case that are compared. */
const subnetsOf = ({ space, subnet }: Case): Subnet[] =>
  subnet ? [subnet] : [1, 2].map((seed) => random(space, seed));

const python = (how: string, cases: readonly Case[]): string => {
  const specs = cases.map((own) => ({
    name: own.name,
    ...own.spec,
    subnets: subnetsOf(own).map((subnet) =>
      own.mapping.endsWith("shufflenetv2") ? listOf(own.space, subnet) : subnet,
    ),
  }));
  return execFileSync(PYTHON, [script, how, folder, JSON.stringify(specs)], { encoding: "utf8" });
};

describe("layouts of other projects", { skip: withoutModule("torch") }, () => {
  if (!withoutModule("torch")) python("save", CASES);

  for (const own of CASES) {
    const source = { file: at(`${own.name}.pth`), key: own.key };

    it(`${own.name}: the outputs are those of the other project`, (t) => {
      tidy(() => {
        const errors: number[] = [];
        const { space } = own;
        const file = openWeightsFile(source, space);
        assert.match(file.note!, new RegExp(`mapping ${own.mapping}, identified by the names`));
        if (/detnas|mmrazor/.test(own.name)) assert.deepEqual(file.subnet, own.subnet);
        const network = loadClassifier(space, file, own.subnet).eval();
        const expected = loadTensors(at(`${own.name}.out.pth`)).tensors;
        for (const [i, subnet] of subnetsOf(own).entries()) {
          if (!own.subnet) network.activate(subnet);
          const images = expected.get("images")!;
          const maps = noGrad(() => (space.maps.length === 0 ? [] : network.backbone.forward(images)));
          const found = [noGrad(() => network.forward(images)), ...maps];
          for (let j = 0; j < found.length; j++)
            errors.push(checkedError(found[j]!, expected.get(`${i}.${j}`)!, `${i}.${j}`));
        }
        t.diagnostic(
          `${own.name}: ${loadTensors(source.file, own.key ? { key: own.key } : {}).tensors.size} tensors of ` +
            `${network.stateDict().size} here; relative error ${Math.max(...errors).toExponential(1)}`,
        );
        if (!own.oneWay)
          savePth(
            at(`${own.name}.back.pth`),
            mapToTheirs(own.subnet ? activeStateDict(network) : network.stateDict(), own.mapping, own),
          );
      });
    });

    if (own.other)
      it(`${own.name}: a space in which the weights have another meaning is refused`, () => {
        const pattern = /mapping .*: .*(?:outputScale to false|set wiring of the space to)/;
        assert.throws(
          () => openWeightsFile(source, own.other),
          (error) => error instanceof UserError && pattern.test(error.message),
        );
      });
  }

  it("the other projects load what is converted back strictly, with the same outputs", (t) => {
    const back = CASES.filter(({ oneWay }) => !oneWay);
    const lines = python("check", back).trim().split("\n");
    assert.equal(lines.length, back.length);
    for (const line of lines) t.diagnostic(line);
    for (const line of lines) assert.ok(Number(line.split(" ")[1]) < TOLERANCE, line);
  });

  it("what has no place in the other project is refused", () => {
    const space = shuffle("channel_shuffle2");
    const network = { space, subnet: undefined };
    assert.throws(() => mapToTheirs(new Map(), "spos-shufflenetv2", network), /convert a subnet/);
    assert.throws(() => mapToTheirs(new Map(), "timm-vit", { space: vitSpace }), /it only reads/);
    assert.throws(
      () => mapToTheirs(new Map(), "cream-autoformer", network),
      /not of the space spos-shufflenetv2/,
    );
    assert.throws(
      () => mapToTheirs(new Map(), "mmrazor-shufflenetv2", { space: tiny }),
      /of ShuffleNetV2 blocks/,
    );
  });

  it("the modules of a detector around MMRazor's backbone keep mmdetection's names", () => {
    tidy(() => {
      const space = shuffle("mmrazor");
      const detector = buildDetector(new SpaceBackbone(space), torchvisionDetectors.retinanet, 2);
      const ours = detector.stateDict();
      const theirs = mapToTheirs(ours, "mmrazor-shufflenetv2", { space });
      for (const name of ["neck.lateral_convs.0.conv.weight", "bbox_head.retina_cls.bias"])
        assert.ok(theirs.get(name)!.equal(ours.get(name)!), name);
      const algorithm = new Map([...theirs].map(([name, tensor]) => [`architecture.${name}`, tensor]));
      savePth(at("detector.pth"), algorithm.set("architecture.data_preprocessor.mean", tensor([1])));
      const { tensors } = openWeightsFile({ file: at("detector.pth") }, space);
      assert.deepEqual([...tensors.keys()].sort(), [...ours.keys()].sort());
    });
  });

  it("no layout is identified by supernet's own names", () => {
    const own = loadTensors(at("mmrazor-supernet.pth")).tensors;
    const ours = mappings["mmrazor-shufflenetv2"].toOurs(own, shuffle("mmrazor"));
    assert.equal(detectMapping(own), "mmrazor-shufflenetv2");
    assert.equal(detectMapping(ours), undefined);
  });
});

/** Checks that tensors are nearly equal, and returns the largest difference relative to the largest element. */
function checkedError(actual: Tensor, expected: Tensor, name: string): number {
  assert.deepEqual(actual.shape, expected.shape, name);
  const largest = expected.abs().max().item();
  const error = actual.sub(expected).abs().max().item() / largest;
  assert.ok(error < TOLERANCE, `${name}: relative error ${error}`);
  return error;
}
