import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { UserError } from "./errors.js";
import { AtomicFile, makeFolder, writeFileAtomic } from "./files.js";

describe("writeFileAtomic", () => {
  const folder = mkdtempSync(join(tmpdir(), "files-"));

  it("makes missing folders, replaces content and leaves no temporary file", () => {
    const path = join(folder, "a", "b", "file.txt");
    writeFileAtomic(path, "old");
    writeFileAtomic(path, [new Uint8Array([110, 101]), new Uint8Array([119])]);
    assert.equal(readFileSync(path, "utf8"), "new");
    assert.deepEqual(readdirSync(join(folder, "a", "b")), ["file.txt"]);
  });

  it("keeps the old content where writing fails halfway", () => {
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

  it("keeps apart several that write the same file at once: the last to end counts", () => {
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

  it("names the file and the remedy if a part of the path is a file", () => {
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

  it("makes what is missing, and once more makes nothing", () => {
    const deep = join(folder, "a", "b", "c");
    for (let i = 0; i < 2; i++) makeFolder(deep);
    assert.ok(statSync(deep).isDirectory());
  });

  it("fails where a file is in the way, or the file system takes no folder", () => {
    writeFileAtomic(join(folder, "file"), "x");
    assert.throws(() => makeFolder(join(folder, "file")), { code: "EEXIST" });
    assert.throws(() => makeFolder(join(folder, "file", "b")), { code: "ENOTDIR" });
    if (existsSync("/proc/self")) assert.throws(() => makeFolder("/proc/none/b"), { code: "ENOENT" });
  });
});
