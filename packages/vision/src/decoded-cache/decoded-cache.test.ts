import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, beforeEach, describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { Random, UserError } from "@supernet/base";
import sharp from "sharp";
import { native } from "../native.js";
import { noise } from "../testing/torchvision-augmentation.js";
import { resize } from "../transforms/resize.js";
import { openCachedImages } from "./cached-images.js";
import { openDecodedImageCache } from "./decoded-cache.js";
import { encodeTable } from "./format.js";

const folder = mkdtempSync(join(tmpdir(), "decoded-cache-"));
after(() => rmSync(folder, { recursive: true, force: true }));

const images = [noise("a", 20, 11), noise("b", 7, 30), noise("c", 1, 1)];
const files = images.map((_, i) => join(folder, `${i}.png`));
const cacheFolder = join(folder, "cache");
let logged: string[] = [];
const options = { folder: cacheFolder, log: (line: string) => logged.push(line) };
const openCache = (of: readonly string[] = files) => openDecodedImageCache(of, options, 0);

before(async () => {
  for (const [i, { width, height, data }] of images.entries())
    await sharp(data, { raw: { width, height, channels: 3 } }).toFile(files[i]!);
});
beforeEach(() => {
  rmSync(cacheFolder, { recursive: true, force: true });
  logged = [];
});

async function check(): Promise<void> {
  using open = openCachedImages(await openCache());
  for (const [i, image] of images.entries()) {
    const { width, height } = open(i);
    assert.deepEqual({ width, height, data: (await open(i).decode()).data }, image);
  }
}

describe("openDecodedImageCache", () => {
  it("decodes images once, and writes the same file with any number of threads", async () => {
    await check();
    await check();
    assert.equal(logged.length, 1);
    const name = readdirSync(cacheFolder)[0]!;
    const bytes = readFileSync(join(cacheFolder, name));
    rmSync(cacheFolder, { recursive: true });
    await openDecodedImageCache(files, options, 2);
    assert.deepEqual(readdirSync(cacheFolder), [name]);
    assert.ok(readFileSync(join(cacheFolder, name)).equals(bytes));
  });

  it("decodes images once for concurrent calls", async () => {
    const [first, ...others] = await Promise.all(Array.from({ length: 4 }, () => openCache()));
    for (const other of others) assert.deepEqual(other, first);
    assert.equal(readdirSync(cacheFolder).length, 1);
    assert.equal(logged.filter((line) => / decoding 3 images once$/.test(line)).length, 1);
    assert.equal(logged.filter((line) => /waiting while its 3 images are decoded$/.test(line)).length, 3);
    await check();
  });

  it("continues in another process if the decoding one is killed, and removes its temporary file", async () => {
    // So many that the other process is stopped before it has decoded them.
    const many = Array.from({ length: 600 }, (_, i) => files[i % 2]!);
    const program = `
      const { openDecodedImageCache } = await import(${JSON.stringify(new URL("./decoded-cache.js", import.meta.url).href)});
      await openDecodedImageCache(${JSON.stringify(many)}, { folder: ${JSON.stringify(cacheFolder)}, log() {} }, 0);`;
    const decoding = spawn(process.execPath, ["--input-type=module", "-e", program], { stdio: "inherit" });
    const ended = once(decoding, "exit");
    const temporaries = () =>
      existsSync(cacheFolder) ? readdirSync(cacheFolder).filter((name) => name.endsWith(".tmp")) : [];
    while (temporaries().length === 0) await sleep(1);
    decoding.kill("SIGSTOP");

    const waiting = openDecodedImageCache(many, options, 0);
    while (logged.length === 0) await sleep(20);
    assert.match(logged[0]!, /waiting while its 600 images are decoded$/);
    decoding.kill("SIGKILL");
    await ended;
    using open = openCachedImages(await waiting);
    assert.deepEqual((await open(1).decode()).data, images[1]!.data);
    assert.equal(readdirSync(cacheFolder).length, 1);
  });

  it("does not block the event loop while this thread decodes", async () => {
    const { width, height, data } = images[0]!;
    const jpegs = Array.from({ length: 20 }, (_, i) => join(folder, `${i}.jpg`));
    for (const jpeg of jpegs) await sharp(data, { raw: { width, height, channels: 3 } }).toFile(jpeg);
    const lengths = new Set<number>();
    let next: NodeJS.Immediate;
    const poll = () => {
      const temporaries = existsSync(cacheFolder)
        ? readdirSync(cacheFolder).filter((name) => name.endsWith(".tmp"))
        : [];
      for (const name of temporaries) lengths.add(statSync(join(cacheFolder, name)).size);
      next = setImmediate(poll);
    };
    poll();
    await openCache(jpegs);
    clearImmediate(next!);
    assert.ok(lengths.size >= jpegs.length, `the event loop ran ${lengths.size} times`);
  });

  it("decodes resized regions", async () => {
    using open = openCachedImages(await openCache());
    const parts = [
      { left: 3, top: 2, width: 10, height: 8 },
      { left: 0, top: 9, width: 20, height: 2 },
      undefined,
    ];
    for (const region of parts) {
      const how = { width: 9, height: 14, interpolation: "bicubic", ...(region && { region }) } as const;
      assert.deepEqual(await open(0).decodeResized(how), resize(images[0]!, how));
    }
  });

  it("creates another cache for other or changed files", async () => {
    await openCache();
    await openCache(files.slice(1));
    await openCache(files.toReversed());
    assert.equal(readdirSync(cacheFolder).length, 3);
    utimesSync(files[0]!, 1e9, 1e9);
    await check();
    assert.equal(readdirSync(cacheFolder).length, 4);
  });

  it("logs and replaces a cache with missing, extra or changed bytes", async () => {
    await openCache();
    const file = join(cacheFolder, readdirSync(cacheFolder)[0]!);
    const sound = readFileSync(file);
    const random = Random.of("damage");
    const damages: (() => void)[] = [
      () => truncateSync(file, 0),
      () => truncateSync(file, 10),
      () => truncateSync(file, sound.length - 1),
      () => writeFileSync(file, Buffer.concat([sound, Buffer.of(0)])),
      () => writeFileSync(file, sound.subarray(1)),
      () => writeFileSync(file, Buffer.alloc(sound.length)),
    ];
    for (let i = 0; i < 60; i++) {
      const bytes = Buffer.from(sound);
      const at = i < 30 ? random.int(bytes.length) : bytes.length - 1 - random.int(130);
      bytes[at] = bytes[at]! ^ (1 + random.int(255));
      damages.push(() => writeFileSync(file, bytes));
    }
    for (const damage of damages) {
      logged = [];
      damage();
      await check();
      assert.equal(logged.length, 1);
      assert.match(logged[0]!, /\.images is damaged \(.+\): decoding its 3 images again/);
      assert.ok(readFileSync(file).equals(sound));
    }
  });

  it("checks the entire file once, and again after it has changed", async () => {
    await openCache();
    const file = join(cacheFolder, readdirSync(cacheFolder)[0]!);
    utimesSync(file, 1e9, 1e9);
    await check();
    const bytes = readFileSync(file);
    bytes[0] = bytes[0]! ^ 1;
    writeFileSync(file, bytes);
    utimesSync(file, 1e9, 1e9);
    logged = [];
    await openCache();
    assert.deepEqual(logged, []);
    utimesSync(file, 1e9, 1e9 + 1);
    await check();
    assert.match(logged[0]!, /image 0 is damaged/);
  });

  it("replaces a cache with an image that has no pixels or too many", async () => {
    await openCache();
    const file = join(cacheFolder, readdirSync(cacheFolder)[0]!);
    const sound = readFileSync(file);
    const end = sound.length - 90; // 18 bytes of the kind, 64 of the key, and 8 of the number and checksum
    const key = sound.toString("latin1", end + 18, end + 82);
    for (const [width, height] of [
      [0, 5],
      [70_000, 70_000],
    ] as const) {
      // A sparse file of the length that the table specifies.
      const table = encodeTable(key, [
        { width, height, checksum: native.checksum(new Uint8Array()) },
        { width: 1, height: 1, checksum: 0 },
        { width: 1, height: 1, checksum: 0 },
      ]);
      writeFileSync(file, "");
      truncateSync(file, 3 * width * height + 6);
      appendFileSync(file, table);
      logged = [];
      await check();
      assert.match(logged[0]!, /\.images is damaged \(image 0 is damaged\): decoding its 3 images again/);
    }
  });

  it("names an image that is damaged or missing, and leaves no files", async () => {
    const broken = join(folder, "broken.jpg");
    writeFileSync(broken, "");
    const named = (name: string) => (error: unknown) =>
      error instanceof UserError && error.message.includes(name);
    await assert.rejects(openCache([...files, broken]), named("broken.jpg is damaged"));
    assert.deepEqual(readdirSync(cacheFolder), []);
    await assert.rejects(openCache([...files, join(folder, "none.jpg")]), named("none.jpg"));
  });
});
