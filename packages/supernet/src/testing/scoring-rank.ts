// For tests: a rank of a search with fake scores. Rank 0 prints the history of the search as JSON.
import { appendFileSync, existsSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { Random } from "@supernet/base";
import { evolutionSearch, randomSearch, runGroupedSearch, type Subnet, subnetKey } from "@supernet/nas";
import { distributed } from "@supernet/torch";
import { openSpace } from "../recipe/open-space.js";
import { mixedQuickstart } from "../recipes/mixed-quickstart.js";
import { DistributedScorer, fetchWeights, scoreWorkItems } from "../scoring/distributed-scorer.js";
import { groupProposals } from "../scoring/groups.js";
import type { Scorer, StopCheck } from "../scoring/scorer.js";

export interface SearchRankOptions {
  /** File to which each scoring appends its rank. */
  readonly log: string;
  /** Searches a single candidate, after another rank has requested work. */
  readonly single?: boolean;
  /** Fault of this rank from its third scoring on, or from its first one with `single`. */
  readonly fault?: "die" | "be slow" | "fail" | "leave";
  /** Path of a file that this rank's third scoring waits for. */
  readonly waitFor?: string;
}

const SEARCH = "search";
const CANDIDATE_MS = 20;

const space = await openSpace(mixedQuickstart.space);
const scoreOf = (subnet: Subnet): number => Random.of("score", subnetKey(space, subnet)).uniform(0, 1);

class Stopped extends Error {}

function scorer({ log, single, fault, waitFor }: SearchRankOptions, world: distributed.World): Scorer {
  const { rank, size, store } = world;
  let scorings = 0;
  return {
    parallel: 1,
    async score({ subnets }, checkStop) {
      // The ranks start each of their first three scorings together, so every rank has three, however late it starts.
      if (++scorings <= 3 && !single && waitFor === undefined) {
        const started = `started/${scorings}`;
        for (store.add(started, 1); store.add(started, 0) < size; await sleep(5)) await checkStop();
      }
      if (scorings > (single ? 0 : 2)) {
        while (waitFor !== undefined && !existsSync(waitFor)) await sleep(5);
        if (fault === "die") process.kill(process.pid, "SIGKILL");
        if (fault === "fail")
          throw Object.assign(new Error("no such data"), { name: "UserError", exitCode: 3 });
        if (fault === "leave") throw new Stopped();
        for (let i = 0; fault === "be slow" && i < 1000; i++) {
          await checkStop();
          await sleep(20);
        }
      }
      for (const _ of subnets) {
        await checkStop();
        await sleep(CANDIDATE_MS);
      }
      appendFileSync(log, `${rank}\n`);
      return subnets.map((subnet) => ({ score: scoreOf(subnet) }));
    },
    async [Symbol.asyncDispose]() {},
  };
}

const checkStop: StopCheck = async () => {};

async function search(
  world: distributed.World,
  localScorer: Scorer,
  weights: string,
  { single = false }: SearchRankOptions,
): Promise<unknown> {
  writeFileSync(weights, "trained");
  const logged = new Set<string>();
  const log = (line: string) => logged.add(line);
  await using scorer = await DistributedScorer.open({ world, search: SEARCH, weights, localScorer, log });
  const problem = { space, constraints: {}, measure: () => ({}), seed: 1 };
  while (single && world.store.add("search/requested", 0) === 0) await sleep(5);
  const mutations = { children: 8, probability: 0.1 };
  const evolution = { populationSize: 24, generations: 4, topK: 4, mutations, crossovers: 8 };
  const strategy = single ? randomSearch(problem, { candidates: 1 }) : evolutionSearch(problem, evolution);
  const { state } = await runGroupedSearch({
    strategy,
    parallel: scorer.parallel,
    groups: (waiting) => groupProposals(space, waiting, scorer.parallel),
    score: (group, checks) =>
      scorer.score({ subnets: group.map(({ subnet }) => subnet), fraction: 1, checks }, checkStop),
  });
  return {
    history: state.history.map(({ subnet, score }) => [subnetKey(space, subnet), score]),
    logged: [...logged],
  };
}

async function help(world: distributed.World, localScorer: Scorer, weights: string): Promise<void> {
  const shared = { world, search: SEARCH, checkStop };
  if (await fetchWeights(shared, weights)) await scoreWorkItems(shared, localScorer);
}

async function main(options: SearchRankOptions): Promise<void> {
  let world: distributed.World | undefined;
  try {
    world = (await distributed.joinFromEnvironment(process.env, { device: "cpu", facts: {} }))!;
    const localScorer = scorer(options, world);
    const weights = `${options.log}-weights-${world.rank}`;
    const result = await (world.isMainRank ? search : help)(world, localScorer, weights, options);
    process.stdout.write(JSON.stringify(result ?? null));
    await world.leave();
  } catch (error) {
    if (error instanceof Stopped) return world!.leave();
    const cause = (world ? await world.fail(error) : error) as Error & { exitCode?: number };
    process.stderr.write(`${cause.name}: ${cause.message}\n`);
    process.exitCode = cause.exitCode ?? 70;
  }
}

await main(JSON.parse(process.argv[2]!));
