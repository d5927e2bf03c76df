// Opens the trained supernet of a recipe, and scorers of its subnets configured as in the recipe's search.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Random } from "@supernet/base";
import { sampleSubnet, subnetKey } from "@supernet/nas";
import { recipes } from "../../packages/supernet/dist/recipes/index.js";
import { createRun } from "../../packages/supernet/dist/recipes/load.js";
import { silentContext } from "../../packages/supernet/dist/run/loop-context.js";
import { groupProposals } from "../../packages/supernet/dist/scoring/groups.js";
import { openScorer } from "../../packages/supernet/dist/search/open-scorer.js";
import { searchedSpace } from "../../packages/supernet/dist/task/run-context.js";

/** @param workDir work directory of the trained supernet; undefined to train it first */
export async function openTrained(name, workDir) {
  const recipe = { ...recipes[name], threads: availableParallelism() };
  const root = workDir ?? train(name, recipe);
  const space = await createRun(recipe).get(searchedSpace);
  const folder = (step = "search") => join(root, "steps", step);
  const host = silentContext("search", folder());
  const contextWith = (scorers) => {
    const run = createRun({ ...recipe, scorers });
    return { run, recipe: run.recipe, space, root, device: "cpu", folder, host, log() {} };
  };
  return {
    recipe,
    space,
    contextWith,
    /** @param scorers number of scorers that share the threads */
    scorer: (scorers) => openScorer(contextWith(scorers)),
    close() {
      if (!workDir) rmSync(root, { recursive: true });
    },
  };
}

/** Runs only the training steps of the supernet, with the command line. */
function train(name, { task, steps }) {
  const latency = steps.search.latency !== null && "measure" in steps.search.latency;
  if (latency)
    throw new Error(`${name} measures its latency table in a run: pass the --work-dir of a run of ${name}`);
  const folder = mkdtempSync(join(tmpdir(), "evaluation-benchmark-"));
  const bin = fileURLToPath(new URL("../../packages/supernet/bin/supernet.js", import.meta.url));
  const detection = [...(steps.pretrain ? ["pretrain"] : []), "finetune"];
  for (const step of task === "detection" ? detection : ["train"]) {
    const args = [bin, "train", name, "--step", step, "--work-dir", folder];
    const { status } = spawnSync(process.execPath, args, { stdio: ["ignore", "inherit", "inherit"] });
    if (status !== 0) throw new Error(`${step} failed`);
  }
  return folder;
}

/** Samples distinct subnets. */
export function differentSubnets(space, count) {
  const found = new Map();
  for (let i = 0; found.size < count; i++) {
    const subnet = sampleSubnet(space, Random.of("benchmark", i));
    found.set(subnetKey(space, subnet), subnet);
  }
  return [...found.values()];
}

/** Scores a generation in groups, as the search does. */
export async function scoreInGroups(space, scorer, generation, checks) {
  const proposals = generation.map((subnet, index) => ({ subnet, fraction: 1, index }));
  const waiting = groupProposals(space, proposals, scorer.parallel);
  const scored = [];
  const work = async () => {
    for (let group = waiting.shift(); group !== undefined; group = waiting.shift()) {
      const subnets = group.map(({ subnet }) => subnet);
      const own = await scorer.score({ subnets, fraction: 1, checks }, async () => {});
      for (const [i, { index }] of group.entries()) scored[index] = own[i];
    }
  };
  await Promise.all(Array.from({ length: scorer.parallel }, work));
  return scored;
}
