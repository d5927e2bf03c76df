import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { UserError } from "./errors.js";
import { AtomicFile, makeFolder, openForReading, readBytes, readText, writeFileAtomic } from "./files.js";

describe("reading a file", () => {
  const folder = mkdtempSync(join(tmpdir(), "reading-"));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const fails = (body: () => unknown, message: RegExp) =>
    assert.throws(body, (error) => error instanceof UserError && message.test(error.message));

  it("returns the content of a regular file", () => {
    const path = join(folder, "a");
    writeFileSync(path, "é");
    assert.equal(readText(path), "é");
    assert.deepEqual([...readBytes(path)], [0xc3, 0xa9]);
  });

  it("refuses anything else at once", { timeout: 10_000 }, () => {
    const pipe = join(folder, "pipe");
    execFileSync("mkfifo", [pipe]);
    fails(() => readBytes(pipe, "read image"), /^cannot read image .*pipe: it is a pipe, not a file/);
    fails(() => openForReading("/dev/zero"), /it is a device, not a file/);
    fails(() => readText(folder), /it is a folder, not a file/);
    fails(() => readText(join(folder, "none")), /it does not exist/);
  });
});

describe("writeFileAtomic", () => {
  const folder = mkdtempSync(join(tmpdir(), "files-"));

  it("creates missing folders, replaces the content and leaves no temporary file", () => {
    const path = join(folder, "a", "b", "file.txt");
    writeFileAtomic(path, "old");
    writeFileAtomic(path, [new Uint8Array([110, 101]), new Uint8Array([119])]);
    assert.equal(readFileSync(path, "utf8"), "new");
    assert.deepEqual(readdirSync(join(folder, "a", "b")), ["file.txt"]);
  });

  it("keeps the old content if writing fails halfway", () => {
    const path = join(folder, "kept.txt");
    writeFileAtomic(path, "old");
    function* broken(): Generator<Uint8Array> {
      yield new Uint8Array([1]);
      throw new Error("the source broke");
    }
    assert.throws(() => writeFileAtomic(path, broken()), /the source broke/);
    assert.equal(readFileSync(path, "utf8"), "old");
    assert.deepEqual(
      readdirSync(folder).filter((name) => name.endsWith(".tmp")),
      [],
    );
  });

  it("separates concurrent writers of one file; the last to commit wins", () => {
    const path = join(folder, "shared.txt");
    using first = new AtomicFile(path);
    using second = new AtomicFile(path);
    first.write(Buffer.from("first"));
    second.write(Buffer.from("second"));
    first.commit();
    assert.equal(readFileSync(path, "utf8"), "first");
    second.commit();
    assert.equal(readFileSync(path, "utf8"), "second");
  });

  it("names the file and the remedy if a component of the path is a file", () => {
    const file = join(folder, "plain");
    writeFileSync(file, "");
    assert.throws(
      () => writeFileAtomic(join(file, "below"), "x"),
      (error) =>
        error instanceof UserError &&
        error.message.includes(join(file, "below")) &&
        /path/.test(error.message),
    );
  });
});

describe("makeFolder", () => {
  const folder = mkdtempSync(join(tmpdir(), "folders-"));
  after(() => rmSync(folder, { recursive: true }));

  it("creates missing folders and accepts existing ones", () => {
    const deep = join(folder, "a", "b", "c");
    for (let i = 0; i < 2; i++) makeFolder(deep);
    assert.ok(statSync(deep).isDirectory());
  });

  it("fails if the path is a file or the file system does not support folders", () => {
    writeFileAtomic(join(folder, "file"), "x");
    assert.throws(() => makeFolder(join(folder, "file")), { code: "EEXIST" });
    assert.throws(() => makeFolder(join(folder, "file", "b")), { code: "ENOTDIR" });
    if (existsSync("/proc/self")) assert.throws(() => makeFolder("/proc/none/b"), { code: "ENOENT" });
  });
});
