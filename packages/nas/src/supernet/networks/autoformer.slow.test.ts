import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { Random } from "@supernet/base";
import { PYTHON, withoutModule } from "@supernet/testing";
import {
  loadTensors,
  manualSeed,
  nn,
  noGrad,
  randn,
  savePth,
  type Tensor,
  tensor,
  tidy,
} from "@supernet/torch";
import { withImageSizes } from "../../network/image-sizes.js";
import { sampleSubnet } from "../../space/sample.js";
import { firstSubnet, type Subnet } from "../../space/space.js";
import { type AutoFormerSizes, autoFormerTiny } from "../../spaces/autoformer.js";
import { activeStateDict } from "../modules/active-state.js";
import { SpaceClassifier } from "./classifier.js";

const script = fileURLToPath(new URL("../../../test-data/autoformer.py", import.meta.url));
const withoutTorch = withoutModule("torch");
const folder = mkdtempSync(join(tmpdir(), "autoformer-"));
after(() => rmSync(folder, { recursive: true }));

const SIZES: AutoFormerSizes = {
  imageSize: 32,
  patch: 8,
  width: [24, 40],
  depth: [1, 2, 3],
  heads: [1, 2, 3],
  ratio: [1.5, 2.3],
  outputScale: true,
};
const CLASSES = 5;
const labels = tensor([0, 3, 4], { dtype: "int64" });

/** Perturbs all weights, because initial biases of 0 and norm weights of 1 would hide mistakes. */
function randomize(network: nn.Module): void {
  for (const parameter of network.parameters())
    noGrad(() => tidy(() => void parameter.add_(randn(parameter.shape), { alpha: 0.15 })));
}

const sideOf = (subnet: Subnet): number => Number(subnet.size ?? SIZES.imageSize);

/** Returns the description of a subnet for the reference implementation. */
const described = (subnet: Subnet) => {
  const each = (what: string) =>
    Array.from({ length: Number(subnet.depth) }, (_, block) => subnet[`blocks.${block}.${what}`]);
  const { width = SIZES.width[0], depth } = subnet;
  return { imageSize: sideOf(subnet), width, depth, heads: each("heads"), ratio: each("ratio") };
};

/** Returns the logits and the gradients of all parameters that have one, by name. */
function differentiated(network: SpaceClassifier, images: Tensor): Map<string, Tensor> {
  const logits = network.forward(images);
  nn.crossEntropy(logits, labels).backward();
  const results = new Map([["logits", logits.detach()]]);
  for (const [name, parameter] of network.namedParameters()) {
    if (parameter.grad) results.set(name, parameter.grad);
    parameter.grad = undefined;
  }
  return results;
}

/** Fails if two tensors differ by more than rounding. */
function assertClose(actual: Tensor, expected: Tensor, what: string): void {
  assert.deepEqual(actual.shape, expected.shape, what);
  const error = actual.sub(expected).abs().max().item();
  const size = Math.max(1, expected.abs().max().item());
  assert.ok(error < 1e-5 * size, `${what} differs by ${error}, with values up to ${size}`);
}

interface Case {
  readonly what: string;
  readonly change?: Partial<AutoFormerSizes>;
  readonly imageSizes?: readonly number[];
  readonly count: number;
}

const CASES: readonly Case[] = [
  { what: "the supernet's slices", count: 6 },
  { what: "without output scale", change: { outputScale: false }, count: 2 },
  // 16 patches per side: distances of 15 are clamped to 14.
  { what: "a grid larger than the maximum distance", change: { patch: 2, depth: [1, 2] }, count: 2 },
  { what: "several image sizes", imageSizes: [16, 24, 32], count: 6 },
  { what: "several image sizes and one width", change: { width: [24] }, imageSizes: [32, 8], count: 3 },
];

for (const { what, change, imageSizes, count } of CASES) {
  test(`logits and gradients equal those of the reference implementation: ${what}`, {
    skip: withoutTorch,
  }, () => {
    tidy(() => {
      manualSeed(3);
      const sizes = { ...SIZES, ...change };
      const fixed = autoFormerTiny(sizes);
      const space = imageSizes ? withImageSizes(fixed, { decision: "size", sizes: imageSizes }) : fixed;
      const supernet = new SpaceClassifier(space, CLASSES);
      randomize(supernet);
      const images = new Map(
        (imageSizes ?? [sizes.imageSize]).map((side) => [side, randn([3, 3, side, side])] as const),
      );
      const subnets = Array.from({ length: count }, (_, i) => sampleSubnet(space, Random.of("reference", i)));
      assert.equal(new Set(subnets.map(sideOf)).size, images.size);
      const [source, target] = [join(folder, "in.pth"), join(folder, "out.pth")];
      const named = Array.from(images, ([side, batch]) => [`images.${side}`, batch] as const);
      savePth(source, new Map([...supernet.stateDict(), ...named, ["labels", labels]]));
      const settings = {
        patch: sizes.patch,
        outputScale: sizes.outputScale,
        heads: Math.max(...sizes.heads),
        ratio: Math.max(...sizes.ratio),
        subnets: subnets.map(described),
      };
      const run = spawnSync(PYTHON, [script, source, target, JSON.stringify(settings)], { encoding: "utf8" });
      assert.equal(run.status, 0, run.stderr);
      const { tensors: reference } = loadTensors(target);
      for (const [i, subnet] of subnets.entries()) {
        supernet.activate(subnet);
        const own = differentiated(supernet, images.get(sideOf(subnet))!);
        const expected = [...reference].filter(([name]) => name.startsWith(`${i}.`));
        assert.deepEqual([...own.keys()].sort(), expected.map(([name]) => name.slice(2)).sort());
        for (const [name, wanted] of expected) assertClose(own.get(name.slice(2))!, wanted, `${i}: ${name}`);

        const standalone = new SpaceClassifier(space, CLASSES, subnet);
        standalone.loadStateDict(activeStateDict(supernet));
        const gradients = differentiated(standalone, images.get(sideOf(subnet))!);
        assert.deepEqual(gradients.get("logits")!.toArray(), own.get("logits")!.toArray());
      }
    });
  });
}

test("gradients of a stand-alone subnet are slices of the supernet's, which are 0 elsewhere", () => {
  tidy(() => {
    manualSeed(4);
    const space = autoFormerTiny(SIZES);
    const supernet = new SpaceClassifier(space, CLASSES);
    randomize(supernet);
    const subnet = sampleSubnet(space, Random.of("gradients", 1));
    const images = randn([3, 3, 32, 32]);
    supernet.activate(subnet);
    const standalone = new SpaceClassifier(space, CLASSES, subnet);
    standalone.loadStateDict(activeStateDict(supernet));
    const shared = differentiated(supernet, images);
    const own = differentiated(standalone, images);
    for (const [name, gradient] of own) {
      const inSupernet = shared.get(name) ?? shared.get(name.replace(/(blocks\.\d+)\./, "$1.layer."))!;
      const slice = gradient.shape.reduce((view, size, axis) => view.narrow(axis, 0, size), inSupernet);
      assertClose(slice, gradient, name);
      const [all, active] = [inSupernet, gradient].map((one) => one.abs().sum().item()) as [number, number];
      assert.ok(Math.abs(all - active) <= 1e-4 * Math.max(1, active), `${name}: ${all} instead of ${active}`);
    }
  });
});

test("initializes weights with standard deviation 0.02, biases with 0 and norm weights with 1", () => {
  manualSeed(0);
  const network = new SpaceClassifier(autoFormerTiny({ imageSize: 64, depth: [1, 2] }), 50);
  for (const [name, parameter] of network.namedParameters()) {
    const deviation = parameter.numel > 1 ? parameter.std().item() : 0;
    const isNorm = /(^norm|body\.0)\./.test(name);
    if (name.includes("patch_embed")) continue;
    if (name.endsWith("bias")) assert.equal(parameter.abs().max().item(), 0, name);
    else if (isNorm) assert.deepEqual([parameter.mean().item(), deviation], [1, 0], name);
    else assert.ok(Math.abs(deviation - 0.02) < 0.002, `${name}: ${deviation}`);
  }
});

test("rejects images of another size", () => {
  const fixed = autoFormerTiny(SIZES);
  const network = new SpaceClassifier(fixed, CLASSES);
  assert.throws(() => network.forward(randn([1, 3, 64, 64])), /64x64 do not fit.*32x32.*imageSize$/);
  const space = withImageSizes(fixed, { decision: "size", sizes: [24, 32] });
  const supernet = new SpaceClassifier(space, CLASSES);
  supernet.activate({ ...firstSubnet(space), size: 24 });
  assert.throws(() => supernet.forward(randn([1, 3, 32, 32])), /32x32 do not fit.*24x24/);
});

test("rejects the use of a backbone without maps and says how to fix it", () => {
  const { backbone } = new SpaceClassifier(autoFormerTiny(SIZES), CLASSES);
  const line = /UserError: space autoformer-tiny has no feature maps.*: use a space with feature maps/;
  assert.throws(() => backbone.outChannels, line);
  assert.throws(() => backbone.strides, line);
  assert.throws(() => backbone.forward(randn([1, 3, 32, 32])), line);
});
