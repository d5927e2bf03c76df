import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Random } from "@supernet/base";
import type { Image } from "../transforms/image.js";
import { runPython } from "./python.js";

/** Operation of test-data/torchvision_augmentation.py. */
export interface Case {
  readonly name: string;
  readonly value: unknown;
  readonly canvas?: unknown;
  /** Index of the image. */
  readonly image: number;
}

/** Runs each case with torchvision, and returns the bytes of the resulting images. */
export function byTorchvision(images: readonly Image[], cases: readonly Case[]): Uint8Array[] {
  const folder = mkdtempSync(join(tmpdir(), "torchvision-"));
  try {
    const file = join(folder, "cases.json");
    const plain = images.map(({ width, height, data }) => ({
      width,
      height,
      pixels: Buffer.from(data).toString("base64"),
    }));
    writeFileSync(
      file,
      JSON.stringify({ images: plain, cases: cases.map((one) => ({ canvas: null, ...one })) }),
    );
    const results: string[] = JSON.parse(runPython("torchvision_augmentation.py", file));
    return results.map((result) => new Uint8Array(Buffer.from(result, "base64")));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Returns the maximum difference between the values of two images. */
export function furthest(a: Uint8Array, b: Uint8Array): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  let largest = 0;
  for (let i = 0; i < a.length; i++) largest = Math.max(largest, Math.abs(a[i]! - b[i]!));
  return largest;
}

/** Creates an image of random values. */
export function noise(key: string, width: number, height: number): Image {
  const random = Random.of(key);
  return { width, height, data: Uint8Array.from({ length: 3 * width * height }, () => random.int(256)) };
}

/** Creates an image that varies smoothly, like a photograph, and uses only a part of the range of values. */
export function waves(width: number, height: number): Image {
  const data = new Uint8Array(3 * width * height);
  for (let i = 0; i < data.length; i++) {
    const x = Math.floor(i / 3) % width;
    const y = Math.floor(i / 3 / width);
    data[i] = 120 + 60 * Math.sin(x / 9 + (i % 3)) * Math.cos(y / 13) + 20 * Math.sin((x + 2 * y) / 4);
  }
  return { width, height, data };
}
