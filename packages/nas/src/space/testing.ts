import fc from "fast-check";
import type { Space } from "./space.js";

/** Names that trip careless code: prototype members, YAML's own words, numbers, blanks, other scripts. */
const AWKWARD = [
  "__proto__",
  "constructor",
  "toString",
  "null",
  "true",
  "3",
  "~",
  "a: b",
  "- x",
  "#",
  " ",
  "Ä",
];

const name = fc.oneof(fc.string({ minLength: 1, maxLength: 12 }), fc.constantFrom(...AWKWARD));
const choice = fc.oneof(name, fc.integer(), fc.constantFrom(3.5, 4, 0.1));

/** Small spaces with arbitrary names and choices, for property tests. */
export function anySpace(): fc.Arbitrary<Space> {
  const decision = fc.record({ name, choices: fc.uniqueArray(choice, { minLength: 1, maxLength: 4 }) });
  return fc
    .uniqueArray(decision, { minLength: 1, maxLength: 8, selector: (d) => d.name })
    .map((decisions) => ({ name: "any", decisions }));
}
