// For tests: one rank of a search whose scores are made up; the first prints the search's history as JSON.
import { appendFileSync, existsSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { Random } from "@supernet/base";
import { evolutionSearch, randomSearch, runGroupedSearch, type Subnet, subnetKey } from "@supernet/nas";
import { distributed } from "@supernet/torch";
import { openSpace } from "../recipe/open-space.js";
import { mixedQuickstart } from "../recipes/mixed-quickstart.js";
import { groupsOf } from "./groups.js";
import { fetchWeights, HandOut, helpToScore } from "./hand-out.js";
import type { Pause, Scorer } from "./scorer.js";

export interface SearchRankOptions {
  /** A file to which each scoring is told, by its rank. */
  readonly log: string;
  /** One candidate is searched, once another rank has asked for work. */
  readonly single?: boolean;
  /** What this rank does from its third scoring on, or its first of a single candidate. */
  readonly oddly?: "die" | "be slow" | "fail" | "leave";
  /** A file that its third scoring waits for. */
  readonly awaits?: string;
}

const SEARCH = "search";
const CANDIDATE = 20;

const space = await openSpace(mixedQuickstart.space);
const scoreOf = (subnet: Subnet): number => Random.of("score", subnetKey(space, subnet)).uniform(0, 1);

class Stopped extends Error {}

function scorer({ log, single, oddly, awaits }: SearchRankOptions, world: distributed.World): Scorer {
  const { rank, size, store } = world;
  let scorings = 0;
  return {
    parallel: 1,
    async score({ subnets }, pause) {
      // The first three of each begin together: each has so many, however late it starts.
      if (++scorings <= 3 && !single && awaits === undefined) {
        const begun = `begun/${scorings}`;
        for (store.add(begun, 1); store.add(begun, 0) < size; await sleep(5)) await pause();
      }
      if (scorings > (single ? 0 : 2)) {
        while (awaits !== undefined && !existsSync(awaits)) await sleep(5);
        if (oddly === "die") process.kill(process.pid, "SIGKILL");
        if (oddly === "fail")
          throw Object.assign(new Error("no such data"), { name: "UserError", exitCode: 3 });
        if (oddly === "leave") throw new Stopped();
        for (let i = 0; oddly === "be slow" && i < 1000; i++) {
          await pause();
          await sleep(20);
        }
      }
      for (const _ of subnets) {
        await pause();
        await sleep(CANDIDATE);
      }
      appendFileSync(log, `${rank}\n`);
      return subnets.map((subnet) => ({ score: scoreOf(subnet) }));
    },
    async [Symbol.asyncDispose]() {},
  };
}

const pause: Pause = async () => {};

async function search(
  world: distributed.World,
  own: Scorer,
  weights: string,
  { single = false }: SearchRankOptions,
): Promise<unknown> {
  writeFileSync(weights, "trained");
  const said = new Set<string>();
  await using scorer = await HandOut.open(world, SEARCH, weights, own, (line) => said.add(line));
  const problem = { space, constraints: {}, measure: () => ({}), seed: 1 };
  while (single && world.store.add("search/asked", 0) === 0) await sleep(5);
  const evolution = { population: 24, epochs: 4, topK: 4, mutations: 8, crossovers: 8 };
  const strategy = single ? randomSearch(problem, { candidates: 1 }) : evolutionSearch(problem, evolution);
  const { state } = await runGroupedSearch({
    strategy,
    parallel: scorer.parallel,
    groups: (waiting) => groupsOf(space, waiting, scorer.parallel),
    score: (group, looks) =>
      scorer.score({ subnets: group.map(({ subnet }) => subnet), fraction: 1, looks }, pause),
  });
  return {
    history: state.history.map(({ subnet, score }) => [subnetKey(space, subnet), score]),
    said: [...said],
  };
}

async function help(world: distributed.World, own: Scorer, weights: string): Promise<void> {
  if (await fetchWeights(world, SEARCH, weights, pause)) await helpToScore(world, SEARCH, own, pause);
}

async function main(options: SearchRankOptions): Promise<void> {
  let world: distributed.World | undefined;
  try {
    world = (await distributed.joinFromEnvironment(process.env, { device: "cpu", facts: {} }))!;
    const own = scorer(options, world);
    const weights = `${options.log}-weights-${world.rank}`;
    const result = await (world.first ? search : help)(world, own, weights, options);
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
