// In Chromium: the package, and the page of examples/browser.
import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { encodeModel } from "@supernet/nas/onnx";
import { build } from "esbuild";
import { type Browser, chromium, type Page } from "playwright-core";
import sharp from "sharp";
import { randomDetector } from "../../vision/dist/testing/exported-detector.js";
import { smallDetectors } from "../../vision/dist/testing/small-detectors.js";
import { type Detection, type ImageInput, type ObjectDetector, pipeline } from "./node.js";

const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const skip = existsSync(executablePath) ? false : `${executablePath} is missing`;

/** Milliseconds that the browser may take for anything, on a machine that is busy with other tests. */
const PATIENCE = 240_000;

const folder = mkdtempSync(join(tmpdir(), "browser-"));
const [model, photo] = [join(folder, "detector.onnx"), join(folder, "photo.png")];
const example = new URL("../../../examples/browser/serve.mjs", import.meta.url);

let server: Server;
let browser: Browser;
let page: Page;
let detect: ObjectDetector;
let expected: readonly Detection[];

before(async () => {
  if (skip) return;
  const exported = randomDetector(smallDetectors["faster-rcnn"], 3, 1).export({ size: "any", padded: true });
  const resize = JSON.stringify({ short: 96, long: 128, padTo: 32, interpolation: "bilinear" });
  writeFileSync(model, encodeModel({ ...exported, metadata: { ...exported.metadata, resize } }));
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="300" height="200"><rect width="300" height="200" fill="#6a3"/>
<circle cx="90" cy="110" r="60" fill="#fc2"/><rect x="180" y="40" width="80" height="110" fill="#24c"/></svg>`;
  await sharp(Buffer.from(svg)).removeAlpha().png().toFile(photo);
  detect = await pipeline("object-detection", model);
  expected = await detect(photo);
  assert.ok(expected.length > 5);
  const { serve } = (await import(String(example))) as {
    serve(model: string, port: number): Promise<Server>;
  };
  server = await serve(model, 0);
  browser = await chromium.launch({
    executablePath,
    // Root has no sandbox.
    args: ["--no-sandbox", "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"],
    timeout: PATIENCE,
  });
  page = await browser.newPage();
  page.setDefaultTimeout(PATIENCE);
  page.on("pageerror", (error) => assert.fail(error));
  await page.goto(`http://localhost:${(server.address() as AddressInfo).port}`);
  await page.getByText("Ready: finds class 0, class 1, class 2").waitFor();
});
after(async () => {
  await browser?.close();
  server?.close();
  server?.closeAllConnections();
  await detect?.dispose();
  rmSync(folder, { recursive: true, force: true });
});

/** Checks that detections are the same, in any order, up to what rounding explains. */
function assertSame(found: readonly Detection[], title: string): void {
  assert.equal(found.length, expected.length, title);
  for (const wanted of expected) {
    const isNear = ({ label, score, box }: Detection) =>
      label === wanted.label &&
      Math.abs(score - wanted.score) < 1e-3 &&
      (["xmin", "ymin", "xmax", "ymax"] as const).every((key) => Math.abs(box[key] - wanted.box[key]) < 0.1);
    assert.ok(found.some(isNear), `${title}: ${JSON.stringify(wanted)}`);
  }
}

type OnPage = Window & { pipeline: typeof pipeline; detector: Promise<ObjectDetector> };
type Images = Record<string, (photo: string) => Promise<ImageInput> | ImageInput>;

describe("the package in a browser", { skip }, () => {
  before(async () => {
    const source = `import { pipeline } from "@supernet/pipeline";
import { env } from "onnxruntime-web";
env.wasm.wasmPaths = new URL("onnxruntime/", location.href).href;
window.pipeline = pipeline;
window.detector = pipeline("object-detection", "model.onnx", { session_options: { executionProviders: ["wasm"] } });`;
    const { outputFiles } = await build({
      stdin: { contents: source, resolveDir: fileURLToPath(new URL(".", import.meta.url)) },
      bundle: true,
      format: "esm",
      write: false,
    });
    await page.addScriptTag({ type: "module", content: outputFiles![0]!.text });
    await page.waitForFunction(() => "detector" in window);
  });

  // The functions run on the page, one by one.
  const images: Images = {
    "an address": (url) => url,
    "a response": (url) => fetch(url),
    "a blob": async (url) => (await fetch(url)).blob(),
    bytes: async (url) => new Uint8Array(await (await fetch(url)).arrayBuffer()),
    "an image element": async (url) => {
      const image = new Image();
      image.src = url;
      image.width = 7; // on the page, which does not matter
      await image.decode();
      return image;
    },
    "an image bitmap": async (url) => createImageBitmap(await (await fetch(url)).blob()),
    "a canvas": async (url) => {
      const bitmap = await createImageBitmap(await (await fetch(url)).blob());
      const canvas = document.createElement("canvas");
      [canvas.width, canvas.height] = [bitmap.width, bitmap.height];
      canvas.getContext("2d")!.drawImage(bitmap, 0, 0);
      return canvas;
    },
    "image data": async (url) => {
      const bitmap = await createImageBitmap(await (await fetch(url)).blob());
      const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d")!;
      context.drawImage(bitmap, 0, 0);
      return context.getImageData(0, 0, bitmap.width, bitmap.height);
    },
    "a video frame": async (url) =>
      new VideoFrame(await createImageBitmap(await (await fetch(url)).blob()), { timestamp: 0 }) as never,
  };
  for (const [title, open] of Object.entries(images)) {
    it(`finds the same as in Node.js in ${title}`, async () => {
      const url = `data:image/png;base64,${(await sharp(photo).toBuffer()).toString("base64")}`;
      const found = (await page.evaluate(
        `(async () => (await window.detector)(await (${open})(${JSON.stringify(url)})))()`,
      )) as Detection[];
      assertSame(found, title);
    });
  }

  it("names what is wrong", async () => {
    const messages = await page.evaluate(async () => {
      const { pipeline: create, detector } = window as unknown as OnPage;
      const run = await detector;
      const fail = (promise: Promise<unknown>) => promise.then(String, (error: Error) => error.message);
      return [
        await fail(run("none.png")),
        await fail(run(new Blob(["text"]))),
        await fail(run(new Image())),
        await fail(run({} as never)),
        await fail(create("object-detection", "page.css")),
      ];
    });
    const parts = [
      "none.png (HTTP 404)",
      "the image is damaged or not an image",
      "the image has no pixels yet",
      "image must be an address",
      "page.css: this is not an ONNX model",
    ];
    for (const [i, part] of parts.entries()) assert.ok(messages[i]!.includes(part), messages[i]);
  });
});

describe("the example's page", { skip }, () => {
  const rows = async (): Promise<string[][]> =>
    page
      .locator("#found tr")
      .evaluateAll((all) =>
        all.map((row) => [...(row as HTMLTableRowElement).cells].map((cell) => cell.textContent)),
      );
  const shown = ({ label, score, box }: Detection): string[] => [
    label,
    score.toFixed(3),
    [box.xmin, box.ymin, box.xmax, box.ymax].map((value) => value.toFixed(1)).join(", "),
  ];
  const setThreshold = (value: number) => page.locator("#threshold").fill(String(value));
  const colors = () =>
    page.locator("canvas").evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
      return new Set(new Uint32Array(data.buffer)).size;
    });

  it("draws and lists the objects of a dropped picture", async () => {
    await page.setInputFiles("#file", photo);
    const minimum = 0.3;
    const wanted = expected.filter(({ score }) => score >= minimum);
    assert.ok(wanted.length > 0);
    await page.getByText(new RegExp(`^${wanted.length} objects? in \\d+ ms`)).waitFor();
    const found = await rows();
    assert.deepEqual(
      found.map(([label]) => label),
      wanted.map(({ label }) => label),
    );
    assert.ok(found.filter((row, i) => row.join() === shown(wanted[i]!).join()).length >= wanted.length / 2);
    assert.ok((await colors()) > 3);

    const dropped = await page.evaluateHandle(
      async (url) => {
        const data = new DataTransfer();
        data.items.add(new File([await (await fetch(url)).blob()], "dropped.png", { type: "image/png" }));
        return data;
      },
      `data:image/png;base64,${(await sharp(photo).flop().toBuffer()).toString("base64")}`,
    );
    await page.dispatchEvent("#stage", "drop", { dataTransfer: dropped });
    const mirrored = await detect(await sharp(photo).flop().png().toBuffer(), { threshold: minimum });
    await page.waitForFunction(
      (text) => document.querySelector("#found td:last-child")?.textContent !== text,
      found[0]![2],
    );
    assert.deepEqual(
      (await rows()).map(([label]) => label),
      mirrored.map(({ label }) => label),
    );
  });

  it("omits objects below the minimum score", async () => {
    await page.setInputFiles("#file", []);
    await page.setInputFiles("#file", photo);
    for (const minimum of [0.9, 0]) {
      await setThreshold(minimum);
      const wanted = expected.filter(({ score }) => score >= minimum).length;
      await page.getByText(new RegExp(`^${wanted} objects? in`)).waitFor();
    }
  });

  it("says that a file is not a picture", async () => {
    await page.setInputFiles("#file", model);
    await page.getByText("detector.onnx is not a picture that this browser can show").waitFor();
  });

  it("runs on the webcam until it is stopped", async () => {
    await page.getByRole("button", { name: "Use the webcam" }).click();
    await page.getByText(/^\d+ objects? in \d+ ms/).waitFor();
    const size = await page.locator("canvas").evaluate((canvas: HTMLCanvasElement) => canvas.width);
    assert.equal(size, 640);
    assert.ok((await colors()) > 3);
    await page.getByRole("button", { name: "Stop the webcam" }).click();
    await page.getByRole("button", { name: "Use the webcam" }).waitFor();
  });
});
