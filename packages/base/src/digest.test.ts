import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { checksummedJson, folderDigest, parseChecksummedJson } from "./digest.js";

describe("a folder's digest", () => {
  const root = mkdtempSync(join(tmpdir(), "digest-"));
  after(() => rmSync(root, { recursive: true, force: true }));
  const folder = join(root, "folder");
  mkdirSync(join(folder, "below"), { recursive: true });
  writeFileSync(join(folder, "a"), "one");
  writeFileSync(join(folder, "below", "b"), Buffer.alloc(3 << 20, 7));

  it("changes if a file is renamed, modified, moved or added, but not if the folder is copied", () => {
    const digest = folderDigest(folder);
    const changes: ((copy: string) => void)[] = [
      (copy) => renameSync(join(copy, "a"), join(copy, "c")),
      (copy) => writeFileSync(join(copy, "a"), "onf"),
      (copy) => writeFileSync(join(copy, "below", "b"), Buffer.alloc((3 << 20) - 1, 7)),
      (copy) => renameSync(join(copy, "a"), join(copy, "below", "a")),
      (copy) => writeFileSync(join(copy, "c"), ""),
    ];
    for (const [i, change] of changes.entries()) {
      const copy = join(root, `copy-${i}`);
      cpSync(folder, copy, { recursive: true });
      assert.equal(folderDigest(copy), digest);
      change(copy);
      assert.notEqual(folderDigest(copy), digest, `change ${i}`);
    }
  });

  it("ignores files that the filter rejects", () => {
    const some = (path: string) => path !== "below/b";
    const before = folderDigest(folder, some);
    writeFileSync(join(folder, "below", "b"), "");
    assert.equal(folderDigest(folder, some), before);
  });

  it("names a folder that does not exist", () => {
    assert.throws(() => folderDigest(join(root, "none")), /cannot read .*none: it does not exist/);
  });
});

describe("checksummed JSON", () => {
  const value = { score: 0.125, 7: [null, "ü"], run: { seed: -0, name: "a" }, 3: {} };

  it("is plain JSON with a digest, and parses to the plain value", () => {
    const plain = JSON.parse(JSON.stringify(value));
    const { sha256, ...rest } = JSON.parse(checksummedJson(value));
    assert.match(sha256, /^[0-9a-f]{64}$/);
    assert.deepEqual(rest, plain);
    assert.deepEqual(parseChecksummedJson(checksummedJson(value)), plain);
    assert.deepEqual(parseChecksummedJson(checksummedJson({})), {});
  });

  it("does not parse with a changed character, truncated, or without its digest", () => {
    const text = checksummedJson(value);
    for (let at = 0; at < text.length; at++) {
      for (const other of ["0", "1", "x", '"', " "]) {
        if (other !== text[at])
          assert.equal(parseChecksummedJson(text.slice(0, at) + other + text.slice(at + 1)), undefined);
      }
      assert.equal(parseChecksummedJson(text.slice(0, at)), undefined);
    }
    for (const other of [JSON.stringify(value), "null", "7", "[]", '{"sha256":null}'])
      assert.equal(parseChecksummedJson(other), undefined, other);
  });
});
