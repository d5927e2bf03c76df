import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { FileServer, fetchFile } from "./shared-file.js";

const root = mkdtempSync(join(tmpdir(), "shared-file-"));
after(() => rmSync(root, { recursive: true }));
const from = join(root, "from");
const to = join(root, "to");
const content = Buffer.from(Uint8Array.from({ length: 2 ** 23 + 1000 }, (_, i) => (i * 7919) >> 3));
writeFileSync(from, content);

describe("a file that a rank serves", () => {
  it("is received intact while another reader does not read", async () => {
    await using server = await FileServer.open(from, "127.0.0.1");
    const stopped = connect(server.file.port, "127.0.0.1").pause();
    await new Promise((resolve) => stopped.once("connect", resolve));
    assert.ok(await fetchFile(server.file, to));
    assert.ok(readFileSync(to).equals(content));
    stopped.destroy();
  });

  it("is not received from a closed server, nor if it does not match its hash", async () => {
    const server = await FileServer.open(from, "127.0.0.1");
    assert.equal(await fetchFile({ ...server.file, sha256: "0".repeat(64) }, to), false);
    assert.ok(!existsSync(to));
    await server[Symbol.asyncDispose]();
    assert.equal(await fetchFile(server.file, to), false);
  });

  it("is refused with one line if it does not exist or the destination cannot be written", async () => {
    await assert.rejects(
      FileServer.open(join(root, "none"), "127.0.0.1"),
      /cannot read .*none: it does not exist/,
    );
    await using server = await FileServer.open(from, "127.0.0.1");
    await assert.rejects(
      fetchFile(server.file, join(root, "none", "to")),
      /cannot write .*it does not exist/,
    );
  });
});
