import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import type { Recipe } from "../recipe/common.js";
import { autoFormerTinyImageNet } from "../recipes/autoformer-imagenet.js";
import { withSettings } from "../recipes/define.js";
import { detnasFrcnnShufflenetv2Coco } from "../recipes/detnas-frcnn-shufflenetv2-coco.js";
import { detnasQuickstart } from "../recipes/detnas-quickstart.js";
import { createRun } from "../recipes/load.js";
import { mixedQuickstart } from "../recipes/mixed-quickstart.js";
import { openWorkDir } from "../run/open-work-dir.js";
import { runSteps } from "../run/run-steps.js";
import { pipelineSteps } from "../task/pipeline.js";
import {
  tinyAutoFormer,
  tinyMixed,
  tinyPublished,
  tinyQuickstart,
  toSettings,
  writeGrayImages,
  writePhotographs,
} from "../testing/recipes.js";

/** Discriminators with only one possible value, so nothing needs to read them. */
const ONLY_ONE = ["detector.kind", "steps.search.strategy.kind"];

const isBranch = (value: unknown): value is object =>
  typeof value === "object" && value !== null && Object.keys(value).length > 0;

/** Returns the paths of all values that are not nonempty objects or lists. */
const leaves = (value: object, prefix = ""): string[] =>
  Object.entries(value).flatMap(([key, inner]) =>
    isBranch(inner) ? leaves(inner, `${prefix}${key}.`) : [prefix + key],
  );

/**
 * Wraps a recipe to record which values are read. Serializing it as JSON or YAML does not count, but spreading it does.
 * It therefore checks only what is destructured by key, which is nearly everything.
 */
function recorded<R extends Recipe>(
  recipe: R,
): {
  readonly recipe: R;
  readonly unread: ReadonlySet<string>;
} {
  const unread = new Set(leaves(recipe));
  const wrap = <T extends object>(value: T, prefix: string): T =>
    new Proxy(value, {
      get(target, key) {
        if (key === "toJSON") return () => target;
        const found: unknown = Reflect.get(target, key);
        const path = `${prefix}${String(key)}`;
        unread.delete(path);
        return isBranch(found) && Object.hasOwn(target, key) ? wrap(found, `${path}.`) : found;
      },
    });
  return { recipe: wrap(recipe, ""), unread };
}

describe("every value of a built-in recipe is read by the steps or the report", () => {
  const folder = mkdtempSync(join(tmpdir(), "unused-"));
  after(() => rmSync(folder, { recursive: true, force: true }));

  async function unreadOf(recipe: Recipe): Promise<string[]> {
    using workDir = openWorkDir(join(folder, recipe.name), recipe, { resume: false });
    const noted = recorded(recipe);
    const interrupt = { requested: () => undefined, release() {} };
    const run = createRun(noted.recipe);
    await runSteps(pipelineSteps(run), {
      workDir,
      interrupt,
      resumeCommand: "",
      log() {},
    });
    await run.task.outcome(run, workDir)!.report();
    return [...noted.unread].filter((path) => !ONLY_ONE.includes(path));
  }

  const data = join(folder, "gray");
  before(() => writeGrayImages(data));

  it("the quickstart recipe", async () => {
    const settings = toSettings(tinyQuickstart(data));
    assert.deepEqual(await unreadOf(withSettings(detnasQuickstart, settings)), []);
  });

  it("the published DetNAS recipe", async () => {
    await writePhotographs(folder);
    const settings = toSettings(tinyPublished(folder));
    assert.deepEqual(await unreadOf(withSettings(detnasFrcnnShufflenetv2Coco, settings)), []);
  });

  it("the recipe of a search for a classifier", async () => {
    const settings = toSettings(tinyMixed(data));
    assert.deepEqual(await unreadOf(withSettings(mixedQuickstart, settings)), []);
  });

  it("the published AutoFormer recipe", async () => {
    await writePhotographs(folder);
    const settings = toSettings(tinyAutoFormer(folder));
    assert.deepEqual(await unreadOf(withSettings(autoFormerTinyImageNet, settings)), []);
  });

  it("detects an unread value", () => {
    const { recipe, unread } = recorded(detnasQuickstart);
    assert.ok(recipe.seed >= 0 && recipe.classification!.mean.every(Number.isFinite));
    assert.ok(unread.has("classification.std.0") && !unread.has("classification.mean.2"));
    JSON.stringify(recipe);
    assert.ok(unread.has("classification.std.0") && !unread.has("seed"));
  });
});
