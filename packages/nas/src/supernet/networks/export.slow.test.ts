/** Modules and exported graphs have the same source, so ONNX Runtime must compute the same as libtorch. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Random } from "@supernet/base";
import { fromTypedArray, manualSeed, nn, noGrad, randn, type Tensor } from "@supernet/torch";
import fc from "fast-check";
import { InferenceSession, Tensor as OnnxTensor } from "onnxruntime-node";
import { estimateLayer } from "../../cost/estimate.js";
import { createEstimator } from "../../cost/estimator.js";
import {
  avgPool2d,
  conv2d,
  groupNorm,
  hardsigmoid,
  hardswish,
  maxPool2d,
  namedSequential,
  sigmoid,
  silu,
  squeezeExcitation,
} from "../../layer/layer.js";
import { withImageSizes } from "../../network/image-sizes.js";
import type { NetworkSpace } from "../../network/network-space.js";
import {
  encodeModel,
  exportBackbone,
  exportClassifier,
  exportStandaloneLayer,
  type OnnxModel,
} from "../../onnx/index.js";
import { extremeSubnets } from "../../space/extremes.js";
import { sampleSubnet } from "../../space/sample.js";
import { firstSubnet, type Subnet } from "../../space/space.js";
import { autoFormerTiny } from "../../spaces/autoformer.js";
import { scramble } from "../../testing/networks.js";
import { listedSpaces } from "../../testing/spaces.js";
import { buildLayer } from "../build/build-layer.js";
import { fixedChannels } from "../build/candidates.js";
import { traceCost } from "../trace/trace.js";
import { SpaceBackbone } from "./backbone.js";
import { SpaceClassifier } from "./classifier.js";

const CLASSES = 7;
const TOLERANCE = 1e-5;

async function open(model: OnnxModel): Promise<InferenceSession> {
  return InferenceSession.create(encodeModel(model), { intraOpNumThreads: 1 });
}

async function run(session: InferenceSession, input: Tensor): Promise<Tensor[]> {
  const data = input.toTypedArray() as Float32Array;
  const outputs = await session.run({
    [session.inputNames[0]!]: new OnnxTensor("float32", data, [...input.shape]),
  });
  return session.outputNames.map((name) => {
    const { data: numbers, dims } = outputs[name]!;
    return fromTypedArray(numbers as Float32Array, dims);
  });
}

/** Checks the largest difference, relative to the largest value if that is above 1. */
function assertNear(found: Tensor, expected: Tensor, what: string): void {
  assert.deepEqual(found.shape, expected.shape, what);
  const off = found.sub(expected).abs().max().item() / Math.max(1, expected.abs().max().item());
  assert.ok(off < TOLERANCE, `${what}: off by ${off}`);
}

const imageOf = ({ imageSize = 64 }: NetworkSpace) => [3, imageSize, imageSize] as const;

async function checkClassifier(space: NetworkSpace, subnet: Subnet, input = imageOf(space)): Promise<void> {
  const network = new SpaceClassifier(space, CLASSES, subnet);
  scramble(network);
  const session = await open(exportClassifier({ space, subnet, input, weights: network.stateDict() }));
  assert.deepEqual([session.inputNames, session.outputNames], [["images"], ["logits"]]);
  for (const batch of [1, 3]) {
    const images = randn([batch, ...input]);
    const [logits] = await run(session, images);
    assertNear(
      logits!,
      noGrad(() => network.forward(images)),
      `${JSON.stringify(subnet)}, ${batch} images`,
    );
  }
  await session.release();
}

async function checkBackbone(space: NetworkSpace, subnet: Subnet): Promise<void> {
  const network = new SpaceBackbone(space, subnet);
  scramble(network);
  const input = [3, 64, 96];
  const session = await open(exportBackbone({ space, subnet, input, weights: network.stateDict() }));
  assert.deepEqual(
    session.outputNames,
    network.strides.map((stride) => `stride_${stride}`),
  );
  const images = randn([2, ...input]);
  const maps = await run(session, images);
  const expected = noGrad(() => network.forward(images));
  for (const [i, map] of maps.entries()) assertNear(map, expected[i]!, `map ${i}`);
  await session.release();
}

for (const space of listedSpaces()) {
  describe(`exported subnet of ${space.name}`, () => {
    const { measure } = createEstimator("", space.backbone, imageOf(space));
    const { smallest, largest } = extremeSubnets(space, (subnet) => measure(subnet).flops);

    it("computes the logits of the module", async () => {
      manualSeed(1);
      await checkClassifier(space, smallest);
      await checkClassifier(space, largest);
      await fc.assert(
        fc.asyncProperty(fc.nat(), (seed) => checkClassifier(space, sampleSubnet(space, Random.of(seed)))),
        { numRuns: 3, seed: 1 },
      );
    });

    it("computes the feature maps of the module", {
      skip: space.maps.length === 0 && "the space has no feature maps",
    }, async () => {
      manualSeed(2);
      for (const subnet of [smallest, largest, sampleSubnet(space, Random.of("export"))]) {
        await checkBackbone(space, subnet);
      }
    });
  });
}

it("exports a transformer for the subnet's own image size", async () => {
  manualSeed(1);
  const sizes = [24, 32];
  const fixed = autoFormerTiny({ imageSize: 32, patch: 8, depth: [1] });
  const space = withImageSizes(fixed, { decision: "size", sizes });
  for (const size of sizes) await checkClassifier(space, { ...firstSubnet(space), size }, [3, size, size]);
});

describe("exported layer", () => {
  it("computes attention like the module for any grid, distance and head width", async () => {
    manualSeed(3);
    const sizes = fc.record({
      heads: fc.integer({ min: 1, max: 3 }),
      headWidth: fc.integer({ min: 1, max: 9 }),
      grid: fc.integer({ min: 1, max: 5 }),
      distance: fc.integer({ min: 1, max: 6 }),
      scale: fc.double({ min: 0.5, max: 2, noNaN: true }),
      width: fc.integer({ min: 1, max: 8 }),
    });
    await fc.assert(
      fc.asyncProperty(sizes, async ({ width, ...layer }) => {
        const attention = { kind: "attention", ...layer } as const;
        const { module } = buildLayer("", [attention], fixedChannels(width));
        scramble(module);
        const tokens = layer.grid ** 2 + 1;
        const session = await open(exportStandaloneLayer(attention, [tokens, width], module.stateDict()));
        // In modules, sequences are [tokens, samples, width].
        const sequence = randn([2, tokens, width]);
        const expected = noGrad(() => module.forward(sequence.transpose(0, 1).contiguous()).transpose(0, 1));
        const [output] = await run(session, sequence);
        assertNear(output!, expected.contiguous(), JSON.stringify(layer));
        await session.release();
      }),
      { numRuns: 25, seed: 2 },
    );
  });

  it("normalizes groups of channels", async () => {
    manualSeed(5);
    const layer = namedSequential({ conv: conv2d(24, 3), gn: groupNorm() });
    const { module } = buildLayer("", [layer], fixedChannels(3));
    scramble(module);
    const session = await open(exportStandaloneLayer(layer, [3, 6, 5], module.stateDict()));
    const map = randn([2, 3, 6, 5]);
    const [output] = await run(session, map);
    assertNear(
      output!,
      noGrad(() => module.forward(map)),
      "group-norm",
    );
    await session.release();
  });

  for (const [name, layer] of Object.entries({
    silu: silu(),
    hardswish: hardswish(),
    sigmoid: sigmoid(),
    hardsigmoid: hardsigmoid(),
    "max-pool": maxPool2d(3, { stride: 2 }),
    "max-pool without padding": maxPool2d(2, { stride: 2, padding: 0 }),
    "avg-pool": avgPool2d(3),
    "avg-pool with stride": avgPool2d(5, { stride: 2, padding: 1 }),
    "squeeze-excitation": squeezeExcitation(3),
    "squeeze-excitation of MobileNetV3": squeezeExcitation(8, { gate: "hardsigmoid" }),
    "squeeze-excitation of EfficientNet": squeezeExcitation(2, { activation: "silu" }),
  })) {
    it(`computes and costs the same as its module: ${name}`, async () => {
      manualSeed(6);
      const shape = [6, 9, 7];
      const { module } = buildLayer("", [layer], fixedChannels(6));
      const session = await open(exportStandaloneLayer(layer, shape, module.stateDict()));
      const map = randn([2, ...shape]).mul(4);
      const expected = noGrad(() => module.forward(map));
      assertNear((await run(session, map))[0]!, expected, name);
      await session.release();
      const { output, cost } = estimateLayer(layer, "", shape);
      assert.deepEqual([2, ...output], [...expected.shape]);
      const traced = traceCost("", new nn.Sequential(module), () =>
        noGrad(() => void module.forward(randn([1, ...shape]))),
      );
      for (const resource of ["params", "macs", "flops", "operations", "activations"] as const)
        assert.equal(cost[resource], traced[resource], resource);
    });
  }

  it("returns the input for an identity layer", async () => {
    const session = await open(exportStandaloneLayer({ kind: "identity" }, [3, 2, 2], new Map()));
    const map = randn([2, 3, 2, 2]);
    assertNear((await run(session, map))[0]!, map, "identity");
    await session.release();
  });

  it("is rejected without its weights", () => {
    const space = autoFormerTiny({ imageSize: 32, depth: [1] });
    const subnet = sampleSubnet(space, Random.of(1));
    const network = new SpaceClassifier(space, CLASSES, subnet);
    const weights = new Map([...network.stateDict()].filter(([name]) => !name.includes("rel_pos")));
    assert.throws(
      () => exportClassifier({ space, subnet, input: [3, 32, 32], weights }),
      /the weights do not contain backbone\..*rel_pos_embed/,
    );
    assert.throws(
      () => exportClassifier({ space, subnet, input: [3, 48, 48], weights }),
      /48x48 does not fit/,
    );
  });
});
