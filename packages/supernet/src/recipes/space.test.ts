import assert from "node:assert/strict";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import { SPACES, spaceContent } from "@supernet/nas";
import { spaceIdentity } from "../network/owner.js";
import { recipeToYaml } from "../recipe/common.js";
import { openSpace, spaceNamed, withSpaceContent } from "../recipe/open-space.js";
import { says } from "../testing/recipes.js";
import { defineRecipe, parseRecipe, withSettings } from "./define.js";
import { detnasQuickstart } from "./detnas-quickstart.js";
import { loadRecipe } from "./load.js";

const folder = mkdtempSync(join(tmpdir(), "space-"));
const file = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const recipeWith = (space: object) => parseRecipe({ ...detnasQuickstart, space }, "recipe");

describe("a recipe's space", () => {
  for (const [name, { create }] of Object.entries(SPACES)) {
    it(`${name} has its published sizes by default, and survives YAML`, async () => {
      const recipe = recipeWith({ name });
      assert.deepEqual(spaceContent(await openSpace(recipe.space)), spaceContent(create()));
      assert.deepEqual(spaceContent(await openSpace(spaceNamed(name))), spaceContent(create()));
      assert.deepEqual(await loadRecipe(file(`${name}.yaml`, recipeToYaml(recipe))), recipe);
    });
  }

  it("replaces another space in a recipe that extends one, and keeps sizes of the same space", async () => {
    const other = await loadRecipe(
      file("other.yaml", "extends: detnas-quickstart\nname: mine\nspace: {name: mobilenetv2, last: 64}\n"),
    );
    assert.deepEqual(other.space, recipeWith({ name: "mobilenetv2", last: 64 }).space);
    const same = await loadRecipe(file("same.yaml", "extends: detnas-quickstart\nspace: {last: 64}\n"));
    assert.deepEqual(same.space, { ...detnasQuickstart.space, last: 64 });
    const own = await loadRecipe(file("own.yaml", "extends: detnas-quickstart\nspace: {file: a.ts}\n"));
    assert.deepEqual(own.space, { name: "file", file: join(folder, "a.ts") });
    assert.deepEqual(defineRecipe({ ...detnasQuickstart, space: { file: "a.ts" } }).space, {
      name: "file",
      file: "a.ts",
    });
  });

  it("has the choices that the recipe lists, and the identity of the whole space", async () => {
    const recipe = withSettings(detnasQuickstart, [
      "space.choices=[shuffle_3x3, shuffle_5x5]",
      "space.initialization=spos",
    ]);
    const { decisions } = await openSpace(recipe.space);
    assert.ok(decisions.every(({ choices }) => choices.join() === "shuffle_3x3,shuffle_5x5"));
    assert.deepEqual(await spaceIdentity(recipe.space), await spaceIdentity(detnasQuickstart.space));
    assert.deepEqual(await loadRecipe(file("choices.yaml", recipeToYaml(recipe))), recipe);
    const one = recipeWith({ name: "mobilenetv2", choices: { "layers.1.0": ["mb_k3e3", "mb_k5e3"] } });
    assert.equal((await openSpace(one.space)).decisions[0]!.choices.length, 2);
    const own = recipeWith({ file: spaceFile("chosen.mjs", "[3, 5, 7]"), choices: [3, 7] });
    assert.deepEqual((await openSpace(own.space)).decisions[0]!.choices, [3, 7]);
    await assert.rejects(
      openSpace(recipeWith({ name: "mobilenetv2", choices: ["mb_k3e4"] }).space),
      says("space.choices", '"mb_k3e4" is not a choice', "did you mean mb_k3e3"),
    );
    assert.throws(() => recipeWith({ name: "mobilenetv2", choices: 3 }), says("space.choices"));
  });

  it("is rejected with the valid names and sizes", () => {
    assert.throws(
      () => recipeWith({ name: "mobilnet" }),
      says("space.name", '"mobilenetv2"', '"elastic-mobilenet"', '"file"'),
    );
    assert.throws(() => recipeWith({ name: "mobilenetv2", blocks: [1] }), says("space.blocks", "at least 6"));
    assert.throws(
      () => recipeWith({ name: "mobilenetv2", widths: [] }),
      says("unknown key space.widths", "valid here are name, stem, first, last, blocks, channels"),
    );
    assert.throws(
      () => recipeWith({ fil: "a.ts" }),
      says("unknown key space.fil", "did you mean space.file"),
    );
    assert.throws(
      () => withSettings(detnasQuickstart, ["space=mobilenetv2"]),
      says("space", "an object with keys"),
    );
  });
});

const NAS = JSON.stringify(new URL("../index.js", import.meta.url).href);

/** Returns a user's file whose only block has these kernels as choices. */
const spaceFile = (name: string, kernels: string, block = "residual(conv2d(8, Number(kernel)))") =>
  file(
    name,
    `import { conv2d, defineSpace, fixedPart, globalAveragePool, residual } from ${NAS};
     const part = { name: "block", decisions: ["kernel"], layer: ({ kernel }) => ${block}, sharing: "separate" };
     export default defineSpace({
       name: "mine",
       decisions: [{ name: "kernel", choices: ${kernels} }],
       backbone: [fixedPart("stem", conv2d(8, 3, { stride: 2 })), part],
       maps: [{ part: "block", stride: 2 }],
       tail: [fixedPart("pool", globalAveragePool())],
     });`,
  );

describe("a space in a user's file", () => {
  const open = (path: string) => openSpace(recipeWith({ file: path }).space);

  it("is opened by a recipe and by path", async () => {
    const path = spaceFile("sound.mjs", "[3, 5]");
    assert.equal((await open(path)).name, "mine");
    assert.deepEqual(spaceContent(await openSpace(spaceNamed(path))), spaceContent(await open(path)));
  });

  it("is identified by its content in any folder", async () => {
    const contentOf = async (path: string) => {
      const { space } = await withSpaceContent(recipeWith({ file: path }));
      return space.name === "file" ? space.content : undefined;
    };
    const content = await contentOf(spaceFile("a.mjs", "[3, 5]"));
    assert.match(content!, /^[0-9a-f]{64}$/);
    assert.equal(await contentOf(spaceFile("b.mjs", "[3, 5]")), content);
    assert.notEqual(await contentOf(spaceFile("c.mjs", "[3, 7]")), content);
    assert.notEqual(await contentOf(spaceFile("d.mjs", "[3, 5]", "conv2d(8, Number(kernel))")), content);
  });

  it("is rejected in one line with the file and the mistake", async () => {
    await assert.rejects(open(join(folder, "none.ts")), says("none.ts", "check the path"));
    await assert.rejects(open(file("bare.mjs", "export const x = 1;")), says("bare.mjs", "defineSpace"));
    await assert.rejects(
      open(file("wrong.mjs", "export default { name: 'x' };")),
      says("wrong.mjs", "decisions is missing"),
    );
    await assert.rejects(open(spaceFile("idle.mjs", "[]")), says("decision kernel has no choices"));
    await assert.rejects(open(spaceFile("none.mjs", "[3]", "undefined")), says("none.mjs"));
    assert.throws(
      () => spaceNamed("mobilnetv2"),
      says("did you mean mobilenetv2?", "elastic-mobilenet", ".ts"),
    );
  });

  it("is named with settings", async () => {
    const recipe = spaceNamed("{name: autoformer-tiny, outputScale: false}");
    const { space } = recipeWith({ name: "autoformer-tiny", outputScale: false });
    assert.deepEqual(spaceContent(await openSpace(recipe)), spaceContent(await openSpace(space)));
    for (const [text, ...parts] of [
      ["{name: autoformer-tiny, outputscale: false}", "did you mean outputScale?"],
      ["{name: autoformer}", "name", "autoformer-tiny"],
      ["{name: autoformer-tiny, width: 3}", "width"],
      ["{name: autoformer-tiny", "--space"],
    ] as const)
      assert.throws(() => spaceNamed(text), says(...parts), text);
  });
});
