import assert from "node:assert/strict";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { type Candidate, dominates, objectivesOf } from "@supernet/nas";
import { writeLatencyTable } from "../latency/table-file.js";
import { featuresModel } from "../network/space-models.js";
import { readSubnetFile } from "../network/subnet-file.js";
import type { Recipe } from "../recipe/common.js";
import { openSpace } from "../recipe/open-space.js";
import { withSettings } from "../recipes/define.js";
import { detnasQuickstart } from "../recipes/detnas-quickstart.js";
import { createRun } from "../recipes/load.js";
import { mixedQuickstart } from "../recipes/mixed-quickstart.js";
import { readMetrics } from "../run/metrics.js";
import { readFront } from "../search/front.js";
import { syntheticTable } from "../testing/latency.js";
import { type Settings, tinyMixed, tinyQuickstart, toSettings, writeGrayImages } from "../testing/recipes.js";
import { setOptions, supernet } from "../testing/runs.js";
import { scoringImages, trainingImages } from "./classification/images.js";

const SMALL = {
  random: "{kind: random, candidates: 4}",
  regularized:
    "{kind: regularized-evolution, candidates: 6, populationSize: 3, sample: 2, children: 2, maxTries: 5}",
  predictor:
    "{kind: predictor, candidates: 7, initial: 3, batch: 2, pool: 8, exploration: 1, " +
    "refinement: {candidates: 3, batch: 2}}",
  halving: "{kind: successive-halving, candidates: 8, reduction: 2, rungs: 3}",
};
const nsga2 = (minimize: string): string =>
  `{kind: nsga2, minimize: ${minimize}, populationSize: 4, generations: 2, crossoverProbability: 0.9, ` +
  "mutationProbability: 0.2, maxTries: 5}";

/** Runs the search in a copy of a work-dir whose supernet is trained. */
function searchIn(
  trained: string,
  workDir: string,
  recipe: string,
  settings: Settings,
): readonly Candidate[] {
  cpSync(trained, workDir, { recursive: true });
  const { status, stderr } = supernet("search", recipe, "--work-dir", workDir, ...setOptions(settings));
  assert.equal(status, 0, stderr);
  return JSON.parse(readFileSync(join(workDir, "steps", "search", "checkpoint"), "utf8")).history;
}

/**
 * Checks that the front's files are those of its candidates, that none is dominated, and that its knee is the result.
 */
async function assertFront(workDir: string, history: readonly Candidate[], space: Recipe["space"]) {
  const folder = join(workDir, "steps", "search");
  const front = readFront(folder)!;
  const opened = await openSpace(space);
  assert.deepEqual(
    readdirSync(join(folder, "front")).toSorted(),
    [...front.points.map(({ file }) => file), "front.json"].toSorted(),
  );
  for (const { file, subnet, score, resources } of front.points) {
    assert.deepEqual(readSubnetFile(opened, join(folder, "front", file)), subnet);
    const own = objectivesOf({ score, resources }, front.minimize);
    assert.ok(!history.some((other) => dominates(objectivesOf(other, front.minimize), own)));
  }
  const knee = front.points.find(({ file }) => file === front.knee)!;
  assert.deepEqual(readSubnetFile(opened, join(workDir, "subnet.yaml")), knee.subnet);
  return front;
}

describe("the search for a classifier by each strategy", () => {
  const folder = mkdtempSync(join(tmpdir(), "strategies-"));
  const data = join(folder, "gray");
  const trained = join(folder, "trained");
  const base = Object.fromEntries(
    Object.entries(tinyMixed(data)).filter(([key]) => !key.startsWith("steps.search.strategy")),
  );
  const search = (name: string, strategy: string) =>
    searchIn(trained, join(folder, name), "mixed-quickstart", {
      ...base,
      "steps.search.strategy": strategy,
    });

  before(() => {
    writeGrayImages(data);
    const settings = setOptions(base);
    const { status, stderr } = supernet("train", "mixed-quickstart", "--work-dir", trained, ...settings);
    assert.equal(status, 0, stderr);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it("scores candidates on all images by default, as many as the strategy sets", () => {
    assert.equal(search("random", SMALL.random).length, 4);
    assert.equal(search("regularized", SMALL.regularized).length, 6);
    const { length } = search("predictor", SMALL.predictor);
    assert.ok(length > 7 && length <= 10, `${length}`);
    assert.ok(!existsSync(join(folder, "random", "steps", "search", "front")));
  });

  it("prefilters candidates by a score of untrained networks, reproducibly", () => {
    const settings = { ...base, "steps.search.strategy": SMALL.random };
    const filter = (score: string) => ({
      ...settings,
      "steps.search.prefilter": `{score: ${score}, draws: 3}`,
    });
    const plain = searchIn(trained, join(folder, "unfiltered"), "mixed-quickstart", settings);
    const ways = ["synflow", "gradient-norm"].map((score) =>
      searchIn(trained, join(folder, score), "mixed-quickstart", filter(score)).map(({ subnet }) => subnet),
    );
    assert.notDeepEqual(ways[0], ways[1]);
    for (const subnets of ways) {
      assert.equal(subnets.length, 4);
      assert.notDeepEqual(
        subnets,
        plain.map(({ subnet }) => subnet),
      );
    }
    const again = searchIn(trained, join(folder, "again"), "mixed-quickstart", filter("synflow"));
    assert.deepEqual(
      again.map(({ subnet }) => subnet),
      ways[0],
    );
  });

  it("refuses a score that transformers do not support before the first training", () => {
    const { status, stderr } = supernet(
      ...["run", "autoformer-quickstart", "--work-dir", join(folder, "none")],
      ...["--set", "steps.search.prefilter={score: naswot, draws: 2}"],
    );
    assert.equal(status, 1);
    assert.match(stderr, /^error: steps\.search\.prefilter: naswot counts .*: use gradient-norm\n$/);
  });

  it("scores on parts of the images by successive halving", () => {
    const history = search("halving", SMALL.halving);
    assert.deepEqual(
      history.map(({ fraction }) => fraction),
      [...Array(8).fill(0.25), ...Array(4).fill(0.5), 1, 1],
    );
    // The complete set has 30 images.
    for (const { score, fraction } of history) {
      const right = score! * { 0.25: 8, 0.5: 15, 1: 30 }[fraction]!;
      assert.ok(Math.abs(right - Math.round(right)) < 1e-9, `${score} on ${fraction}`);
    }
    const records = readMetrics(join(folder, "halving", "metrics.jsonl")).filter(
      ({ step }) => step === "search",
    );
    assert.deepEqual(
      records.map(({ fraction }) => fraction),
      history.map(({ fraction }) => fraction),
    );
  });

  it("stops candidates early without changing other scores, with several scorers too", () => {
    const settings = {
      ...base,
      "steps.search.strategy":
        "{kind: evolution, populationSize: 8, generations: 4, topK: 1, maxTries: 5, crossovers: 0, " +
        "mutations: {children: 4, probability: 0.2}}",
      "steps.search.batchSize": 5,
      "steps.search.images": null,
    };
    const plain = searchIn(trained, join(folder, "unstopped"), "mixed-quickstart", settings);
    const early = { ...settings, "steps.search.earlyStop": "{risk: 0.45}" };
    const history = searchIn(trained, join(folder, "stopped"), "mixed-quickstart", early);
    const stopped = history.filter(({ fraction }) => fraction < 1);
    assert.ok(stopped.length > 0 && stopped.every(({ generation }) => generation > 0));
    const scoreOf = new Map(plain.map(({ subnet, score }) => [JSON.stringify(subnet), score]));
    const known = history.filter(
      ({ subnet, fraction }) => fraction === 1 && scoreOf.has(JSON.stringify(subnet)),
    );
    assert.ok(known.length >= 8);
    for (const { subnet, score } of known) assert.equal(score, scoreOf.get(JSON.stringify(subnet)));
    const records = readMetrics(join(folder, "stopped", "metrics.jsonl")).filter(
      ({ step }) => step === "search",
    );
    assert.deepEqual(
      records.map(({ fraction }) => fraction),
      history.map(({ fraction }) => fraction),
    );
    const several = { ...early, scorers: 2, threads: 2 };
    assert.deepEqual(searchIn(trained, join(folder, "several"), "mixed-quickstart", several), history);
  });

  it("scores on nested parts of the images", async () => {
    const recipe = withSettings(mixedQuickstart, toSettings(base));
    const { batchSize } = recipe.steps.search;
    for (const images of [30, null]) {
      using opened = scoringImages(recipe, trainingImages(createRun(recipe)).heldOut, { batchSize, images });
      const scored = opened.of({});
      const idsOf = async (part: AsyncIterable<{ ids: readonly unknown[] }>) => {
        const ids: unknown[] = [];
        for await (const batch of part) ids.push(...batch.ids);
        return ids;
      };
      const all = await idsOf(scored);
      const drawn = await idsOf(scored.part(1).batches);
      assert.notDeepEqual(drawn, all);
      assert.deepEqual(new Set(drawn), new Set(all));
      for (const fraction of [0.25, 0.5]) {
        const part = scored.part(fraction);
        assert.equal(part.images, Math.ceil(fraction * all.length));
        assert.deepEqual(await idsOf(part.batches), drawn.slice(0, part.images));
      }
    }
  });

  it("writes the front of several objectives, shows it in the report and retrains its knee", async () => {
    const history = search("front", nsga2("[flops, params]"));
    const workDir = join(folder, "front");
    const front = await assertFront(workDir, history, withSettings(mixedQuickstart, toSettings(base)).space);
    const settings = { ...base, "steps.search.strategy": nsga2("[flops, params]") };
    const { status, stderr } = supernet(
      ...["run", "mixed-quickstart", "--work-dir", workDir, ...setOptions(settings), "--resume"],
    );
    assert.equal(status, 0, stderr);
    const page = readFileSync(join(workDir, "report.html"), "utf8");
    assert.match(page, /<h2>Pareto front<\/h2>/);
    assert.ok(page.includes(`${front.knee}, the knee`));
    assert.match(page, /NSGA-II for several objectives by accuracy/);
  });
});

describe("the search for a detector's backbone", () => {
  const folder = mkdtempSync(join(tmpdir(), "detection-strategies-"));
  const data = join(folder, "gray");
  const trained = join(folder, "trained");
  const base: Settings = {
    ...Object.fromEntries(
      Object.entries(tinyQuickstart(data)).filter(([key]) => !key.startsWith("steps.search.strategy")),
    ),
    "steps.compare": null,
  };

  before(() => {
    writeGrayImages(data);
    for (const step of ["pretrain", "finetune"]) {
      const { status, stderr } = supernet(
        ...["train", "detnas-quickstart", "--step", step, "--work-dir", trained, ...setOptions(base)],
      );
      assert.equal(status, 0, stderr);
    }
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it("scores on parts of the images by successive halving", () => {
    const history = searchIn(trained, join(folder, "halving"), "detnas-quickstart", {
      ...base,
      "steps.search.strategy": "{kind: successive-halving, candidates: 4, reduction: 2, rungs: 2}",
    });
    assert.deepEqual(
      history.map(({ fraction }) => fraction),
      [0.5, 0.5, 0.5, 0.5, 1, 1],
    );
    for (const { score } of history) assert.ok(score! >= 0 && score! <= 1);
  });

  it("finds a front of score, latency and the complete detector's parameters", async () => {
    const table = join(folder, "table.json");
    const { space: described } = withSettings(detnasQuickstart, toSettings(base));
    const space = await openSpace(described);
    writeLatencyTable(
      table,
      syntheticTable({ space, inputOf: () => [3, 64, 64], models: [featuresModel(space)] }),
    );
    const history = searchIn(trained, join(folder, "front"), "detnas-quickstart", {
      ...base,
      "steps.search.strategy": nsga2("[latency, detector.params]"),
      "steps.search.latency": `{table: ${JSON.stringify(table)}}`,
    });
    for (const { resources } of history)
      assert.ok(resources.latency! > 0 && resources["detector.params"]! > 0);
    const front = await assertFront(join(folder, "front"), history, described);
    assert.deepEqual(front.minimize, ["latency", "detector.params"]);
  });
});
