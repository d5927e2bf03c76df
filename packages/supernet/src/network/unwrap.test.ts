import assert from "node:assert/strict";
import { test } from "node:test";
import { unwrapNames } from "./unwrap.js";

const unwrapped = (...names: readonly string[]) => [
  ...unwrapNames(new Map(names.map((name) => [name, name]))),
];

test("the prefixes of wrappers are removed if all names have them", () => {
  const cases: [names: string[], expected: string[]][] = [
    [
      ["module.stem.weight", "module.fc.bias"],
      ["stem.weight", "fc.bias"],
    ],
    [
      ["module.model.stem.weight", "module.model.fc.bias"],
      ["stem.weight", "fc.bias"],
    ],
    [["model._orig_mod.stem.weight"], ["stem.weight"]],
    [
      ["module.module.a.b", "module.module.c"],
      ["a.b", "c"],
    ],
    [["n_averaged", "module.a.weight"], ["a.weight"]],
    [
      ["module.stem.weight", "fc.bias"],
      ["module.stem.weight", "fc.bias"],
    ],
    [
      ["model.a", "models.b"],
      ["model.a", "models.b"],
    ],
    [["steps"], ["steps"]],
    [[], []],
  ];
  for (const [names, expected] of cases) {
    const state = unwrapped(...names);
    assert.deepEqual(
      state.map(([name]) => name),
      expected,
    );
    for (const [name, tensor] of state) assert.ok(tensor.endsWith(name));
  }
});
