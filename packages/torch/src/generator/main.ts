// Writes src/engine/generated from the operator registry of the libtorch that the addon was built against.
import { fileURLToPath } from "node:url";
import { writeFileAtomic } from "@supernet/base";
import { native } from "../engine/native.js";
import { emitFunctions, emitMethods } from "./emit.js";
import { selectOperators } from "./select.js";

const folder = fileURLToPath(new URL("../../src/engine/generated/", import.meta.url));
const { version } = native.info();
const groups = selectOperators(native.schemas());
writeFileAtomic(`${folder}ops.ts`, emitFunctions(groups, version));
writeFileAtomic(`${folder}methods.ts`, emitMethods(groups, version));
console.log(`${groups.length} operators of libtorch ${version}`);
