import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { type Ended, freePort, rankVariables, started, startRank } from "@supernet/testing";
import { tinyMixed, writeGrayImages } from "../testing/recipes.js";
import { bin, runToEnd, setOptions } from "../testing/runs.js";

const root = mkdtempSync(join(tmpdir(), "cli-ranks-"));
const data = join(root, "gray");
before(() => writeGrayImages(data));
after(() => rmSync(root, { recursive: true, force: true }));

const settings = {
  ...tinyMixed(data),
  "steps.train.syncBatchNorm": true,
  // With such a low learning rate, the loss shows a wrong reduction (1e-4), but not a gradient that rounding changes at
  // a kink of ReLU6 (1e-8; see training/ranks.slow.test.ts).
  "steps.train.clipGradNorm": 0.01,
};
const command = (folder: string, more: object = {}): string[] => [
  ...[bin, "run", "mixed-quickstart", "--work-dir", join(root, folder)],
  ...setOptions({ ...settings, ...more }),
];

/** Runs with other environment variables. */
const run = (args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> =>
  started(
    spawn(process.execPath, args, {
      env: { ...process.env, OMP_NUM_THREADS: "1", SUPERNET_DISTRIBUTED_TIMEOUT: "60", ...env },
      stdio: ["ignore", "pipe", "pipe"],
    }),
  ).end;

const resultsIn = (folder: string) =>
  JSON.parse(readFileSync(join(root, folder, "steps", "test", "results.json"), "utf8"));

const records = (folder: string) =>
  readFileSync(join(root, folder, "metrics.jsonl"), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

const candidates = (folder: string) => records(folder).filter(({ step }) => step === "search");

/** Returns the process of a rank that a launcher has started. */
function rankOf(launcher: number, rank: number): number | undefined {
  const children = readFileSync(`/proc/${launcher}/task/${launcher}/children`, "utf8").trim().split(" ");
  return children
    .map(Number)
    .find((child) => readFileSync(`/proc/${child}/environ`, "utf8").includes(`\0RANK=${rank}\0`));
}

/** Returns the mean losses and gradient norms of a training. */
const trainingRecords = (folder: string, step: string): { loss: number; gradNorm: number }[] =>
  records(folder).filter((record) => record.step === step && record.lr !== undefined);

/** Copies a run without the steps after the training of its supernet. */
function copyTrained(from: string, to: string): void {
  const place = join(root, to);
  cpSync(join(root, from), place, { recursive: true });
  for (const step of ["search", "retrain", "test"]) rmSync(join(place, "steps", step), { recursive: true });
}

describe("supernet run --nproc 2", () => {
  it("runs all steps, and trains the supernet as one process does", async () => {
    const alone = runToEnd({ recipe: "mixed-quickstart", workDir: join(root, "alone"), settings });
    assert.equal(alone.status, 0, alone.stderr);
    const { code, stdout, stderr } = await run([...command("both"), "--nproc", "2", "--json"]);
    assert.equal(code, 0, stderr);
    assert.deepEqual(JSON.parse(stdout).inherited, resultsIn("both").inherited);
    assert.match(stderr, /mixed-quickstart in .*, on 2 ranks/);
    assert.doesNotMatch(stderr, /\[rank 1\]/);
    const [expected, found] = [trainingRecords("alone", "train"), trainingRecords("both", "train")];
    assert.ok(found.length > 0);
    for (const [i, { loss, gradNorm }] of expected.entries()) {
      assert.ok(Math.abs(found[i]!.loss - loss) <= 1e-5 * loss, `loss: ${found[i]!.loss}, not ${loss}`);
      // Kinks change it by up to 1e-3, and missing averages by a third or more.
      const apart = Math.abs(found[i]!.gradNorm - gradNorm) / gradNorm;
      assert.ok(apart <= 1e-2, `gradNorm differs by ${apart}`);
    }
    assert.ok(existsSync(join(root, "both", "report.html")));
  });

  it("searches as one process does, with several scorers per rank", () => {
    copyTrained("alone", "searched");
    const args = command("searched", { scorers: 2 }).with(1, "search");
    const { status, stderr } = spawnSync(process.execPath, [...args, "--nproc", "3"], { encoding: "utf8" });
    assert.equal(status, 0, stderr);
    assert.deepEqual(candidates("searched"), candidates("alone"));
    const subnet = (folder: string) => readFileSync(join(root, folder, "subnet.yaml"), "utf8");
    assert.equal(subnet("searched"), subnet("alone"));
  });

  /** Starts two ranks, and sends one of them a signal after a step has started. */
  async function signaled(
    folder: string,
    step: string,
    rank: number,
    signal: NodeJS.Signals,
  ): Promise<Ended> {
    const child = spawn(process.execPath, [...command(folder), "--nproc", "2", "--resume"], {
      env: { ...process.env, SUPERNET_DISTRIBUTED_TIMEOUT: "60" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const { end } = started(child);
    const begun = join(root, folder, "steps", step, "started.json");
    const timer = setInterval(() => {
      const pid = existsSync(begun) ? rankOf(child.pid!, rank) : undefined;
      if (pid === undefined) return;
      clearInterval(timer);
      process.kill(pid, signal);
    }, 5);
    const how = await end;
    clearInterval(timer);
    return how;
  }

  it("restarts a rank that is killed in the search, with the same result", async () => {
    copyTrained("both", "killed");
    const { code, stderr } = await signaled("killed", "search", 1, "SIGKILL");
    assert.equal(code, 0, stderr);
    assert.match(stderr, /^rank 1 was stopped by SIGKILL: restarting it$/m);
    assert.deepEqual(candidates("killed"), candidates("both"));
    assert.deepEqual(resultsIn("killed"), resultsIn("both"));
  });

  it("stops if only rank 0 is asked to stop", async () => {
    const { code, stderr } = await signaled("stopped", "train", 0, "SIGTERM");
    assert.equal(code, 143, stderr);
    assert.match(stderr, /^error: stopped; nothing is lost: continue with .* --nproc 2 --resume$/m);
    assert.doesNotMatch(stderr, /started again/);
  });

  it("prints the error of each rank once, and exits with its code", async () => {
    const { code, stderr } = await run([
      ...command("refused", { "steps.train.batchSize": 15, "steps.train.lr.batchSize": 15 }),
      ...["--nproc", "2"],
    ]);
    assert.equal(code, 1);
    assert.match(stderr, /^error: .*15 is not divisible by the 2 ranks/m);
    assert.match(stderr, /^\[rank 1\] error: .*15 is not divisible/m);
  });

  it("rejects ranks inside ranks, and values that are not integers", () => {
    const refused = (nproc: string, env: object, pattern: RegExp) => {
      const options = { encoding: "utf8", env: { ...process.env, ...env } } as const;
      const { status, stderr } = spawnSync(process.execPath, [...command("no"), "--nproc", nproc], options);
      assert.equal(status, 2);
      assert.match(stderr, pattern);
    };
    refused("two", {}, /^error: --nproc two: expected an integer from 1/);
    refused("2", { RANK: "0" }, /^error: --nproc starts the ranks, but RANK/);
  });
});

describe("ranks of a job", () => {
  it("join with the variables that torchrun sets", async (context) => {
    if (spawnSync("torchrun", ["--help"]).status !== 0) return context.skip("torchrun is not installed");
    copyTrained("both", "torchrun");
    const port = String(await freePort());
    const { code, stderr } = await started(
      spawn(
        "torchrun",
        [
          // Debian 12's torchrun fails with its Python if redirection is not set.
          ...["-r", "1", "-t", "1", "--log_dir", join(root, "logs")],
          ...["--no_python", "--nproc_per_node", "2", "--master_port", port, process.execPath],
          ...command("torchrun"),
          "--resume",
        ],
        { env: { ...process.env, SUPERNET_DISTRIBUTED_TIMEOUT: "60" }, stdio: ["ignore", "pipe", "pipe"] },
      ),
    ).end;
    assert.equal(code, 0, stderr);
    assert.ok(resultsIn("torchrun").inherited);
  });

  it("all exit with one line if their recipes differ", async () => {
    const port = await freePort();
    const ends = await Promise.all(
      [0, 1].map((rank) => startRank(command("differ", { seed: rank }), rankVariables(rank, 2, port)).end),
    );
    for (const { code, stderr } of ends) {
      assert.equal(code, 1);
      assert.match(
        stderr,
        /error: .*ranks differ in recipe: rank 0 has [0-9a-f]{12}, rank 1 has [0-9a-f]{12}: start all/,
      );
    }
    assert.ok(!existsSync(join(root, "differ")));
  });
});
