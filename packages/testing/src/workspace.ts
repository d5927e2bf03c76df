import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** Folder of the repository. */
export const root: string = fileURLToPath(new URL("../../..", import.meta.url));

/** Returns the paths of the repository's files with an ending, relative to `root`. */
export const trackedFiles = (ending: string): string[] =>
  execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
    encoding: "utf8",
  })
    .split("\n")
    .filter((file) => file.endsWith(ending));
