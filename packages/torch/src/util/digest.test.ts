import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { folderDigest } from "./digest.js";

describe("a folder's digest", () => {
  const root = mkdtempSync(join(tmpdir(), "digest-"));
  after(() => rmSync(root, { recursive: true, force: true }));
  const folder = join(root, "folder");
  mkdirSync(join(folder, "below"), { recursive: true });
  writeFileSync(join(folder, "a"), "one");
  writeFileSync(join(folder, "below", "b"), Buffer.alloc(3 << 20, 7));

  it("is a copy's too, and changes with a name, a byte, a place or a file more", () => {
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

  it("leaves out what does not count", () => {
    const some = (path: string) => path !== "below/b";
    const before = folderDigest(folder, some);
    writeFileSync(join(folder, "below", "b"), "");
    assert.equal(folderDigest(folder, some), before);
  });

  it("names a folder that is not there", () => {
    assert.throws(() => folderDigest(join(root, "none")), /cannot read .*none: it does not exist/);
  });
});
