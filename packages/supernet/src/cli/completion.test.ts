import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import { commands } from "./commands/index.js";
import { bashCompletion, zshCompletion } from "./completion.js";

const folder = mkdtempSync(join(tmpdir(), "completion-"));
mkdirSync(join(folder, "my runs"));
writeFileSync(join(folder, "my-recipe.yaml"), "");
writeFileSync(join(folder, "supernet.bash"), bashCompletion(commands));

/** Returns what bash offers for the last word. */
function complete(...words: readonly string[]): string[] {
  const script = `
    source ./supernet.bash
    COMP_WORDS=("$@")
    COMP_CWORD=$((\${#COMP_WORDS[@]} - 1))
    _supernet
    printf '%s\\n' "\${COMPREPLY[@]}"`;
  const args = ["--norc", "-c", script, "bash", "supernet", ...words];
  const { stdout, stderr } = spawnSync("bash", args, { cwd: folder, encoding: "utf8" });
  assert.equal(stderr, "");
  return stdout.split("\n").filter((line) => line !== "");
}

describe("completion in bash", () => {
  it("is defined by the printed script", () => {
    const { stdout } = spawnSync("bash", ["-c", "source ./supernet.bash; complete -p supernet npx"], {
      cwd: folder,
      encoding: "utf8",
    });
    assert.equal(stdout, "complete -F _supernet supernet\ncomplete -o default -F _supernet_npx npx\n");
  });

  it("completes after npx", () => {
    const script = `
      source ./supernet.bash
      for word in supernet other; do
        COMP_WORDS=(npx "$word" pr) COMP_CWORD=2
        _supernet_npx
        printf '%s\n' "$word: \${COMPREPLY[*]}"
      done`;
    const { stdout } = spawnSync("bash", ["--norc", "-c", script], { cwd: folder, encoding: "utf8" });
    assert.equal(stdout, "supernet: profile predict\nother: \n");
  });

  const cases: readonly (readonly [words: string[], expected: string[]])[] = [
    [["pr"], ["profile", "predict"]],
    [["e"], ["eval", "export", "extract"]],
    [["run", "--re"], ["--resume"]],
    [
      ["profile", "--r"],
      ["--recipe", "--runtime"],
    ],
    [
      ["run", "m"],
      ["mixed-quickstart", "my runs", "my-recipe.yaml"],
    ],
    [["run", "detnas-quickstart", "--work-dir", ""], ["my runs"]],
    [["profile", "--space", "autoformer-t"], ["autoformer-tiny"]],
    [["profile", "--space", "=", "spos"], ["spos-shufflenetv2"]],
    [
      ["latency", "--runtime", "="],
      ["libtorch", "onnxruntime"],
    ],
    [["train", "detnas-quickstart", "--step", "re"], ["retrain"]],
    [["export", "-o", "my-"], ["my-recipe.yaml"]],
    [["run", "--set", "steps.pretrain.epo"], ["steps.pretrain.epochs="]],
    [["run", "--set", "detector.anchors.s"], ["detector.anchors.scales="]],
    [["plan", "detnas-quickstart", "--set", "x"], []],
    [["predict", "photo.jpg", "my-"], ["my-recipe.yaml"]],
    [["completion", "b"], ["bash"]],
    [["recipes", "mixed"], ["mixed-quickstart"]],
    [["unknown", ""], []],
  ];
  for (const [words, expected] of cases) {
    it(`completes "supernet ${words.join(" ")}"`, () => assert.deepEqual(complete(...words), expected));
  }

  it("does not offer former names of options", () => {
    assert.ok(!complete("profile", "--").includes("--classifier"));
  });
});

describe("completion in zsh", () => {
  const script = zshCompletion(commands);

  it("has every command and option", () => {
    for (const { name, options } of commands) {
      assert.ok(script.includes(`\n    ${name})\n`), name);
      for (const [option, { hidden }] of Object.entries(options))
        if (!hidden) assert.match(script, new RegExp(`'\\*?--${option}=?\\[`));
    }
  });

  it("is a valid zsh script", {
    skip: spawnSync("zsh", ["--version"]).error && "zsh is not installed",
  }, () => {
    const { stderr, status } = spawnSync("zsh", ["-n"], { input: script, encoding: "utf8" });
    assert.deepEqual([status, stderr], [0, ""]);
  });
});
