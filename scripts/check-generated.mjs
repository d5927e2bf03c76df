// Checks that the generated TypeScript interface of the operators is current.
// The committed files are for one libtorch version. With any other version, the check is skipped.
import { readFileSync } from "node:fs";
import { native } from "../packages/torch/dist/engine/native.js";
import { emitFunctions, emitMethods } from "../packages/torch/dist/generator/emit.js";
import { selectOperators } from "../packages/torch/dist/generator/select.js";

const { version } = native.info();
const groups = selectOperators(native.schemas());
const expected = { "ops.ts": emitFunctions(groups, version), "methods.ts": emitMethods(groups, version) };

for (const [name, text] of Object.entries(expected)) {
  const path = `packages/torch/src/engine/generated/${name}`;
  const committed = readFileSync(new URL(`../${path}`, import.meta.url), "utf8");
  if (!committed.includes(version))
    console.log(`${path} was generated for a libtorch other than ${version}: skipped`);
  else if (committed !== text) {
    console.error(`error: ${path} is out of date: run node packages/torch/dist/generator/main.js`);
    process.exitCode = 1;
  }
}
