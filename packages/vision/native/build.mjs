// Builds the addon that decodes and resamples images, with the system's C++ compiler. If the headers of libjpeg-turbo
// are missing, libvips decodes JPEG files. It takes about twice as long and returns the same bytes.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const output = join(here, "..", "build");
const addon = join(output, "image.node");
const stamp = join(output, "image.sha256");
const require = createRequire(import.meta.url);
const compiler = process.env.CXX ?? "g++";

const sources = readdirSync(here).filter((name) => /\.(cpp|h)$/.test(name));
const flags = ["-std=c++17", "-O3", "-ffp-contract=off", "-fPIC", "-fvisibility=hidden", "-Wall", "-shared"];
const headers = join(dirname(require.resolve("node-api-headers/package.json")), "include");

/** Compiles and links the addon with extra arguments. */
function compile(extra, stdio) {
  const files = sources.filter((name) => name.endsWith(".cpp")).map((name) => join(here, name));
  const args = [...flags, "-DNAPI_VERSION=8", "-isystem", headers, ...files, ...extra, "-o", `${addon}.new`];
  return spawnSync(compiler, args, { stdio });
}

const hasJpeg =
  spawnSync(compiler, ["-x", "c++", "-fsyntax-only", "-include", "cstdio", "-include", "jpeglib.h", "-"], {
    input: "#ifndef LIBJPEG_TURBO_VERSION\n#error\n#endif\n",
  }).status === 0;
const extra = hasJpeg ? ["-DWITH_JPEG", "-ljpeg"] : [];
const fingerprint = createHash("sha256")
  .update(JSON.stringify([compiler, flags, extra]))
  .update(sources.map((name) => readFileSync(join(here, name), "utf8")).join(""))
  .digest("hex");
if (existsSync(addon) && existsSync(stamp) && readFileSync(stamp, "utf8") === fingerprint) process.exit(0);

mkdirSync(output, { recursive: true });
const { error, status } = compile(extra, "inherit");
if (error || status !== 0) {
  const cause = error
    ? `${compiler} is missing, run apt-get install g++`
    : "see the compiler's message above";
  console.error(`@supernet/vision: the addon was not built, so images cannot be read: ${cause}`);
  process.exit(process.env.SUPERNET_REQUIRE_ENGINE === "1" ? 1 : 0);
}
renameSync(`${addon}.new`, addon);
writeFileSync(stamp, fingerprint);
const without = "without libjpeg-turbo, so JPEG files load slower: run apt-get install libjpeg62-turbo-dev";
console.log(`@supernet/vision: built${hasJpeg ? "" : ` ${without}`}`);
