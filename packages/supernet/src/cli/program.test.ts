import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { test } from "node:test";
import { programName } from "./program.js";

test("the program's name is what starts it in the current folder", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "program-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const local = join(folder, "node_modules", ".bin");
  const global = join(folder, "bin");
  for (const bin of [local, global]) {
    mkdirSync(bin, { recursive: true });
    writeFileSync(join(bin, "supernet"), "");
  }
  const installed = join(local, "supernet");
  const checkout = join(process.cwd(), "packages/supernet/bin/supernet.js");
  assert.equal(programName(installed, { PATH: local }), "npx supernet");
  assert.equal(programName(installed, { PATH: [local, global].join(delimiter) }), "supernet");
  assert.equal(programName(checkout, { PATH: "" }), "node packages/supernet/bin/supernet.js");
});
