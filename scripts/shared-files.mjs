import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** Folders of the workspace that a package can contain. */
const FOLDERS = ["docs", "examples"];

/** Returns the workspace's folders that the package in the current folder contains. */
export function sharedFolders() {
  const { files } = JSON.parse(readFileSync("package.json", "utf8"));
  return FOLDERS.filter((folder) => files.includes(folder));
}

/** Returns the paths of the documents and examples that the package in the current folder contains. */
export function sharedFiles(root) {
  const folders = sharedFolders();
  if (folders.length === 0) return [];
  const listed = execFileSync("git", ["ls-files", "-z", ...folders], { cwd: root, encoding: "utf8" });
  return listed.split("\0").filter((file) => /\.(md|ts)$/.test(file));
}
