import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import { UserError } from "@supernet/base";
import { detnasQuickstart } from "../recipes/detnas-quickstart.js";
import { mixedQuickstart } from "../recipes/mixed-quickstart.js";
import { listenForInterrupt } from "./interrupt.js";

import { appendMetrics, readMetrics, rewindMetrics } from "./metrics.js";
import { openWorkDir } from "./open-work-dir.js";
import { clock } from "./progress.js";
import { runSteps } from "./run-steps.js";
import { firstUnfinished, type Step } from "./step.js";

const folder = mkdtempSync(join(tmpdir(), "run-"));
const message = (pattern: RegExp) => (error: unknown) =>
  error instanceof UserError && pattern.test(error.message);

describe("metrics", () => {
  it("drops records after the checkpoint of a step, and a truncated line", () => {
    const path = join(folder, "metrics.jsonl");
    rewindMetrics(path, "a", -1);
    for (const [step, iteration] of [
      ["a", 1],
      ["a", 2],
      ["b", 5],
      ["a", 3],
    ] as const)
      appendMetrics(path, { step, iteration });
    appendFileSync(path, '{"step": "a", "iter');
    rewindMetrics(path, "a", 1);
    assert.deepEqual(readMetrics(path), [
      { step: "a", iteration: 1 },
      { step: "b", iteration: 5 },
    ]);
  });
});

describe("the lock of a work-dir", () => {
  const open = (name: string) => openWorkDir(join(folder, name), mixedQuickstart, { resume: true });

  it("is for one run at a time, and names the other one", () => {
    const first = open("locked");
    assert.throws(
      () => open("locked"),
      message(new RegExp(`process ${process.pid} of "${hostname()}" is using this folder`)),
    );
    first[Symbol.dispose]();
    assert.ok(!existsSync(join(folder, "locked", ".lock")));
    open("locked")[Symbol.dispose]();
  });

  it("is released with its process, whatever the file says", () => {
    const path = join(folder, "stale", ".lock");
    mkdirSync(join(folder, "stale"));
    for (const text of [
      "",
      String(process.pid),
      JSON.stringify({ pid: process.ppid, host: hostname() }),
      "\0{",
    ]) {
      writeFileSync(path, text);
      open("stale")[Symbol.dispose]();
    }
  });

  it("is taken by exactly one of many processes that start together", async () => {
    const script = `
      import { openWorkDir } from ${JSON.stringify(new URL("./open-work-dir.js", import.meta.url).href)};
      import { mixedQuickstart } from ${JSON.stringify(new URL("../recipes/mixed-quickstart.js", import.meta.url).href)};
      process.on("message", () => {
        try {
          openWorkDir(${JSON.stringify(join(folder, "raced"))}, mixedQuickstart, { resume: true });
          process.send("taken");
        } catch (error) {
          process.send(error.message);
        }
      });
      process.send("ready");
    `;
    const processes = Array.from({ length: 6 }, () =>
      spawn(process.execPath, ["--input-type=module", "-e", script], {
        stdio: ["ignore", "inherit", "inherit", "ipc"],
      }),
    );
    const next = (child: ChildProcess) => new Promise<string>((resolve) => child.once("message", resolve));
    try {
      await Promise.all(processes.map(next));
      // A stale file must not help anybody.
      mkdirSync(join(folder, "raced"));
      writeFileSync(join(folder, "raced", ".lock"), "999999999");
      const answers = Promise.all(processes.map(next));
      for (const child of processes) child.send("go");
      const all = await answers;
      assert.equal(all.filter((answer) => answer === "taken").length, 1, all.join("; "));
      assert.ok(all.every((answer) => answer === "taken" || /is using this folder/.test(answer)));
    } finally {
      for (const child of processes) child.kill("SIGKILL");
    }
  });

  it("is one line if it cannot be written", () => {
    mkdirSync(join(folder, "folder", ".lock"), { recursive: true });
    assert.throws(() => open("folder"), message(/^cannot write .*\.lock: it is a folder, not a file/));
  });
});

describe("a work-dir", () => {
  it("is rejected if it contains other files or a run, or cannot be created", () => {
    const foreign = join(folder, "foreign");
    mkdirSync(foreign);
    writeFileSync(join(foreign, "thesis.tex"), "");
    assert.throws(
      () => openWorkDir(foreign, detnasQuickstart, { resume: false }),
      message(/contains other files/),
    );
    const own = join(folder, "own");
    // Before a step has a result, the folder can be used for another run.
    openWorkDir(own, mixedQuickstart, { resume: false })[Symbol.dispose]();
    mkdirSync(join(own, "steps", "pretrain"), { recursive: true });
    openWorkDir(own, detnasQuickstart, { resume: false })[Symbol.dispose]();
    writeFileSync(join(own, "steps", "pretrain", "done.json"), "{}");
    assert.throws(() => openWorkDir(own, detnasQuickstart, { resume: false }), message(/add --resume/));
    openWorkDir(own, detnasQuickstart, { resume: true })[Symbol.dispose]();
    assert.throws(
      () => openWorkDir(own, mixedQuickstart, { resume: true }),
      message(/contains a run of detnas-quickstart, not of mixed-quickstart: choose another --work-dir/),
    );
    assert.match(readFileSync(join(own, "recipe.yaml"), "utf8"), /^name: detnas-quickstart$/m);
    const below = join(foreign, "thesis.tex", "run");
    assert.throws(
      () => openWorkDir(below, detnasQuickstart, { resume: false }),
      message(/thesis\.tex.*check the path/),
    );
  });

  it("is named in the error if it is not writable", {
    skip: process.getuid?.() === 0 ? "root can write everywhere" : false,
  }, () => {
    const closed = join(folder, "closed");
    mkdirSync(closed);
    chmodSync(closed, 0o500);
    assert.throws(
      () => openWorkDir(join(closed, "x"), detnasQuickstart, { resume: false }),
      message(/permission denied/),
    );
  });
});

describe("an interrupt", () => {
  it("stops a step that never waits, with the exit code of the signal", async () => {
    using workDir = openWorkDir(join(folder, "busy"), detnasQuickstart, { resume: false });
    for (const [signal, code] of [
      ["SIGHUP", 129],
      ["SIGINT", 130],
      ["SIGTERM", 143],
    ] as const) {
      const interrupt = listenForInterrupt(() => {});
      const busy: Step = {
        name: "busy",
        title: "busy",
        ranks: "first",
        inputs: () => 0,
        async run({ host }) {
          process.kill(process.pid, signal);
          for (let i = 0; i < 1e5; i++) if (await host.stopRequested()) throw host.interrupted();
        },
      };
      const options = { workDir, interrupt, resumeCommand: "--resume", log() {} };
      await assert.rejects(
        runSteps([busy], options),
        (error) => message(/^stopped; nothing is lost/)(error) && (error as UserError).exitCode === code,
      );
      interrupt.release();
    }
  });
});

/** Name of a temporary file, as a kill during a write leaves it. */
const LITTER = ".weights.safetensors.0123456789abcdef.tmp";

describe("a pipeline", () => {
  const ran: string[] = [];
  let failing: string | undefined;
  const step = (name: string, inputs: Step["inputs"]): Step => ({
    name,
    title: name,
    inputs,
    ranks: "first",
    async run({ folder: folderOf, host }) {
      ran.push(name);
      assert.ok(!existsSync(join(folderOf(), LITTER)));
      writeFileSync(join(folderOf(), `try-${ran.length}`), "");
      if (failing === name) writeFileSync(join(folderOf(), LITTER), "");
      host.begin(0, 1);
      if (failing === name) throw new UserError("the disk is full");
    },
  });
  let inputs = { a: 1, b: 1, c: 1 };
  const steps = (["a", "b", "c"] as const).map((name) => step(name, () => inputs[name]));
  const workDir = openWorkDir(join(folder, "pipeline"), detnasQuickstart, { resume: false });
  const run = async () => {
    ran.length = 0;
    const interrupt = { requested: () => undefined, release() {} };
    await runSteps(steps, { workDir, interrupt, resumeCommand: "", log() {} });
    return [...ran];
  };

  it("resumes at the failed step, keeps its files, and skips finished steps", async () => {
    failing = "b";
    await assert.rejects(run(), /disk is full/);
    assert.equal(firstUnfinished(steps, workDir)?.name, "b");
    failing = undefined;
    assert.deepEqual(await run(), ["b", "c"]);
    assert.ok(existsSync(join(workDir.stepFolder("b"), "try-2")), "the failed attempt's file was removed");
    assert.deepEqual(await run(), []);
  });

  it("repeats a step with corrupt outputs, but ignores changes to checkpoints", async () => {
    const file = (step: string, name: string) => join(workDir.stepFolder(step), name);
    for (const name of ["checkpoint-7.safetensors", "checkpoint.before"]) writeFileSync(file("b", name), "");
    assert.deepEqual(await run(), []);
    writeFileSync(file("b", "try-2"), "cut off");
    assert.equal(firstUnfinished(steps, workDir)?.name, "b");
    assert.deepEqual(await run(), ["b"]);
    assert.ok(existsSync(file("b", "checkpoint-7.safetensors")));
    writeFileSync(file("b", "done.json"), "{");
    assert.deepEqual(await run(), ["b"]);
    assert.deepEqual(await run(), []);
  });

  it("repeats the changed step and all steps after it", async () => {
    inputs = { a: 1, b: 1, c: 2 };
    assert.deepEqual(await run(), ["c"]);
    inputs = { a: 2, b: 1, c: 2 };
    assert.deepEqual(await run(), ["a", "b", "c"]);
  });
});

it("clock", () => {
  assert.deepEqual([0, 65, 3723].map(clock), ["0:00", "1:05", "1:02:03"]);
});
