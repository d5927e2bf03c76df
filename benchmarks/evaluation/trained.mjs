// The trained supernet of a recipe, and scorers of its subnets as the recipe's search has them.
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

/** @param workDir where the supernet was trained; without it, it is trained first */
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
    /** @param scorers that share the threads */
    scorer: (scorers) => openScorer(contextWith(scorers)),
    close() {
      if (!workDir) rmSync(root, { recursive: true });
    },
  };
}

/** The supernet's trainings alone, by the command line. */
function train(name, { task }) {
  const folder = mkdtempSync(join(tmpdir(), "evaluation-benchmark-"));
  const bin = fileURLToPath(new URL("../../packages/supernet/bin/supernet.js", import.meta.url));
  for (const step of task === "detection" ? ["pretrain", "finetune"] : ["train"]) {
    const args = [bin, "train", name, "--step", step, "--work-dir", folder];
    const { status } = spawnSync(process.execPath, args, { stdio: ["ignore", "inherit", "inherit"] });
    if (status !== 0) throw new Error(`${step} failed`);
  }
  return folder;
}

export function differentSubnets(space, count) {
  const found = new Map();
  for (let i = 0; found.size < count; i++) {
    const subnet = sampleSubnet(space, Random.of("benchmark", i));
    found.set(subnetKey(space, subnet), subnet);
  }
  return [...found.values()];
}

/** As the search hands a generation to its scorers. */
export async function scoreInGroups(space, scorer, generation, looks) {
  const proposals = generation.map((subnet, place) => ({ subnet, fraction: 1, place }));
  const left = groupProposals(space, proposals, scorer.parallel);
  const scored = [];
  const work = async () => {
    for (let group = left.shift(); group !== undefined; group = left.shift()) {
      const subnets = group.map(({ subnet }) => subnet);
      const own = await scorer.score({ subnets, fraction: 1, checks: looks }, async () => {});
      for (const [i, { place }] of group.entries()) scored[place] = own[i];
    }
  };
  await Promise.all(Array.from({ length: scorer.parallel }, work));
  return scored;
}
