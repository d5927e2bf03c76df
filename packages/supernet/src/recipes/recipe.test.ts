import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { describe, it } from "node:test";
import { UserError } from "@supernet/base";
import { recipeToYaml } from "../recipe/common.js";
import { importDefault } from "../recipe/user-code.js";
import type { DetectionRecipe } from "../tasks/detection/settings.js";
import { says } from "../testing/recipes.js";
import { parseRecipe, withSettings } from "./define.js";
import { detnasFrcnnShufflenetv2Coco } from "./detnas-frcnn-shufflenetv2-coco.js";
import { detnasQuickstart } from "./detnas-quickstart.js";
import { recipes } from "./index.js";
import { loadRecipe, openRun } from "./load.js";

const folder = mkdtempSync(join(tmpdir(), "recipe-"));
const file = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const set = (...settings: string[]) => withSettings(detnasQuickstart, settings);

describe("--set", () => {
  it("replaces nested values, items of lists and complete objects", () => {
    assert.equal(set("steps.pretrain.epochs=2").steps.pretrain!.epochs, 2);
    assert.deepEqual(set("space.blocks.1=3").space, { ...detnasQuickstart.space, blocks: [2, 3, 2, 2] });
    assert.equal(set("detection.data=../photos").detection.data, "../photos");
    assert.deepEqual(set("space.blocks.1=2"), detnasQuickstart);
  });

  it("reports unknown keys with the nearest one, and wrong values with the expected ones", () => {
    assert.throws(
      () => set("steps.pretrain.epoch=2"),
      says("unknown key steps.pretrain.epoch", "steps.pretrain.epochs"),
    );
    assert.throws(() => set("batchSize=2"), says("unknown key batchSize", "steps.pretrain.batchSize"));
    assert.throws(() => set("seed=x"), says("seed", '"x"', "number"));
    assert.throws(() => set("seed=-1"), says("seed", "at least 0"));
    assert.throws(
      () => set("detector.pyramid.norm=layer"),
      says("detector.pyramid.norm", '"batch"', '"group"'),
    );
    assert.throws(
      () => set("detector.kind=yolo"),
      says("detector.kind", '"faster-rcnn", "retinanet", "fcos"'),
    );
    assert.throws(() => set("detector.head.focal=1"), says("unknown key detector.head.focal: valid", "fcs"));
    assert.throws(
      () => set("detector.rpn.batchSize=2"),
      says("unknown key detector.rpn.batchSize: it is now detector.rpn.samplesPerImage"),
    );
    assert.throws(
      () => set("steps.search.strategy.kind=regularised-evolution"),
      says('"regularised-evolution" is now "regularized-evolution"'),
    );
    assert.throws(() => set("space.blocks.9=3"), says("0 to 3"));
    assert.throws(() => set("seed"), says("expected key=value"));
    assert.throws(() => set("seed.x=1"), says("has no keys"));
  });

  it("takes text as it is, also if YAML would cut it off", () => {
    for (const text of ["/a b/c #2", "it's: mine", "a #", "colon:", "it's"])
      assert.equal(set(`description=${text}`).description, text);
    assert.equal(set('description="a #b"').description, "a #b");
  });

  it("removes the keys of another kind, and keeps those that settings set", () => {
    const random = ["steps.search.strategy.kind=random", "steps.search.strategy.candidates=40"];
    for (const settings of [random, random.toReversed()])
      assert.deepEqual(set(...settings).steps.search.strategy, { kind: "random", candidates: 40 });
    assert.deepEqual(set("space.file=mine.ts").space, { name: "file", file: "mine.ts" });
    const linear = withSettings(detnasFrcnnShufflenetv2Coco, ["steps.detector.schedule.kind=linear"]);
    assert.deepEqual(linear.steps.detector!.schedule, { kind: "linear" });
    assert.equal(set("name=mine").seed, detnasQuickstart.seed);
  });

  it("replaces a length in another unit", () => {
    const warmup = "steps.retrain.warmup";
    assert.deepEqual(set(`${warmup}.epochs=0.1`).steps.retrain!.warmup, { epochs: 0.1, startFactor: 0.1 });
    assert.throws(
      () => set(`${warmup}.epochs=0.1`, `${warmup}.iterations=5`),
      says("either iterations or epochs"),
    );
  });

  it("reports a wrong setting at any position among others", () => {
    // Without the change of topK, the smaller population is also a mistake.
    const settings = ["steps.search.strategy.populationSize=4", "steps.search.strategy.topK=2", "seed=1"];
    for (let i = 0; i <= settings.length; i++)
      assert.throws(
        () => set(...settings.toSpliced(i, 0, "detector.head.fcz=[32]")),
        says("--set detector.head.fcz=[32]: unknown key detector.head.fcz"),
      );
    assert.throws(
      () => set("seed=x", ...settings.slice(0, 1), "workers=none"),
      says("--set seed=x: seed", "; --set workers=none: workers"),
    );
  });
});

describe("recipes", () => {
  it("are listed without loading the engine", () => {
    const loadedBy = (module: string) =>
      execFileSync(
        process.execPath,
        ["--input-type=module", "--eval", `${module}; console.log(process.report.getReport().sharedObjects)`],
        { encoding: "utf8", cwd: import.meta.dirname, maxBuffer: 1 << 24 },
      );
    const recipesOnly = `await import(${JSON.stringify(new URL("./index.js", import.meta.url).href)})`;
    assert.doesNotMatch(loadedBy(recipesOnly), /libtorch/);
    assert.match(loadedBy('await import("@supernet/torch")'), /libtorch/);
  });

  it("survive YAML", async () => {
    for (const recipe of Object.values(recipes)) {
      assert.deepEqual(await loadRecipe(file(`${recipe.name}.yaml`, recipeToYaml(recipe))), recipe);
    }
  });

  it("are read from YAML that extends a built-in one, and from TypeScript", async () => {
    const yaml = (await loadRecipe(
      file("mine.yaml", "extends: detnas-quickstart\nseed: 7\nsteps: {pretrain: {epochs: 3}}\n"),
    )) as DetectionRecipe;
    assert.equal(yaml.task, "detection");
    assert.deepEqual(
      [yaml.seed, yaml.steps.pretrain!.epochs, yaml.steps.retrain],
      [7, 3, detnasQuickstart.steps.retrain],
    );
    const index = new URL("../index.js", import.meta.url).href;
    const text = `import { defineRecipe, detnasQuickstart } from ${JSON.stringify(index)};
      const seed: number = 9;
      export default defineRecipe({ ...detnasQuickstart, seed });`;
    assert.equal((await loadRecipe(file("mine.ts", text))).seed, 9);
  });

  it("have paths relative to their file, and in settings to the current folder", async () => {
    const own = file(
      "own.yaml",
      `{extends: mixed-quickstart, cache: kept, space: {file: ./space.ts},
        steps: {search: {constraints: {latency: {max: 9}}, latency: {table: t.json}}}}`,
    );
    const { recipe } = await openRun(own);
    assert.deepEqual(recipe.space, { name: "file", file: join(folder, "space.ts") });
    assert.deepEqual(recipe.steps.search.latency, { table: join(folder, "t.json") });
    assert.equal(recipe.cache, "kept");
    const again = await openRun(file("again.yaml", recipeToYaml(recipe)));
    assert.deepEqual(again.recipe, recipe);
    const set = await openRun(own, ["space.file=other.ts"]);
    assert.deepEqual(set.recipe.space, { name: "file", file: resolve("other.ts") });
    const inCode = file(
      "own.mjs",
      `import { mixedQuickstart } from "supernet";
      export default { ...mixedQuickstart, space: { file: "space.ts" } };`,
    );
    assert.deepEqual((await openRun(inCode)).recipe.space, recipe.space);
  });

  it("import this copy of supernet from any folder", async () => {
    for (const extension of ["ts", "mjs"]) {
      const stray = file(`stray.${extension}`, "export { detnasQuickstart as default } from 'supernet';");
      assert.equal((await openRun(stray)).recipe.name, detnasQuickstart.name);
      const base = file(`base.${extension}`, "export { UserError as default } from '@supernet/base';");
      assert.equal(await importDefault(base, ""), UserError);
    }
  });

  it("fail with one line that has the file and the mistake", async () => {
    await assert.rejects(loadRecipe("detnas-quikstart"), says("detnas-quickstart", "did you mean"));
    await assert.rejects(loadRecipe(join(folder, "none.yaml")), says("none.yaml", "check the path"));
    await assert.rejects(loadRecipe(file("bad.yaml", "a: [1")), says("bad.yaml"));
    await assert.rejects(loadRecipe(file("empty.ts", "export const x = 1;")), says("empty.ts", "default"));
    await assert.rejects(
      loadRecipe(file("lost.ts", "export { x as default } from 'no-such';")),
      says("lost", "no-such"),
    );
    await assert.rejects(loadRecipe(file("sparse.json", '{"name": "x"}')), says("sparse.json", "is missing"));
    assert.throws(() => parseRecipe([], "a list"), says("a list"));
    const { seed, ...unseeded } = detnasQuickstart;
    assert.throws(
      () => parseRecipe({ ...unseeded, sed: seed, nothing: 1, threads: -1 }, "x"),
      /^UserError: x: unknown key sed: did you mean seed\?; unknown key nothing: valid [^;]+; threads: got -1, [^;]+$/,
    );
    const { task: _, ...untold } = detnasQuickstart;
    const tasks = 'expected one of "detection", "classification"';
    assert.throws(() => parseRecipe(untold, "x"), says("x: task is missing", tasks));
    assert.throws(() => parseRecipe({ ...untold, task: "segmentation" }, "x"), says("task: got", tasks));
    assert.throws(() => parseRecipe({ task: { fil: "x" } }, "x"), says("unknown key task.fil", "task.file"));
    const other = { ...untold, task: "classification" };
    assert.throws(() => parseRecipe(other, "x"), says("unknown key", "valid here are images, batchSize"));
  });
});
