// Runs after a package is packed, in its folder: removes what prepack.mjs added.
import { rmSync } from "node:fs";
import { sharedFolders } from "./shared-files.mjs";

for (const path of ["LICENSE", ...sharedFolders()]) rmSync(path, { recursive: true, force: true });
