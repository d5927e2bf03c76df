// Fails if generated files differ from what their generators write today: the operators' TypeScript surface, and
// docs/reference. The operators in the repository are those of one libtorch version; with another one, they are skipped.
import { existsSync, readFileSync } from "node:fs";
import { referencePages } from "../packages/supernet/dist/reference/pages.js";
import { native } from "../packages/torch/dist/engine/native.js";
import { emitFunctions, emitMethods } from "../packages/torch/dist/generator/emit.js";
import { selectOperators } from "../packages/torch/dist/generator/select.js";

function read(path) {
  const url = new URL(`../${path}`, import.meta.url);
  return existsSync(url) ? readFileSync(url, "utf8") : "";
}

function fail(path, command) {
  console.error(`error: ${path} is not current: run ${command}`);
  process.exitCode = 1;
}

const { version } = native.info();
const groups = selectOperators(native.schemas());
const operators = { "ops.ts": emitFunctions(groups, version), "methods.ts": emitMethods(groups, version) };
for (const [name, text] of Object.entries(operators)) {
  const path = `packages/torch/src/engine/generated/${name}`;
  const kept = read(path);
  if (!kept.includes(version)) console.log(`${path} is for another libtorch than ${version}: not compared`);
  else if (kept !== text) fail(path, "node packages/torch/dist/generator/main.js");
}

try {
  for (const [name, text] of Object.entries(referencePages())) {
    const path = `docs/reference/${name}`;
    if (read(path) !== text) fail(path, "node scripts/generate-reference.mjs");
  }
} catch (error) {
  // A recipe key or an option has no description.
  console.error(`error: ${error.message}`);
  process.exitCode = 1;
}
