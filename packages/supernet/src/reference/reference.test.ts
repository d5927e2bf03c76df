import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { count, fraction, positive } from "@supernet/base";
import { z } from "zod";
import { toJsonSchema, typeInWords } from "./json-schema.js";
import { recipeKeys } from "./recipe-keys.js";
import { recipePage } from "./recipe-page.js";

describe("typeInWords", () => {
  const cases: readonly (readonly [schema: z.ZodType, words: string])[] = [
    [count, "integer of at least 1"],
    [fraction, "number from 0 to 1"],
    [positive.lt(1).nullable(), "number above 0 and below 1, or `null`"],
    [z.int(), "integer"],
    [z.enum(["sgd", "adamw"]), "one of `sgd`, `adamw`"],
    [z.boolean().default(false), "`true` or `false`"],
    [z.array(count).length(2), "list of 2 items, each an integer of at least 1"],
    [z.tuple([z.number(), z.number()]), "list of 2 items, each a number"],
    [z.union([z.string(), z.number()]), "text or number"],
    [z.record(z.string(), fraction), "object whose values are each a number from 0 to 1"],
    [
      z.strictObject({ min: count, max: count }),
      "object with `min`, `max` or both, each an integer of at least 1",
    ],
    [z.strictObject({ kind: z.literal("a") }).nullable(), "object with `kind`, or `null`"],
  ];
  for (const [schema, words] of cases)
    it(words, () => assert.equal(typeInWords(toJsonSchema(schema)), words));
});

describe("recipeKeys", () => {
  const optimizer = z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("sgd"), momentum: fraction.describe("Momentum.") }).describe("SGD."),
    z.strictObject({ kind: z.literal("adamw"), decay: fraction.default(0.1).optional() }).describe("AdamW."),
  ]);
  const keys = [
    ...recipeKeys(toJsonSchema(z.strictObject({ optimizer: optimizer.nullable().describe("Optimizer.") }))),
  ];

  it("lists nested keys with the kind that has them", () => {
    assert.deepEqual(
      keys.map(({ path, kind }) => [path, kind?.name]),
      [
        ["optimizer", undefined],
        ["optimizer.momentum", "sgd"],
        ["optimizer.decay", "adamw"],
      ],
    );
    assert.deepEqual(
      keys[0]!.kinds.map(({ name, description }) => [name, description]),
      [
        ["sgd", "SGD."],
        ["adamw", "AdamW."],
      ],
    );
  });

  it("finds descriptions and defaults", () => {
    assert.deepEqual(
      keys.map(({ description, default: value }) => [description, value]),
      [
        ["Optimizer.", undefined],
        ["Momentum.", undefined],
        [undefined, 0.1],
      ],
    );
  });
});

describe("the recipe reference", () => {
  const page = recipePage();

  it("has an entry with a description and a type for every key", () => {
    const entries = page.split("\n### ").slice(1);
    assert.ok(entries.length > 200);
    for (const entry of entries)
      assert.match(entry, /^`[\w.]+`\n\n[A-Z`\d].*\.\n\n(?:- Only for .*\n)?- Type: \S/);
  });

  it("shows examples of the quickstart, and defaults by space", () => {
    assert.match(
      page,
      /### `steps\.STEP\.epochs`\n\n.*\n\n- Type: number above 0\n- Example: `--set steps\.pretrain\.epochs=0\.8`/,
    );
    assert.match(page, /- Default: `16` \(spos-shufflenetv2\); `48` \(detnas-large\)/);
  });
});
