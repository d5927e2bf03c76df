import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { encodeModel, type OnnxModel } from "@supernet/nas/onnx";
import { openEncodedImage } from "@supernet/vision";
import { writePictures } from "../testing/predict.js";
import { says } from "../testing/recipes.js";
import { openPredictor } from "./open-predictor.js";

const folder = mkdtempSync(join(tmpdir(), "open-exported-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const metadata = {
  classes: '["cat","dog"]',
  resize: '{"short":50,"long":100,"padTo":32,"interpolation":"bilinear"}',
  padding: "[10,20,30]",
};
type Detection = readonly [label: number, score: number, ...box: number[]];

/** Creates a detector that always returns these detections, and 0 to 2 of them if `count` is given. */
function detector(
  found: readonly Detection[],
  changes: Partial<OnnxModel> = {},
  count = found.length,
): OnnxModel {
  const places = Math.max(1, found.length);
  const constants = {
    boxes: { shape: [1, places, 4], data: Float32Array.from(found.flatMap(([, , ...box]) => box)) },
    scores: { shape: [1, places], data: Float32Array.from(found, ([, score]) => score) },
    labels: { shape: [1, places], data: BigInt64Array.from(found, ([label]) => BigInt(label)) },
    counts: { shape: [1], data: BigInt64Array.of(BigInt(count)) },
  };
  const names = Object.entries(constants);
  return {
    name: "fixed",
    inputs: [{ name: "images", type: "float32", shape: [3, "height", "width"] }],
    outputs: names.map(([name, { shape, data }]) => ({
      name,
      type: data instanceof Float32Array ? "float32" : "int64",
      shape: shape.slice(1),
    })),
    nodes: names.map(([name]) => ({
      type: "Identity",
      inputs: [`${name}_0`],
      outputs: [name],
      attributes: {},
    })),
    constants: names.map(([name, constant]) => ({ name: `${name}_0`, ...constant })),
    metadata,
    ...changes,
  };
}

function written(name: string, content: OnnxModel | Uint8Array | string): string {
  const path = join(folder, name);
  const isModel = typeof content === "object" && !(content instanceof Uint8Array);
  writeFileSync(path, isModel ? encodeModel(content) : content);
  return path;
}

let picture: string;
before(async () => {
  [picture] = (await writePictures(folder, [[200, 100]])) as [string];
});

describe("an exported detector", () => {
  it("returns boxes in pixels of the image, without what is in the padding", async () => {
    // The image is resized to 100 x 50 and padded to 128 x 64.
    const path = written(
      "fixed.onnx",
      detector([
        [1, 0.9, 10, 20, 30, 25],
        [0, 0.8, 90, 40, 128, 64],
        [0, 0.7, 101, 0, 128, 64],
      ]),
    );
    using predictor = await openPredictor({ model: path });
    assert.deepEqual(predictor.classes, ["cat", "dog"]);
    const { width, height, found } = await predictor.predict(picture);
    assert.deepEqual([width, height], [200, 100]);
    assert.deepEqual(
      found.map(({ class: name, label, box }) => [name, label, box]),
      [
        ["dog", 1, [20, 40, 40, 10]],
        ["cat", 0, [180, 80, 20, 20]],
      ],
    );
  });

  it("is not padded if its metadata has no padTo", async () => {
    const resize = '{"short":50,"long":100,"interpolation":"bilinear"}';
    const base = detector([[0, 0.5, 0, 0, 1, 1]], { metadata: { ...metadata, resize } });
    // The box is from a quarter to a half of the input's width and height.
    const path = written("size.onnx", {
      ...base,
      nodes: [
        { type: "Shape", inputs: ["images"], outputs: ["shape"], attributes: {} },
        { type: "Gather", inputs: ["shape", "order"], outputs: ["sizes"], attributes: {} },
        { type: "Cast", inputs: ["sizes"], outputs: ["floats"], attributes: { to: { int: 1 } } },
        { type: "Mul", inputs: ["floats", "scale"], outputs: ["boxes"], attributes: {} },
        ...base.nodes.filter(({ outputs }) => outputs[0] !== "boxes"),
      ],
      constants: [
        ...base.constants.filter(({ name }) => name !== "boxes_0"),
        { name: "order", shape: [1, 1, 4], data: BigInt64Array.of(3n, 2n, 3n, 2n) },
        { name: "scale", shape: [4], data: Float32Array.of(0.25, 0.25, 0.5, 0.5) },
      ],
    });
    using predictor = await openPredictor({ model: path });
    const { found } = await predictor.predict(picture);
    assert.deepEqual(found[0]!.box, [50, 25, 50, 25]);
  });

  it("gets red, green and blue from 0 to 255, and the padding color beside the image", async () => {
    // The corners of a box are values of a channel: two in the image, one at its right, and one below it.
    const places = [0n, 1n, 2n].flatMap((channel) =>
      [
        [0n, 0n],
        [49n, 99n],
        [0n, 127n],
        [63n, 0n],
      ].flatMap(([y, x]) => [0n, channel, y!, x!]),
    );
    const base = detector([0, 1, 0].map((label) => [label, 0.5, 0, 0, 1, 1]));
    const path = written("pixels.onnx", {
      ...base,
      inputs: [...base.inputs, { name: "sizes", type: "int64", shape: [2] }],
      nodes: [
        { type: "GatherND", inputs: ["images", "places"], outputs: ["pixels"], attributes: {} },
        { type: "Unsqueeze", inputs: ["pixels", "first"], outputs: ["boxes"], attributes: {} },
        ...base.nodes.filter(({ outputs }) => outputs[0] !== "boxes"),
      ],
      constants: [
        ...base.constants.filter(({ name }) => name !== "boxes_0"),
        { name: "places", shape: [3, 4, 4], data: BigInt64Array.from(places) },
        { name: "first", shape: [1], data: BigInt64Array.of(0n) },
      ],
    });
    using predictor = await openPredictor({ model: path });
    const { found } = await predictor.predict(picture);
    const image = await openEncodedImage(picture);
    const { data } = await image.decodeResized({ width: 100, height: 50, interpolation: "bilinear" });
    for (const [channel, { box }] of found.entries()) {
      const [x, y, width, height] = box!.map((value) => value / 2) as [number, number, number, number];
      const padding = [10, 20, 30][channel]!;
      const expected = [data[channel]!, data[data.length - 3 + channel]!, padding, padding];
      assert.deepEqual([x, y, x + width, y + height], expected);
    }
  });
});

describe("a model that cannot predict", () => {
  const refused = (path: string, ...parts: string[]) =>
    assert.rejects(openPredictor({ model: path }), says(...parts));
  const whole = encodeModel(detector([[0, 0.5, 0, 0, 1, 1]]));

  it("is missing, is something else, or is cut", async () => {
    await refused(join(folder, "none.onnx"), "cannot read", "none.onnx: it does not exist");
    await refused(folder, "cannot read", "it is a folder");
    await refused(written("empty.onnx", ""), "empty.onnx: this is not an ONNX model, or it is damaged");
    await refused(written("text.onnx", "<html>"), "text.onnx: this is not an ONNX model");
    await refused(written("cut.onnx", whole.subarray(0, whole.length >> 1)), "cut.onnx");
  });

  it("has a graph that ONNX Runtime refuses", async () => {
    const base = detector([[0, 0.5, 0, 0, 1, 1]]);
    const cyclic = base.nodes.map((node) => ({ ...node, inputs: ["counts"] }));
    await refused(
      written("cyclic.onnx", { ...base, nodes: cyclic }),
      "cyclic.onnx does not run in ONNX Runtime (",
    );
    const unknown = base.nodes.map((node) => ({ ...node, type: "Nonsense" }));
    await refused(
      written("unknown.onnx", { ...base, nodes: unknown }),
      "unknown.onnx does not run in ONNX Runtime",
    );
  });

  it("has other outputs", async () => {
    const backbone = { name: "stride_8", type: "float32", shape: [8, 4, 4] } as const;
    await refused(
      written("backbone.onnx", detector([], { outputs: [backbone] })),
      "backbone.onnx has the outputs stride_8, not those of a ",
      "detector (boxes, scores, labels, counts) or classifier (logits): export one with supernet export",
    );
  });

  it("has no metadata, or wrong metadata", async () => {
    const withMetadata = (name: string, changed: Record<string, string>) =>
      written(name, detector([[0, 0.5, 0, 0, 1, 1]], { metadata: changed }));
    await refused(
      withMetadata("foreign.onnx", { classes: metadata.classes }),
      "foreign.onnx has no metadata resize, padding: export it from a run, with supernet export --work-dir DIR",
    );
    const wrong = {
      classes: ["cat", "[]", '{"0":"cat"}', "[1]"],
      resize: ["null", '{"short":-1,"long":1,"padTo":1,"interpolation":"bilinear"}', "[]", '{"short":1e9}'],
      padding: ["[1,2]", "[1,2,3000]", '["1","2","3"]'],
    };
    for (const [key, values] of Object.entries(wrong)) {
      for (const value of values) {
        const path = withMetadata("wrong.onnx", { ...metadata, [key]: value });
        await refused(path, `wrong.onnx has wrong metadata: ${key}`, ": export it again");
      }
    }
  });

  it("has another input", async () => {
    const input = { name: "images", type: "float32", shape: [1, 28, 28] } as const;
    await refused(
      written("gray.onnx", detector([[0, 0.5, 0, 0, 1, 1]], { inputs: [input] })),
      "gray.onnx has no input images, [batch, 3, height, width]",
    );
  });

  it("returns what its metadata does not allow", async () => {
    const models = {
      label: detector([[2, 0.5, 0, 0, 1, 1]]),
      negative: detector([[-1, 0.5, 0, 0, 1, 1]]),
      count: detector([[0, 0.5, 0, 0, 1, 1]], {}, 7),
      below: detector([[0, 0.5, 0, 0, 1, 1]], {}, -7),
    };
    for (const [name, model] of Object.entries(models)) {
      using predictor = await openPredictor({ model: written(`${name}.onnx`, model) });
      await assert.rejects(
        predictor.predict(picture),
        says(`${name}.onnx: the model did not return detections of its 2 classes`),
      );
    }
  });

  it("asks for images that do not fit into memory", async () => {
    const resize = '{"short":32768,"long":32768,"padTo":32,"interpolation":"bilinear"}';
    using predictor = await openPredictor({
      model: written("huge.onnx", detector([[0, 0.5, 0, 0, 1, 1]], { metadata: { ...metadata, resize } })),
    });
    await assert.rejects(predictor.predict(picture), says("would be resized to 32768 x 16384 pixels"));
  });
});
