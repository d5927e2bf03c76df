import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { Random, UserError } from "@supernet/base";
import { evolutionSearch, type Proposal, type SearchState, ungrouped } from "@supernet/nas";
import { silentContext } from "../run/loop-context.js";
import { searchCheckpointFile } from "./checkpoint.js";
import { searchInStep } from "./run-search.js";

const choices = [1, 2, 3, 4];
const createStrategy = (seed = 1) =>
  evolutionSearch(
    {
      space: { name: "digits", decisions: ["a", "b", "c", "d"].map((name) => ({ name, choices })) },
      constraints: {},
      measure: ({ a }) => ({ a: Number(a) }),
      seed,
    },
    {
      populationSize: 6,
      generations: 3,
      topK: 3,
      mutations: { children: 2, probability: 0.1 },
      crossovers: 2,
    },
  );

class Killed extends Error {}

const root = mkdtempSync(join(tmpdir(), "search-state-"));
after(() => rmSync(root, { recursive: true, force: true }));
const newFolder = (): string => mkdtempSync(join(root, "step-"));
const corrupt = (path: string): string => `${path} is corrupt: resuming from the previous search checkpoint`;
const before = (folder: string): string => `${searchCheckpointFile(folder)}.before`;

interface Outcome {
  readonly state: SearchState;
  readonly logged: readonly string[];
  /** Number of candidates in the checkpoint. */
  readonly resumedFrom: number;
  /** Number of candidates scored in this search. */
  readonly scored: number;
}

/** Runs the search of a step. It is killed before it scores more than `max` candidates. */
async function searchIn(folder: string, max = Number.POSITIVE_INFINITY, seed = 1): Promise<Outcome> {
  const logged: string[] = [];
  let resumedFrom = -1;
  let scored = 0;
  const evaluate = async ({ subnet }: Proposal): Promise<number> => {
    if (scored === max) throw new Killed();
    scored++;
    return Random.of(JSON.stringify(subnet)).normal();
  };
  const { state } = await searchInStep(
    { host: silentContext("search", folder), log: (line) => logged.push(line) },
    {
      strategy: createStrategy(seed),
      candidates: 18,
      scoring: ungrouped(evaluate),
      begin: (done) => {
        resumedFrom = done;
      },
      onCandidate() {},
    },
  );
  return { state, logged, resumedFrom, scored };
}

/** Returns a folder whose search was killed after 8 candidates. */
async function killedFolder(): Promise<string> {
  const folder = newFolder();
  await assert.rejects(searchIn(folder, 8), Killed);
  return folder;
}

describe("search checkpoint", async () => {
  const { state: uninterrupted } = await searchIn(newFolder());
  const size = readFileSync(searchCheckpointFile(await killedFolder())).length;
  const cuts = Array.from({ length: 10 }, (_, i) => Math.floor((i * size) / 10));
  const damages: Readonly<Record<string, (content: Buffer) => Buffer>> = {
    ...Object.fromEntries(
      [...cuts, size - 1].map((length) => [
        `truncated to ${length} bytes`,
        (content: Buffer) => content.subarray(0, length),
      ]),
    ),
    scrambled: (content) => {
      const random = Random.of("scrambled");
      for (let i = size >> 1; i < (size >> 1) + 50; i++) content[i] = random.int(256);
      return content;
    },
    "with another digit in a score": (content) => {
      const text = content.toString();
      const changed = text.replace(
        /("score":-?\d\.\d)(\d)/,
        (_, start, digit) => start + ((Number(digit) + 1) % 10),
      );
      assert.notEqual(changed, text);
      JSON.parse(changed);
      return Buffer.from(changed);
    },
  };
  const damage = (path: string, how: (content: Buffer) => Buffer) =>
    writeFileSync(path, how(readFileSync(path)));

  for (const [name, how] of Object.entries(damages)) {
    it(`falls back to the previous checkpoint if it is ${name}`, async () => {
      const folder = await killedFolder();
      damage(searchCheckpointFile(folder), how);
      const resumed = await searchIn(folder);
      assert.deepEqual(resumed.state, uninterrupted);
      assert.deepEqual(resumed.logged, [corrupt(searchCheckpointFile(folder))]);
      assert.deepEqual([resumed.resumedFrom, resumed.scored], [7, 11]);
    });
  }

  it("starts over if both checkpoints are corrupt", async () => {
    const folder = await killedFolder();
    for (const path of [searchCheckpointFile(folder), before(folder)]) damage(path, damages.scrambled!);
    const resumed = await searchIn(folder);
    assert.deepEqual(resumed.state, uninterrupted);
    assert.deepEqual(resumed.logged, [
      ...[searchCheckpointFile(folder), before(folder)].map(corrupt),
      "no intact search checkpoint: starting the search over",
    ]);
    assert.deepEqual([resumed.resumedFrom, resumed.scored], [0, 18]);
  });

  it("loads the backup after a kill between the two writes, and after a corrupt checkpoint was removed", async () => {
    const folder = await killedFolder();
    damage(searchCheckpointFile(folder), damages.scrambled!);
    await assert.rejects(searchIn(folder, 0), Killed);
    assert.ok(!existsSync(searchCheckpointFile(folder)));
    const resumed = await searchIn(folder);
    assert.deepEqual(resumed.state, uninterrupted);
    assert.deepEqual([resumed.resumedFrom, resumed.logged], [7, []]);
    assert.deepEqual(readdirSync(folder).sort(), ["checkpoint", "checkpoint.before"]);
  });

  it("rejects the checkpoint of another search", async () => {
    const folder = await killedFolder();
    const others = readFileSync(searchCheckpointFile(folder));
    await assert.rejects(
      searchIn(folder, 0, 2),
      (error) => error instanceof UserError && /another search \(seed was 1, is 2\)/.test(error.message),
    );
    assert.deepEqual(readFileSync(searchCheckpointFile(folder)), others);
  });
});
