import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { gzipSync } from "node:zlib";
import { UserError } from "@supernet/base";
import { tensor } from "../engine/index.js";
import { loadTensors, saveTensors } from "./index.js";

const folder = mkdtempSync(join(tmpdir(), "foreign-"));
after(() => rmSync(folder, { recursive: true }));

const tar = Buffer.alloc(1024);
tar.write("weights.pth");
tar.write("ustar", 257);

test("what is not a checkpoint is refused as what it is", () => {
  const files: [content: string | Buffer, what: RegExp][] = [
    ["", /it is empty: download/],
    [
      "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n",
      /a Git LFS pointer, .*: get the file with git lfs pull/,
    ],
    ["<!DOCTYPE html>\n<html>", /an HTML or XML page/],
    ["\n  <html lang=en>", /an HTML or XML page/],
    ['<?xml version="1.0"?><Error>', /an HTML or XML page/],
    [gzipSync("weights"), /a gzip file: unpack it/],
    [Buffer.from("BZh91AY&SY"), /a bzip2 file/],
    [Buffer.from("\xfd7zXZ\0\0", "latin1"), /an xz file/],
    [tar, /a tar archive/],
    [Buffer.from("\x08\x07\x12\x07pytorch", "latin1"), /an ONNX model/],
    [Buffer.from("\x08\x08\x3a\x10", "latin1"), /an ONNX model/],
    [Buffer.from("\x89HDF\r\n\x1a\n....", "latin1"), /an HDF5 file/],
    [Buffer.from("\x80\x04\x95\0\0\0\0\0\0\0\0}.", "latin1"), /a pickle that torch\.save did not write/],
    ["hello, this is not a checkpoint", /is not a safetensors file/],
  ];
  const path = join(folder, "x.pth");
  for (const [content, what] of files) {
    writeFileSync(path, content);
    assert.throws(
      () => loadTensors(path),
      (error) => error instanceof UserError && error.message.includes(path) && what.test(error.message),
      String(what),
    );
  }
});

test("safetensors under the name .pth are read, also if their length looks like another format", () => {
  const path = join(folder, "safetensors.pth");
  const state = new Map([["w", tensor([1])]]);
  saveTensors(path, state, { pad: "" });
  const save = (headerLength: number) => {
    saveTensors(path, state, { pad: "x".repeat(headerLength - 72) });
    return loadTensors(path);
  };
  // As little-endian bytes: gzip's 1f 8b in the first case, rounded to 8.
  for (const length of [0x8b18, 0x8b20, 0x0280])
    assert.deepEqual(save(length).tensors.get("w")?.toArray(), [1]);
});
