// Runs before a package is packed, in its folder: builds it, and adds the license that the workspace shares.
import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
if (!existsSync("README.md")) throw new Error("README.md is missing");
execFileSync(process.execPath, [`${root}node_modules/typescript/bin/tsc`, "-b", root], { stdio: "inherit" });
copyFileSync(`${root}LICENSE`, "LICENSE");
