// Runs before a package is packed, in its folder: builds it, and adds the license and the documentation that the
// workspace shares. postpack.mjs removes them.
import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";
import { sharedFiles } from "./shared-files.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
if (!existsSync("README.md")) throw new Error("README.md is missing");
execFileSync(process.execPath, [`${root}node_modules/typescript/bin/tsc`, "-b", root], { stdio: "inherit" });
copyFileSync(`${root}LICENSE`, "LICENSE");

const shared = sharedFiles(root);
const packed = new Set([...shared, ...shared.map(dirname), "README.md", "LICENSE"]);
for (const file of shared) {
  mkdirSync(dirname(file), { recursive: true });
  if (file.endsWith(".md"))
    writeFileSync(file, withoutOuterLinks(file, readFileSync(join(root, file), "utf8")));
  else copyFileSync(join(root, file), file);
}

/** Replaces links to files that the package does not contain, such as sources, by their text. */
function withoutOuterLinks(file, text) {
  return text.replace(/\[([^\]]*)\]\(([^)\s]+)\)/g, (link, label, target) => {
    const path = target.split("#")[0];
    const isKept = path === "" || /^[a-z]+:/.test(path) || packed.has(normalize(join(dirname(file), path)));
    return isKept ? link : label;
  });
}
