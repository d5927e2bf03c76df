import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { Random, UserError } from "@supernet/base";
import sharp, { type JpegOptions } from "sharp";
import { noise, waves } from "../testing/torchvision-augmentation.js";
import { randomCrop } from "./crop.js";
import { openEncodedImage, readImageSize } from "./encoded-image.js";
import { fromGray } from "./image.js";
import { maxImagePixels } from "./pixel-limit.js";
import { resize } from "./resize.js";

const folder = mkdtempSync(join(tmpdir(), "picture-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const { width, height, data } = waves(213, 171);
const grain = noise("picture", width, height).data;
const photograph = Buffer.from(data.map((value, i) => value + (grain[i]! >> 4)));
const raw = { width, height, channels: 3 } as const;

function written(name: string, bytes: Uint8Array): string {
  const file = join(folder, name);
  writeFileSync(file, bytes);
  return file;
}
const jpeg = (options: JpegOptions) => sharp(photograph, { raw }).jpeg(options).toBuffer();

/** Creates a gray JPEG file of 8 x 8 pixels whose scans contain one zero coefficient each. */
function progressive(scans: number): Buffer {
  const segment = (marker: number, ...content: number[]) => [0xff, marker, 0, content.length + 2, ...content];
  // A single one-bit code: zero difference or end of block.
  const codes = (kind: number) => segment(0xc4, kind, 1, ...Array(15).fill(0), 0);
  const scan = (coefficient: number) => [...segment(0xda, 1, 1, 0, coefficient, coefficient, 0), 0b0111_1111];
  return Buffer.from([
    ...[0xff, 0xd8],
    ...segment(0xdb, 0, ...Array(64).fill(1)),
    ...segment(0xc2, 8, 0, 8, 0, 8, 1, 1, 0x11, 0),
    ...[...codes(0x00), ...codes(0x10)],
    ...Array.from({ length: scans }, (_, i) => scan(i === 0 ? 0 : 1 + (i % 63))).flat(),
    ...[0xff, 0xd9],
  ]);
}

const kinds: Readonly<Record<string, () => Promise<Buffer>>> = {
  "4:2:0": () => jpeg({ chromaSubsampling: "4:2:0" }),
  "4:4:4": () => jpeg({ chromaSubsampling: "4:4:4" }),
  progressive: () => jpeg({ progressive: true, quality: 60 }),
  gray: () => sharp(photograph, { raw }).toColourspace("b-w").jpeg().toBuffer(),
  "with a color profile": () => sharp(photograph, { raw }).withIccProfile("p3").jpeg().toBuffer(),
  "in CMYK": () => sharp(photograph, { raw }).toColourspace("cmyk").jpeg().toBuffer(),
  "with trailing bytes": async () => Buffer.concat([await jpeg({}), Buffer.from("made by a camera")]),
  "a PNG file": () => sharp(photograph, { raw }).png().toBuffer(),
};

describe("an image with too many pixels", () => {
  const fails = async (file: string) => {
    const message = /pixels, more than 1000: resize it, or raise SUPERNET_MAX_IMAGE_PIXELS/;
    const check = (error: unknown) => error instanceof UserError && message.test(error.message);
    await assert.rejects(openEncodedImage(file), check);
    await assert.rejects(readImageSize(file), check);
  };

  it("is refused before it is decoded", async () => {
    const files = [written("large.jpg", await jpeg({})), written("large.png", await kinds["a PNG file"]!())];
    process.env.SUPERNET_MAX_IMAGE_PIXELS = "1000";
    try {
      for (const file of files) await fails(file);
    } finally {
      delete process.env.SUPERNET_MAX_IMAGE_PIXELS;
    }
    for (const file of files) assert.equal((await openEncodedImage(file)).width, width);
    assert.equal(maxImagePixels({}), 178_956_970);
    assert.throws(() => maxImagePixels({ SUPERNET_MAX_IMAGE_PIXELS: "1e9" }), /expected a number of pixels/);
  });

  it("is refused at the size that a small file can declare", async () => {
    const bytes = await sharp({ create: { width: 16, height: 16, channels: 3, background: "red" } })
      .jpeg()
      .toBuffer();
    const frame = bytes.indexOf(Buffer.from([0xff, 0xc0]));
    bytes.writeUInt16BE(16383, frame + 5);
    bytes.writeUInt16BE(16383, frame + 7);
    const file = written("bomb.jpg", bytes);
    await assert.rejects(openEncodedImage(file), /bomb\.jpg has 16383 x 16383 pixels, more than 178956970/);
  });
});

describe("openEncodedImage", () => {
  for (const [name, made] of Object.entries(kinds)) {
    it(`decodes the same pixels as libvips, entirely or as a resized region: ${name}`, async () => {
      const bytes = await made();
      const picture = await openEncodedImage(written("encoded", bytes));
      const { data, info } = await sharp(bytes)
        .toColourspace("srgb")
        .raw()
        .toBuffer({ resolveWithObject: true });
      const expected = info.channels === 3 ? { width, height, data } : fromGray(data, width, height);
      const image = await picture.decode();
      assert.deepEqual(
        [picture.width, picture.height, image.width, image.height],
        [width, height, width, height],
      );
      assert.ok(Buffer.from(expected.data).equals(image.data));
      for (let i = 0; i < 40; i++) {
        const crop = { scale: [0.01, 1], ratio: [0.5, 2] } as const;
        const region = randomCrop({ width, height }, crop, Random.of("picture", i));
        const how = {
          width: 20 + i,
          height: 60 - i,
          interpolation: "bicubic",
          region,
          flipped: i % 2 === 1,
        } as const;
        assert.deepEqual(
          (await picture.decodeResized(how)).data,
          resize(image, how).data,
          JSON.stringify(region),
        );
      }
    });
  }

  it("names a file that is damaged", async () => {
    const whole = await jpeg({});
    const lied = Buffer.from(whole);
    lied.writeUInt16BE(0xffff, whole.indexOf(Buffer.of(0xff, 0xc0)) + 5);
    lied.writeUInt16BE(0xffff, whole.indexOf(Buffer.of(0xff, 0xc0)) + 7);
    const damaged = {
      "cut.jpg": whole.subarray(0, whole.length >> 1),
      "empty.jpg": Buffer.alloc(0),
      "two bytes.jpg": Buffer.of(0xff, 0xd8),
      "header.jpg": whole.subarray(0, 30),
      "65535 x 65535.jpg": lied,
      "text.jpg": Buffer.from("not an image"),
    };
    for (const [name, bytes] of Object.entries(damaged)) {
      const file = written(name, bytes);
      const read = async () => (await openEncodedImage(file)).decode();
      await assert.rejects(
        read,
        (error: unknown) => {
          assert.ok(error instanceof UserError, name);
          assert.ok(error.message.includes(`${file} is damaged or not an image`), error.message);
          return !error.message.includes("\n");
        },
        name,
      );
    }
    await assert.rejects(openEncodedImage(join(folder, "missing.jpg")), /missing\.jpg/);
  });

  it("rejects a progressive file with more than 100 scans", async () => {
    const sound = await (await openEncodedImage(written("100 scans.jpg", progressive(100)))).decode();
    assert.deepEqual([sound.width, sound.height, ...sound.data], [8, 8, ...Array(192).fill(128)]);
    const file = written("101 scans.jpg", progressive(101));
    const picture = await openEncodedImage(file);
    const refused = (error: unknown) =>
      error instanceof UserError &&
      error.message.startsWith(`${file} is damaged or not an image (it has more than 100 scans)`);
    await assert.rejects(async () => picture.decode(), refused);
    await assert.rejects(
      async () => picture.decodeResized({ width: 4, height: 4, interpolation: "bicubic" }),
      refused,
    );
  });
});

describe("readImageSize", () => {
  it("returns the size of the stored pixels, also of a rotated or cut picture", async () => {
    const plain = await jpeg({});
    const rotated = await sharp(plain).keepExif().withMetadata({ orientation: 6 }).toBuffer();
    assert.equal((await sharp(rotated).metadata()).orientation, 6);
    for (const [name, bytes] of Object.entries({ plain, rotated, cut: plain.subarray(0, 3000) })) {
      const file = written(`${name}.jpg`, bytes);
      assert.deepEqual(await readImageSize(file), { width, height });
    }
    const { width: opened, height: high } = await openEncodedImage(written("rotated.jpg", rotated));
    assert.deepEqual([opened, high], [width, height]);
  });

  it("refuses files that are missing or not images", async () => {
    const cases = {
      "none.jpg": /^cannot read image .*none\.jpg: it does not exist: check the path$/,
      "text.jpg": /text\.jpg is damaged or not an image \(.*\): replace or remove it$/,
      "empty.jpg": /empty\.jpg is damaged or not an image/,
    };
    written("text.jpg", Buffer.from("not an image"));
    written("empty.jpg", Buffer.alloc(0));
    for (const [name, message] of Object.entries(cases))
      await assert.rejects(readImageSize(join(folder, name)), { name: "UserError", message });
  });
});
