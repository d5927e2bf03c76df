import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { pathToFileURL } from "node:url";
import { UserError } from "@supernet/base";
import { encodeModel, type OnnxModel } from "@supernet/nas/onnx";
import sharp from "sharp";
import { type ImageInput, pipeline } from "./node.js";

const folder = mkdtempSync(join(tmpdir(), "pipeline-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string) => join(folder, name);

const [width, height] = [40, 20];
/** Orange, then blue, as red, green and blue bytes. */
const rgb = Uint8Array.from({ length: 3 * width * height }, (_, i) =>
  (i / 3) % width < width / 2 ? [200, 100, 0][i % 3]! : [0, 50, 250][i % 3]!,
);
const png = await sharp(rgb, { raw: { width, height, channels: 3 } })
  .png()
  .toBuffer();
writeFileSync(at("photo.png"), png);

/** Classifier whose logits are 100 times the mean of each color, from 0 to 1. */
const classifier: OnnxModel = {
  name: "means",
  inputs: [{ name: "images", type: "float32", shape: [3, 10, 10] }],
  outputs: [{ name: "logits", type: "float32", shape: [3] }],
  nodes: [
    {
      type: "ReduceMean",
      inputs: ["images"],
      outputs: ["means"],
      attributes: { axes: { ints: [2, 3] }, keepdims: { int: 0 } },
    },
    { type: "Mul", inputs: ["means", "factor"], outputs: ["logits"], attributes: {} },
  ],
  constants: [{ name: "factor", shape: [1], data: Float32Array.of(100) }],
  metadata: {
    classes: '["red","green","blue"]',
    resize: '{"evalResize":10,"interpolation":"bilinear"}',
    mean: "[0,0,0]",
    std: "[1,1,1]",
  },
};

/** Detector that finds two boxes, the first with the mean of red as its score. */
const detector: OnnxModel = {
  name: "boxes",
  inputs: [{ name: "images", type: "float32", shape: [3, "height", "width"] }],
  outputs: [
    { name: "boxes", type: "float32", shape: [2, 4] },
    { name: "scores", type: "float32", shape: [2] },
    { name: "labels", type: "int64", shape: [2] },
    { name: "counts", type: "int64", shape: [] },
  ],
  nodes: [
    {
      type: "ReduceMean",
      inputs: ["images"],
      outputs: ["means"],
      attributes: { axes: { ints: [2, 3] }, keepdims: { int: 0 } },
    },
    { type: "Gather", inputs: ["means", "firsts"], outputs: ["red"], attributes: { axis: { int: 1 } } },
    { type: "Div", inputs: ["red", "divisors"], outputs: ["scores"], attributes: {} },
    { type: "Identity", inputs: ["boxes_0"], outputs: ["boxes"], attributes: {} },
    { type: "Identity", inputs: ["labels_0"], outputs: ["labels"], attributes: {} },
    { type: "Identity", inputs: ["counts_0"], outputs: ["counts"], attributes: {} },
  ],
  constants: [
    { name: "firsts", shape: [2], data: BigInt64Array.of(0n, 0n) },
    { name: "divisors", shape: [2], data: Float32Array.of(255, 510) },
    { name: "boxes_0", shape: [1, 2, 4], data: Float32Array.of(1, 2, 5, 8, 0, 0, 20, 10) },
    { name: "labels_0", shape: [1, 2], data: BigInt64Array.of(1n, 0n) },
    { name: "counts_0", shape: [1], data: BigInt64Array.of(2n) },
  ],
  metadata: {
    classes: '["cat","dog"]',
    resize: '{"short":10,"long":20,"padTo":1,"interpolation":"bilinear"}',
    padding: "[0,0,0]",
  },
};
writeFileSync(at("classifier.onnx"), encodeModel(classifier));
writeFileSync(at("detector.onnx"), encodeModel(detector));

/** The image in all forms that Node.js has. */
const forms: Readonly<Record<string, ImageInput>> = {
  "a path": at("photo.png"),
  "the URL of a file": pathToFileURL(at("photo.png")),
  "a data URL": `data:image/png;base64,${png.toString("base64")}`,
  "a buffer": png,
  "an array buffer": new Uint8Array(png).buffer,
  "a blob": new Blob([new Uint8Array(png)]),
  "pixels without alpha": { width, height, data: rgb },
  "pixels with alpha": {
    width,
    height,
    data: Uint8ClampedArray.from({ length: 4 * width * height }, (_, i) =>
      i % 4 === 3 ? 255 : rgb[3 * (i >> 2) + (i % 4)]!,
    ),
  },
};

/** Checks the message of a UserError. */
const says =
  (...parts: readonly string[]) =>
  (error: unknown): boolean => {
    assert.ok(error instanceof UserError, String(error));
    for (const part of parts) assert.ok(error.message.includes(part), error.message);
    return true;
  };

describe("an object detector", () => {
  it("returns labels, scores and corners in pixels of the image", async () => {
    const detect = await pipeline("object-detection", at("detector.onnx"));
    assert.deepEqual(detect.classes, ["cat", "dog"]);
    const found = await detect(at("photo.png"));
    assert.deepEqual(
      found.map(({ label, box }) => [label, box]),
      [
        ["dog", { xmin: 2, ymin: 4, xmax: 10, ymax: 16 }],
        ["cat", { xmin: 0, ymin: 0, xmax: 40, ymax: 20 }],
      ],
    );
    assert.ok(Math.abs(found[0]!.score - 100 / 255) < 1e-3);
    assert.deepEqual(await detect(at("photo.png"), { threshold: 0.3 }), found.slice(0, 1));
    assert.deepEqual(await detect(at("photo.png"), { threshold: 1 }), []);
    await detect.dispose();
  });

  it("returns a list for each image of a list, in order", async () => {
    using detect = await pipeline("object-detection", readFileSync(at("detector.onnx")));
    const black = { width: 4, height: 4, data: new Uint8Array(16) };
    const [first, second, third] = await detect([black, at("photo.png"), black]);
    assert.deepEqual(second, await detect(at("photo.png")));
    assert.deepEqual(first, third);
    assert.equal(first![0]!.score, 0);
    assert.deepEqual(await detect([]), []);
  });

  it("runs calls that are made at the same time", async () => {
    using detect = await pipeline("object-detection", at("detector.onnx"));
    const results = await Promise.all([1, 2, 3].map(() => detect(at("photo.png"))));
    for (const found of results) assert.deepEqual(found, results[0]);
  });
});

describe("an image classifier", () => {
  it("returns the best classes, for an image in any form", async () => {
    using classify = await pipeline("image-classification", pathToFileURL(at("classifier.onnx")));
    for (const [form, image] of Object.entries(forms)) {
      const found = await classify(image);
      assert.deepEqual(
        found.map(({ label }) => label),
        ["blue", "red", "green"],
        form,
      );
      const powers = [125, 100, 75].map((mean) => Math.exp((100 * mean) / 255));
      const sum = powers.reduce((a, b) => a + b);
      for (const [i, { score }] of found.entries())
        assert.ok(Math.abs(score - powers[i]! / sum) < 1e-3, form);
    }
    assert.equal((await classify(png, { top_k: 2 })).length, 2);
  });

  it("reads an image and a model over HTTP", async () => {
    const server = createServer(({ url }, response) => {
      if (url === "/none") response.statusCode = 404;
      response.end(url === "/none" ? "" : readFileSync(at(url!)));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as { port: number };
    const address = (path: string) => `http://127.0.0.1:${port}/${path}`;
    try {
      using classify = await pipeline("image-classification", address("classifier.onnx"));
      assert.deepEqual(await classify(new URL(address("photo.png"))), await classify(png));
      await assert.rejects(classify(address("none")), says("/none (HTTP 404)"));
    } finally {
      server.close();
      server.closeAllConnections();
    }
  });
});

describe("a pipeline", () => {
  it("cannot be used after it is disposed, and can be disposed twice", async () => {
    const detect = await pipeline("object-detection", at("detector.onnx"));
    const last = detect(at("photo.png"));
    await detect.dispose();
    await detect.dispose();
    assert.equal((await last).length, 2);
    await assert.rejects(detect(at("photo.png")), says("detector.onnx is disposed"));
  });

  it("names what is wrong with a model", async () => {
    const open = (task: "object-detection", model: string) => pipeline(task, at(model));
    await assert.rejects(open("object-detection", "none.onnx"), says("cannot read", "none.onnx"));
    await assert.rejects(
      open("object-detection", "classifier.onnx"),
      says("has the outputs logits, not boxes", 'use pipeline("image-classification", ...)'),
    );
    await assert.rejects(open("object-detection", "photo.png"), says("photo.png: this is not an ONNX model"));
    writeFileSync(at("bare.onnx"), encodeModel({ ...detector, metadata: {} }));
    await assert.rejects(open("object-detection", "bare.onnx"), says("has no metadata classes, resize"));
    await assert.rejects(
      pipeline("depth-estimation" as never, at("detector.onnx")),
      /pipeline: task must be one/,
    );
  });

  it("names what is wrong with an image or an option", async () => {
    using detect = await pipeline("object-detection", at("detector.onnx"));
    await assert.rejects(detect(at("none.png")), says("cannot read", "none.png"));
    await assert.rejects(detect(png.subarray(0, 60)), says("the image is damaged or not an image"));
    await assert.rejects(detect({ width: 2, height: 2, data: new Uint8Array(5) }), says("has 5 values"));
    await assert.rejects(detect({ width: 2, height: 2 }), /image must be a path/);
    await assert.rejects(detect(png, { treshold: 0.5 } as never), /did you mean threshold/);
    await assert.rejects(detect(png, { threshold: 2 }), RangeError);
  });
});
