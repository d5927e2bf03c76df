// Removes the outputs of deleted or renamed sources, which `tsc -b` keeps. The tests among them would still run.
import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const packages = fileURLToPath(new URL("../packages/", import.meta.url));
const OUTPUT = /\.(?:js|js\.map|d\.ts)$/;

for (const name of readdirSync(packages)) {
  const dist = join(packages, name, "dist");
  if (!existsSync(dist)) continue;
  for (const file of readdirSync(dist, { recursive: true })) {
    if (!OUTPUT.test(file)) continue;
    const source = join(packages, name, "src", file.replace(OUTPUT, ".ts"));
    if (!existsSync(source)) rmSync(join(dist, file));
  }
}
