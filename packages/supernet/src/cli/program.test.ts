import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { test } from "node:test";
import { programName, shellWord } from "./program.js";

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

test("a word is quoted so that a shell reads it as it is", () => {
  const words = ["runs/a-b_1", "my run", "it's mine", "a\\b'c\nd\te", '$HOME `ls` "x" *', "", "é #1; rm"];
  assert.equal(shellWord(words[0]!), words[0]);
  const command = words.map(shellWord).join(" ");
  assert.doesNotMatch(command, /\n/);
  const script = `for word in ${command}; do printf '%s\\0' "$word"; done`;
  const { stdout } = spawnSync("bash", ["-c", script], { encoding: "utf8" });
  assert.deepEqual(stdout.split("\0").slice(0, -1), words);
});
