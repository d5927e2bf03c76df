// Writes docs/reference from the recipes' schemas and the commands' options. scripts/check-generated.mjs checks it.
import { mkdirSync, writeFileSync } from "node:fs";
import { referencePages } from "../packages/supernet/dist/reference/pages.js";

const folder = new URL("../docs/reference/", import.meta.url);
mkdirSync(folder, { recursive: true });
for (const [name, text] of Object.entries(referencePages())) writeFileSync(new URL(name, folder), text);
