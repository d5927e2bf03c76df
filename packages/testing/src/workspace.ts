import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** Folder of the repository. */
export const root: string = fileURLToPath(new URL("../../..", import.meta.url));

/** Returns the paths of the repository's files with an ending, relative to `root`. Default pattern: all files. */
export const trackedFiles = (ending: string, pattern = "."): string[] =>
  execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", pattern], {
    cwd: root,
    encoding: "utf8",
  })
    .split("\n")
    .filter((file) => file !== "" && file.endsWith(ending));
