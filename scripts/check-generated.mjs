// Fails when the operators' TypeScript surface is not what the generator writes today.
// The files kept in the repository are those of one libtorch version; against another there is nothing to compare.
import { readFileSync } from "node:fs";
import { native } from "../packages/torch/dist/engine/native.js";
import { emitFunctions, emitMethods } from "../packages/torch/dist/generator/emit.js";
import { selectOperators } from "../packages/torch/dist/generator/select.js";

const { version } = native.info();
const groups = selectOperators(native.schemas());
const expected = { "ops.ts": emitFunctions(groups, version), "methods.ts": emitMethods(groups, version) };

for (const [name, text] of Object.entries(expected)) {
  const path = `packages/torch/src/engine/generated/${name}`;
  const kept = readFileSync(new URL(`../${path}`, import.meta.url), "utf8");
  if (!kept.includes(version)) console.log(`${path} is of another libtorch than ${version}: not compared`);
  else if (kept !== text) {
    console.error(`error: ${path} is not current: run node packages/torch/dist/generator/main.js`);
    process.exitCode = 1;
  }
}
