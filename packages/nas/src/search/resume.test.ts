import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { checksummedJson, Random, UserError } from "@supernet/base";
import fc from "fast-check";
import { subnetKey } from "../space/space.js";
import { digitProblem, SMALL_STRATEGIES } from "../testing/search.js";
import { runSearch } from "./run-search.js";
import { observe, type Proposal, type SearchState } from "./state.js";
import { DamagedStateError, loadSearchState, saveSearchState } from "./state-file.js";
import { evolutionSearch } from "./strategies/evolution.js";
import { randomSearch } from "./strategies/random.js";
import type { Strategy } from "./strategy.js";

const folder = mkdtempSync(join(tmpdir(), "supernet-search-"));
after(() => rmSync(folder, { recursive: true }));

const small = {
  populationSize: 6,
  generations: 3,
  topK: 3,
  mutations: { children: 2, probability: 0.1 },
  crossovers: 2,
};
const problem = digitProblem(5, 3, { constraints: { sum: { max: 11 } } });
const strategies = {
  evolution: (seed: number) => evolutionSearch({ ...problem, seed }, small),
  random: (seed: number) => randomSearch({ ...problem, seed }, { candidates: 18 }),
};

/** Returns a noisy score, as in practice, and sometimes none. It depends only on the arguments. */
async function evaluate({ subnet, fraction }: Proposal, index: number): Promise<number> {
  const random = Random.of(subnetKey(problem.space, subnet), fraction, index);
  return random.uniform() < 0.1 ? Number.NaN : random.normal();
}

class Killed extends Error {}

/** Resumes from the file like a new process, and dies at the given evaluation: before it, or after saving it. */
async function runUntil(make: () => Strategy, path: string, stop: number, saved: boolean) {
  const strategy = make();
  return runSearch({
    strategy,
    state: loadSearchState(path, strategy),
    evaluate: async (proposal, index) => {
      if (index === stop && !saved) throw new Killed();
      return evaluate(proposal, index);
    },
    save: (state) => saveSearchState(path, state),
    onCandidate: (_, index) => {
      if (index === stop && saved) throw new Killed();
    },
  });
}

test("a search interrupted anywhere, any number of times, ends like an uninterrupted one", async () => {
  const stops = fc.uniqueArray(fc.integer({ min: 0, max: 17 }), { maxLength: 4 });
  let run = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...Object.keys(SMALL_STRATEGIES)),
      fc.nat(),
      stops,
      fc.boolean(),
      async (name, seed, places, saved) => {
        const make = () => SMALL_STRATEGIES[name]!({ ...problem, seed });
        const uninterrupted = await runSearch({ strategy: make(), evaluate });
        const path = join(folder, `${run++}.json`);
        for (const stop of places.toSorted((a, b) => a - b)) {
          await assert.rejects(runUntil(make, path, stop, saved), Killed);
        }
        const resumed = await runUntil(make, path, Infinity, false);
        assert.deepEqual(resumed, uninterrupted);
        assert.deepEqual(loadSearchState(path, make()), uninterrupted.state);
      },
    ),
    { numRuns: 40 },
  );
});

test("interrupting a search at every candidate does not change its result", async () => {
  const make = () => strategies.evolution(7);
  const uninterrupted = await runSearch({ strategy: make(), evaluate });
  const path = join(folder, "each.json");
  for (let stop = 0; stop < uninterrupted.state.history.length; stop++) {
    await assert.rejects(runUntil(make, path, stop, true), Killed);
  }
  assert.deepEqual(await runUntil(make, path, Infinity, false), uninterrupted);
});

test("scores in any order, and kills between them, give the same search", async () => {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...Object.keys(SMALL_STRATEGIES)), fc.integer(), async (name, seed) => {
      const make = () => SMALL_STRATEGIES[name]!({ ...problem, seed });
      const path = join(folder, `order-${run++}.json`);
      const order = Random.of(seed);
      let state: SearchState = make().start();
      for (;;) {
        state = make().propose(state);
        if (state.queue.length === 0) break;
        const first = state.history.length;
        const queue = state.queue.map((proposal, i) => ({ proposal, index: first + i }));
        for (const { proposal, index } of order.sample(queue, queue.length)) {
          assert.equal(make().propose(state), state, "nothing is proposed while one waits");
          const score = await evaluate(proposal, index);
          state = observe(problem, state, { subnet: proposal.subnet, score });
          // Another process continues.
          saveSearchState(path, state);
          state = loadSearchState(path, make())!;
        }
      }
      const inTurn = await runSearch({ strategy: make(), evaluate });
      assert.deepEqual(state, { ...inTurn.state, generation: state.generation });
    }),
    { numRuns: 20 },
  );
});

test("parallel evaluations give the same search, and report candidates in order", async () => {
  for (const make of Object.values(SMALL_STRATEGIES)) {
    const inTurn = await runSearch({ strategy: make(problem), evaluate });
    let running = 0;
    let most = 0;
    const reported: number[] = [];
    const together = await runSearch({
      strategy: make(problem),
      parallel: 3,
      evaluate: async (proposal, index) => {
        most = Math.max(most, ++running);
        for (let turns = Random.of(index).int(5); turns > 0; turns--) await undefined;
        running--;
        return evaluate(proposal, index);
      },
      onCandidate: (_, index) => reported.push(index),
    });
    assert.deepEqual(together, inTurn);
    assert.equal(most, 3);
    assert.deepEqual(reported, [...inTurn.state.history.keys()]);
  }
});

test("starts nothing after a failure, and awaits but discards running evaluations", async () => {
  const started: number[] = [];
  let saved = 0;
  const search = runSearch({
    strategy: strategies.random(1),
    parallel: 2,
    evaluate: async (_, index) => {
      started.push(index);
      if (index === 3) throw new Killed();
      for (let turns = 0; turns < 20; turns++) await undefined;
      return 1;
    },
    save: () => saved++,
  });
  await assert.rejects(search, Killed);
  assert.deepEqual(started, [0, 1, 2, 3]);
  assert.equal(saved, 2);
});

async function finishedFile(name: string): Promise<string> {
  const path = join(folder, name);
  await runUntil(() => strategies.evolution(1), path, Infinity, false);
  return path;
}

function refused(path: string, strategy: Strategy, ...words: RegExp[]) {
  assert.throws(
    () => loadSearchState(path, strategy),
    (error: Error) => {
      assert.ok(error instanceof UserError, error.stack);
      assert.ok(error.message.includes(path), error.message);
      for (const word of words) assert.match(error.message, word);
      return true;
    },
  );
}

test("rejects the state of another search and names the difference", async () => {
  const path = await finishedFile("other.json");
  refused(path, strategies.evolution(2), /another search \(seed was 1, is 2\)/);
  assert.throws(
    () => loadSearchState(path, strategies.evolution(2)),
    (error) => !(error instanceof DamagedStateError),
  );
  refused(path, strategies.random(1), /strategy was "evolution", is "random"/);
  refused(path, evolutionSearch(problem, { ...small, topK: 2 }), /settings/);
  refused(path, evolutionSearch({ ...problem, constraints: { sum: { max: 12 } } }, small), /constraints/);
  refused(path, evolutionSearch({ ...problem, ...digitProblem(6, 3), constraints: {} }, small), /decisions/);
});

test("detects any damage to a state file", async () => {
  const path = await finishedFile("damaged.json");
  const strategy = strategies.evolution(1);
  const text = readFileSync(path, "utf8");
  const tellsDamage = (content: string | Buffer) => {
    writeFileSync(path, content);
    refused(path, strategy, /damaged/);
    assert.throws(() => loadSearchState(path, strategy), DamagedStateError);
  };
  for (let tenth = 0; tenth < 10; tenth++) tellsDamage(text.slice(0, Math.floor((tenth * text.length) / 10)));
  tellsDamage(text.slice(0, -1));
  const random = Random.of("damage");
  for (const digit of random.sample([...text.matchAll(/\d/g)], 100)) {
    const other = (Number(digit[0]) + 1 + random.int(9)) % 10;
    tellsDamage(text.slice(0, digit.index) + other + text.slice(digit.index + 1));
  }
  for (let i = 0; i < 20; i++) {
    const bytes = Buffer.from(text);
    const from = random.int(bytes.length - 10);
    for (let at = from; at < from + 10; at++) bytes[at] = random.int(256);
    tellsDamage(bytes);
  }
  tellsDamage(JSON.stringify({ ...JSON.parse(text), sha256: undefined }));
  const damages: ((state: { [key: string]: unknown; history: Record<string, unknown>[] }) => void)[] = [
    (state) => delete state.run,
    (state) => delete (state as Record<string, unknown>).history,
    (state) => (state.generation = -1),
    (state) => (state.queue = [null]),
    (state) => (state.history[0] = "x" as never),
    (state) => (state.history[0]!.score = "high"),
    (state) => (state.history[0]!.resources = { sum: null }),
    (state) => delete state.history[0]!.generation,
    (state) => (state.history[0]!.subnet = { d0: 1 }),
    (state) => (state.history[0]!.fraction = 0),
    (state) => (state.history[0]!.parts = [0.5, "high"]),
    (state) => (state.queue = [{ ...state.history[0], score: "high" }]),
  ];
  for (const damage of damages) {
    const { sha256: _, ...state } = JSON.parse(text);
    damage(state);
    writeFileSync(path, checksummedJson(state));
    refused(path, strategy);
  }
  writeFileSync(path, text);
  assert.ok(loadSearchState(path, strategy));
});

test("returns undefined without a file, and names a directory in its place", () => {
  assert.equal(loadSearchState(join(folder, "none.json"), strategies.evolution(1)), undefined);
  mkdirSync(join(folder, "folder.json"));
  refused(join(folder, "folder.json"), strategies.evolution(1), /folder/);
});
