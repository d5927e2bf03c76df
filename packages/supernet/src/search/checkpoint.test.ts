import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { Random, UserError } from "@supernet/base";
import { evolutionSearch, type Proposal, type SearchState, ungrouped } from "@supernet/nas";
import { silentContext } from "../run/loop-context.js";
import { checkpointOf } from "./checkpoint.js";
import { searchInStep } from "./run-search.js";

const choices = [1, 2, 3, 4];
const strategyOf = (seed = 1) =>
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
const goesOn = (path: string): string =>
  `${path} is damaged: the search goes on from what was there before it`;
const before = (folder: string): string => `${checkpointOf(folder)}.before`;

interface Outcome {
  readonly state: SearchState;
  readonly said: readonly string[];
  /** Candidates that were there before, and those that were scored now. */
  readonly begun: number;
  readonly scored: number;
}

/** Searches as a step does; is killed when it is to score another than the `most` that it may. */
async function searchIn(folder: string, most = Number.POSITIVE_INFINITY, seed = 1): Promise<Outcome> {
  const said: string[] = [];
  let begun = -1;
  let scored = 0;
  const evaluate = async ({ subnet }: Proposal): Promise<number> => {
    if (scored === most) throw new Killed();
    scored++;
    return Random.of(JSON.stringify(subnet)).normal();
  };
  const { state } = await searchInStep(
    { host: silentContext("search", folder), log: (line) => said.push(line) },
    {
      strategy: strategyOf(seed),
      candidates: 18,
      scoring: ungrouped(evaluate),
      begin: (done) => {
        begun = done;
      },
      onCandidate() {},
    },
  );
  return { state, said, begun, scored };
}

/** A folder whose search was killed with 8 candidates scored. */
async function killedFolder(): Promise<string> {
  const folder = newFolder();
  await assert.rejects(searchIn(folder, 8), Killed);
  return folder;
}

describe("the state of a step's search", async () => {
  const { state: unbroken } = await searchIn(newFolder());
  const size = readFileSync(checkpointOf(await killedFolder())).length;
  const cuts = Array.from({ length: 10 }, (_, i) => Math.floor((i * size) / 10));
  const damages: Readonly<Record<string, (content: Buffer) => Buffer>> = {
    ...Object.fromEntries(
      [...cuts, size - 1].map((length) => [
        `cut off after ${length} bytes`,
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
    it(`is fallen back from where it is ${name}, to the one before it and no further`, async () => {
      const folder = await killedFolder();
      damage(checkpointOf(folder), how);
      const resumed = await searchIn(folder);
      assert.deepEqual(resumed.state, unbroken);
      assert.deepEqual(resumed.said, [goesOn(checkpointOf(folder))]);
      assert.deepEqual([resumed.begun, resumed.scored], [7, 11]);
    });
  }

  it("is begun anew where both are damaged", async () => {
    const folder = await killedFolder();
    for (const path of [checkpointOf(folder), before(folder)]) damage(path, damages.scrambled!);
    const resumed = await searchIn(folder);
    assert.deepEqual(resumed.state, unbroken);
    assert.deepEqual(resumed.said, [
      ...[checkpointOf(folder), before(folder)].map(goesOn),
      "no state of the search is whole: it begins anew",
    ]);
    assert.deepEqual([resumed.begun, resumed.scored], [0, 18]);
  });

  it("is whole in one of two files after a kill between them, and where nothing was saved since damage", async () => {
    const folder = await killedFolder();
    damage(checkpointOf(folder), damages.scrambled!);
    await assert.rejects(searchIn(folder, 0), Killed);
    assert.ok(!existsSync(checkpointOf(folder)));
    const resumed = await searchIn(folder);
    assert.deepEqual(resumed.state, unbroken);
    assert.deepEqual([resumed.begun, resumed.said], [7, []]);
    assert.deepEqual(readdirSync(folder).sort(), ["checkpoint", "checkpoint.before"]);
  });

  it("is refused where it is of another search", async () => {
    const folder = await killedFolder();
    const others = readFileSync(checkpointOf(folder));
    await assert.rejects(
      searchIn(folder, 0, 2),
      (error) => error instanceof UserError && /another search \(seed was 1, is 2\)/.test(error.message),
    );
    assert.deepEqual(readFileSync(checkpointOf(folder)), others);
  });
});
