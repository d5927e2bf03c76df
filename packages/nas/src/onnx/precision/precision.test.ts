import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import { UserError } from "@supernet/base";
import fc from "fast-check";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { encodeModel } from "../encode.js";
import type { Attribute, OnnxModel, OnnxNode } from "../model.js";
import { foldBatchNorms } from "./fold-batch-norms.js";
import { halfBits, halfPrecision } from "./half.js";
import { quantization, type Range } from "./quantize.js";

let seed = 1;
/** Returns a number from -1 to 1. */
function noise(): number {
  seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
  return (seed >>> 8) / 2 ** 23 - 1;
}
const random = (...shape: readonly number[]) => ({
  shape,
  data: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, noise),
});
const node = (
  type: string,
  inputs: readonly string[],
  output: string,
  attributes: Readonly<Record<string, Attribute>> = {},
): OnnxNode => ({ type, inputs, outputs: [output], attributes });
const conv3 = { kernel_shape: { ints: [3, 3] }, pads: { ints: [1, 1, 1, 1] } };

/** A network with everything that is quantized: a residual, a shuffle, a pyramid and a head. */
const network: OnnxModel = {
  name: "small",
  inputs: [{ name: "images", type: "float32", shape: [3, 16, 16] }],
  outputs: [{ name: "logits", type: "float32", shape: [5] }],
  nodes: [
    node("Mul", ["images", "two"], "normalized"),
    node("Conv", ["normalized", "w1"], "c1", conv3),
    node("BatchNormalization", ["c1", "gamma", "beta", "mean", "variance"], "n1", {
      epsilon: { float: 1e-5 },
    }),
    node("Relu", ["n1"], "r1"),
    node("Conv", ["r1", "w2", "b2"], "c2", { ...conv3, group: { int: 8 } }),
    node("Clip", ["c2", "zero", "six"], "r2"),
    node("Conv", ["r2", "w3"], "c3", conv3),
    node("Add", ["r1", "c3"], "sum"),
    node("Relu", ["sum"], "r3"),
    node("Gather", ["r3", "order"], "g", { axis: { int: 1 } }),
    node("MaxPool", ["g"], "small", { kernel_shape: { ints: [2, 2] }, strides: { ints: [2, 2] } }),
    node("Resize", ["small", "", "double"], "large", {
      mode: { text: "nearest" },
      coordinate_transformation_mode: { text: "asymmetric" },
      nearest_mode: { text: "floor" },
    }),
    node("Concat", ["large", "r3"], "joined", { axis: { int: 1 } }),
    node("Conv", ["joined", "w4"], "c4", conv3),
    node("GlobalAveragePool", ["c4"], "pooled"),
    node("Flatten", ["pooled"], "flat", { axis: { int: 1 } }),
    node("Gemm", ["flat", "w5", "b5"], "f5", { transB: { int: 1 } }),
    node("Relu", ["f5"], "r5"),
    node("MatMul", ["r5", "w6"], "f6"),
    node("Relu", ["f6"], "r6"),
    node("Gemm", ["r6", "w7"], "logits", { transB: { int: 1 } }),
  ],
  constants: [
    { name: "two", shape: [], data: Float32Array.of(2) },
    { name: "w1", ...random(8, 3, 3, 3) },
    { name: "gamma", ...random(8) },
    { name: "beta", ...random(8) },
    { name: "mean", ...random(8) },
    { name: "variance", shape: [8], data: random(8).data.map((value) => 1 + value ** 2) },
    { name: "w2", ...random(8, 1, 3, 3) },
    { name: "b2", ...random(8) },
    { name: "zero", shape: [], data: Float32Array.of(0) },
    { name: "six", shape: [], data: Float32Array.of(6) },
    { name: "w3", ...random(8, 8, 3, 3) },
    { name: "order", shape: [8], data: BigInt64Array.of(0n, 2n, 4n, 6n, 1n, 3n, 5n, 7n) },
    { name: "double", shape: [4], data: Float32Array.of(1, 1, 2, 2) },
    { name: "w4", ...random(12, 16, 3, 3) },
    { name: "w5", ...random(10, 12) },
    { name: "b5", ...random(10) },
    { name: "w6", ...random(10, 9) },
    { name: "w7", ...random(5, 9) },
  ],
  metadata: { own: "kept" },
};
const batch = 6;
const images = random(batch, 3, 16, 16);

async function run(model: OnnxModel, options: InferenceSession.SessionOptions = {}) {
  const session = await InferenceSession.create(encodeModel(model), { logSeverityLevel: 4, ...options });
  const outputs = await session.run({ images: new Tensor("float32", images.data, images.shape) });
  await session.release();
  return Object.fromEntries(
    Object.entries(outputs).map(([name, { data }]) => [name, Array.from(data as Float32Array)]),
  );
}

/** Returns the largest difference, relative to the largest value. */
async function difference(model: OnnxModel, options?: InferenceSession.SessionOptions): Promise<number> {
  const [own, expected] = [(await run(model, options)).logits!, (await run(network)).logits!];
  assert.equal(own.length, expected.length);
  const off = own.map((value, i) => Math.abs(value - expected[i]!));
  return Math.max(...off) / Math.max(...expected.map(Math.abs));
}

async function quantize(model: OnnxModel): Promise<OnnxModel> {
  const { maps, observed, quantized } = quantization(model);
  const outputs = await run(observed);
  const ranges = maps.map((map): [string, Range] => [
    map,
    { min: outputs[`${map}:min`]![0]!, max: outputs[`${map}:max`]![0]! },
  ]);
  return quantized(new Map(ranges));
}

const bytes = (model: OnnxModel) => encodeModel(model).length;

describe("foldBatchNorms", () => {
  it("changes only rounding, and keeps the names of outputs", async () => {
    const folded = foldBatchNorms(network);
    assert.ok(!folded.nodes.some(({ type }) => type === "BatchNormalization"));
    assert.ok((await difference(folded)) < 1e-5);
  });

  it("keeps a batch-norm whose convolution has another reader", () => {
    const outputs = [...network.outputs, { name: "c1", type: "float32", shape: [8, 16, 16] }] as const;
    const folded = foldBatchNorms({ ...network, outputs });
    assert.ok(folded.nodes.some(({ type }) => type === "BatchNormalization"));
  });
});

describe("quantization", () => {
  it("is close to float32, with and without a runtime's integer operators", async () => {
    const model = await quantize(network);
    // Without optimizations, the pairs of operators run one by one.
    const [fused, plain] = [
      await difference(model),
      await difference(model, { graphOptimizationLevel: "disabled" }),
    ];
    assert.ok(plain > 1e-4, `nothing is rounded: ${plain}`);
    assert.ok(plain < 0.03, String(plain));
    assert.ok(fused < 0.03, String(fused));
    assert.equal(model.metadata, network.metadata);
  });

  it("rounds all maps but the normalized image's source and the last layer's output", async () => {
    const { maps } = quantization(network);
    assert.deepEqual(maps, ["normalized", "r1", "r2", "c3", "r3", "joined", "c4", "pooled", "r5", "r6"]);
    const model = await quantize(network);
    const weighted = model.nodes.filter(({ type }) => ["Conv", "Gemm", "MatMul"].includes(type));
    const float = weighted.filter(({ inputs }) =>
      inputs.some((name) => model.constants.some((c) => c.name === name)),
    );
    assert.deepEqual(
      float.map(({ outputs }) => outputs[0]),
      ["logits"],
    );
    assert.ok(model.constants.every(({ name }) => !["w1", "w2", "w3", "w4", "w5", "w6"].includes(name)));
  });

  it("makes the integer operators of ONNX Runtime possible for every convolution", async () => {
    // The names of the optimized graph's operators are in its file.
    const folder = mkdtempSync(join(tmpdir(), "quantized-"));
    try {
      const optimizedModelFilePath = `${folder}/optimized.onnx`;
      const content = encodeModel(await quantize(network));
      const session = await InferenceSession.create(content, { optimizedModelFilePath, logSeverityLevel: 4 });
      await session.release();
      const text = readFileSync(optimizedModelFilePath, "latin1");
      const count = (type: string) => text.split(`"${String.fromCharCode(type.length)}${type}`).length - 1;
      assert.deepEqual([count("QLinearConv"), count("Conv")], [4, 0]);
      assert.deepEqual([count("QGemm"), count("QLinearConcat"), count("QLinearAdd")], [1, 1, 1]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it("stores weights that several operators share once", async () => {
    const [first, ...rest] = network.nodes;
    const conv = node("Conv", ["r2", "w3"], "other", conv3);
    const shared = {
      ...network,
      nodes: [first!, ...rest].flatMap((own) =>
        own.outputs[0] === "c3" ? [own, conv, node("Add", ["c3", "other"], "both")] : [own],
      ),
    };
    const model = await quantize({
      ...shared,
      nodes: shared.nodes.map((own) => (own.outputs[0] === "sum" ? { ...own, inputs: ["r1", "both"] } : own)),
    });
    assert.equal(model.constants.filter(({ shape }) => shape.join() === "8,8,3,3").length, 1);
  });

  it("fits biases of channels without weights", async () => {
    const constants = network.constants.map((constant) =>
      constant.name === "w2" ? { ...constant, data: new Float32Array(72) } : constant,
    );
    const zeros = { ...network, constants };
    const [own, expected] = [(await run(await quantize(zeros))).logits!, (await run(zeros)).logits!];
    const largest = Math.max(...expected.map(Math.abs));
    for (const [i, value] of own.entries()) assert.ok(Math.abs(value - expected[i]!) < 0.03 * largest);
  });

  it("quantizes convolutions around a group norm, which stays float32, but not the last one", () => {
    const constants = [
      ...network.constants.filter(({ name }) => ["w1", "w2", "b2", "w3"].includes(name)),
      { name: "groups", shape: [3], data: BigInt64Array.of(0n, 2n, -1n) },
      { name: "map", shape: [4], data: BigInt64Array.of(0n, 8n, 16n, 16n) },
      { name: "ones", shape: [2], data: Float32Array.of(1, 1) },
      { name: "zeros", shape: [2], data: new Float32Array(2) },
      { name: "weight", ...random(8, 1, 1) },
    ];
    const nodes = [
      node("Conv", ["images", "w1"], "a", conv3),
      node("Reshape", ["a", "groups"], "b"),
      node("InstanceNormalization", ["b", "ones", "zeros"], "c"),
      node("Reshape", ["c", "map"], "d"),
      node("Mul", ["d", "weight"], "e"),
      node("Add", ["e", "weight"], "f"),
      node("Relu", ["f"], "g"),
      node("Conv", ["g", "w3"], "h", conv3),
      node("Reshape", ["h", "groups"], "i"),
    ];
    const outputs = [{ name: "i", type: "float32", shape: [2, 1024] }] as const;
    const { maps, quantized } = quantization({ ...network, nodes, constants, outputs });
    assert.deepEqual(maps, ["images", "a"]);
    const model = quantized(new Map(maps.map((map) => [map, { min: -1, max: 1 }])));
    const weights = model.nodes.filter(({ type }) => type === "Conv").map(({ inputs }) => inputs[1]);
    assert.deepEqual(weights, ["w1:rounded", "w3"]);
  });

  it("refuses a network without layers in a row, and a missing range", () => {
    const single = { ...network, nodes: network.nodes.slice(0, 2), outputs: [] };
    assert.throws(
      () => quantization(single),
      (error) => error instanceof UserError && /it has no two convolutions/.test(error.message),
    );
    assert.throws(() => quantization(network).quantized(new Map()), /range of normalized is missing/);
  });
});

describe("halfPrecision", () => {
  it("is close to float32, and half as large", async () => {
    const model = halfPrecision(network);
    const off = await difference(model);
    assert.ok(off > 1e-6 && off < 3e-3, String(off));
    const floats = (constants: OnnxModel["constants"]) =>
      constants.reduce((sum, { data }) => sum + (data instanceof Float32Array ? data.length : 0), 0);
    assert.ok(floats(model.constants) < 10);
    assert.ok(bytes(model) < bytes(network));
  });

  it("rounds to the nearest float16, ties to even", () => {
    const known: readonly (readonly [number, number])[] = [
      [0, 0],
      [-0, 0x8000],
      [1, 0x3c00],
      [-2, 0xc000],
      [65504, 0x7bff],
      [65519, 0x7bff],
      [65520, 0x7c00],
      [2 ** -24, 1],
      [2 ** -25, 0],
      [1.5 * 2 ** -24, 2],
      [2 ** -14, 0x0400],
      [2 ** -14 - 2 ** -25, 0x0400],
      [1 + 2 ** -11, 0x3c00],
      [1 + 3 * 2 ** -11, 0x3c02],
    ];
    for (const [value, bits] of known) assert.equal(halfBits(value), bits, String(value));
    const decode = (bits: number) => {
      const [sign, exponent, fraction] = [bits & 0x8000 ? -1 : 1, (bits >> 10) & 31, bits & 1023];
      return sign * (exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15));
    };
    fc.assert(
      fc.property(fc.float({ min: -65504, max: 65504, noNaN: true }), (value) => {
        const bits = halfBits(value);
        const off = Math.abs(decode(bits) - value);
        for (const other of [bits - 1, bits + 1])
          if ((other & 0x7fff) < 0x7c00 && other >= 0) assert.ok(off <= Math.abs(decode(other) - value));
      }),
    );
  });

  it("refuses weights that do not fit", () => {
    const constants = network.constants.map((constant) =>
      constant.name === "b2" ? { ...constant, data: new Float32Array(8).fill(1e5) } : constant,
    );
    assert.throws(() => halfPrecision({ ...network, constants }), /b2 has values above 65504/);
  });
});
