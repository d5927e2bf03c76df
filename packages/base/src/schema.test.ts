import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { z } from "zod";
import { UserError } from "./errors.js";
import { count, crossFieldCheck, fraction, parseOptions } from "./schema.js";

const schema = z
  .strictObject({
    candidates: count,
    widths: z.array(z.array(count).min(1)).length(2),
    kind: z.enum(["random", "grid"]).default("random"),
    mutations: z.strictObject({ children: count, probability: fraction }).nullable().default(null),
    crop: z
      .discriminatedUnion("kind", [
        z.strictObject({ kind: z.literal("resized"), scale: fraction }),
        z.strictObject({ kind: z.literal("shifted"), shift: count }),
      ])
      .optional(),
  })
  .superRefine(
    crossFieldCheck(({ candidates, mutations }, addIssue) => {
      if (mutations && mutations.children > candidates) addIssue(["mutations", "children"], "fewer");
    }),
  );
const sound = { candidates: 4, widths: [[1], [2]] };

describe("parseOptions", () => {
  it("returns the options with the schema's defaults", () => {
    assert.deepEqual(parseOptions("f", schema, sound), { ...sound, kind: "random", mutations: null });
  });

  const cases: readonly (readonly [unknown, string])[] = [
    [undefined, "f: the options object is missing; expected an object"],
    [5, "f: the options object is 5; expected an object"],
    [{ widths: [[1], [2]] }, "f: candidates is missing; expected a number"],
    [{ ...sound, candidates: Number.NaN }, "f: candidates is NaN; expected a number"],
    [{ ...sound, candidates: 1.5 }, "f: candidates is 1.5; expected an integer"],
    [{ ...sound, candidates: 0 }, "f: candidates is 0; expected at least 1"],
    [{ ...sound, candidates: "4" }, 'f: candidates is "4"; expected a number'],
    [{ ...sound, widths: [[1], [0]] }, "f: widths[1][0] is 0; expected at least 1"],
    [{ ...sound, widths: [[1], []] }, "f: widths[1] is []; expected at least 1 item"],
    [{ ...sound, widths: [[1]] }, "f: widths is [[1]]; expected exactly 2 items"],
    [{ ...sound, kind: "all" }, 'f: kind is "all"; expected one of "random", "grid"'],
    [{ ...sound, candidate: 4 }, "f: unknown option candidate, did you mean candidates?"],
    [
      { ...sound, zzzzzzzz: 4 },
      "f: unknown option zzzzzzzz; valid: candidates, widths, kind, mutations, crop",
    ],
    [{ candidate: 4, widths: [[1], [2]] }, "f: unknown option candidate, did you mean candidates?"],
    [
      { ...sound, mutations: { children: 1, probability: 1, childern: 1 } },
      "f: unknown option mutations.childern, did you mean mutations.children?",
    ],
    [
      { ...sound, crop: { kind: "shifted", shift: 1, shfit: 1 } },
      "f: unknown option crop.shfit, did you mean crop.shift?",
    ],
    [
      { ...sound, crop: { kind: "center" } },
      'f: crop.kind is "center"; expected one of "resized", "shifted"',
    ],
    [{ ...sound, crop: {} }, 'f: crop.kind is missing; expected one of "resized", "shifted"'],
    [{ ...sound, mutations: { children: 9, probability: 1 } }, "f: mutations.children is 9; expected fewer"],
  ];
  for (const [options, message] of cases) {
    it(`throws "${message}"`, () => {
      assert.throws(
        () => parseOptions("f", schema, options),
        (error) => {
          assert.ok(error instanceof UserError);
          assert.equal(error.message, message);
          return true;
        },
      );
    });
  }

  const range = z.strictObject({ min: z.number().optional(), max: z.number().optional() });
  const nested = z.strictObject({
    record: z.record(z.string(), range).optional(),
    array: z.array(range).optional(),
    tuple: z.tuple([z.number(), range]).optional(),
    union: z.union([z.enum(["none"]), z.array(range)]).optional(),
    deep: z.record(z.string(), z.array(range)).default({}),
  });
  for (const [options, path] of [
    [{ record: { flops: { wrong: 1 } } }, "record.flops"],
    [{ array: [{}, { wrong: 1 }] }, "array[1]"],
    [{ tuple: [1, { wrong: 1 }] }, "tuple[1]"],
    [{ union: [{ wrong: 1 }] }, "union[0]"],
    [{ deep: { flops: [{ wrong: 1 }] } }, "deep.flops[0]"],
  ] as const) {
    it(`lists the valid options of ${path}`, () => {
      assert.throws(() => parseOptions("f", nested, options), {
        message: `f: unknown option ${path}.wrong; valid: min, max`,
      });
    });
  }
});
