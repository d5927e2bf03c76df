// Builds the addon with the system's C++ compiler: compiles each .cpp file to an object and links them into a shared
// library. LIBTORCH is the path of a libtorch folder, either the C++ distribution or a pip-installed torch package.
// Default: the system's libtorch. Objects whose source and build command have not changed are reused.
import { execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const output = join(here, "..", "build");
const require = createRequire(import.meta.url);

function fail(message) {
  console.error(`@supernet/torch: ${message}`);
  process.exit(1);
}

/** Returns the folders of libtorch's headers and libraries, or undefined if libtorch is not installed. */
function findLibtorch() {
  const root = process.env.LIBTORCH;
  if (root) {
    const include = join(root, "include");
    if (!existsSync(join(include, "ATen", "ATen.h"))) {
      fail(
        `LIBTORCH=${root} has no include/ATen/ATen.h: set it to a libtorch folder or a pip-installed torch folder`,
      );
    }
    return { include, lib: join(root, "lib") };
  }
  return existsSync("/usr/include/ATen/ATen.h") ? { include: "/usr/include", lib: undefined } : undefined;
}

function versionOf(include) {
  const headers = [
    join(include, "torch", "headeronly", "version.h"), // in new versions
    join(include, "torch", "csrc", "api", "include", "torch", "version.h"),
  ];
  const text = readFileSync(headers.find(existsSync), "utf8");
  const part = (name) => Number(text.match(new RegExp(`TORCH_VERSION_${name} (\\d+)`))?.[1] ?? 0);
  return { major: part("MAJOR"), minor: part("MINOR") };
}

/**
 * Whether libtorch uses the new C++ string ABI, which the addon must match. pip packages before 2.6 use the old one.
 */
function usesNewStrings(lib) {
  if (lib === undefined) return true;
  const symbols = execFileSync("nm", ["-D", join(lib, "libc10.so")], { maxBuffer: 1 << 28 }).toString();
  return symbols.includes("__cxx11");
}

const libtorch = findLibtorch();
if (!libtorch) {
  const missing = "libtorch is missing: install it (apt-get install libtorch-dev libopenblas0-openmp)";
  if (process.env.SUPERNET_REQUIRE_ENGINE === "1") fail(missing);
  console.warn(
    `@supernet/torch: the engine is not built, because ${missing}, then run node ${here}/build.mjs`,
  );
  process.exit(0);
}

const version = versionOf(libtorch.include);
const cuda = libtorch.lib !== undefined && existsSync(join(libtorch.lib, "libtorch_cuda.so"));
const compiler = process.env.CXX ?? "g++";

/**
 * Whether communication between processes can be built: the library contains c10d, and gloo's headers are installed.
 */
function hasC10d() {
  const headers = [libtorch.include, "/usr/include"];
  const gloo = headers.some((folder) => existsSync(join(folder, "gloo", "config.h")));
  const c10d = join(libtorch.include, "torch", "csrc", "distributed", "c10d", "ProcessGroupGloo.hpp");
  if (!gloo || !existsSync(c10d)) return false;
  if (libtorch.lib === undefined) return true;
  // The headers are installed even if the library was built without c10d.
  return readFileSync(join(libtorch.lib, "libtorch_cpu.so")).includes("c10d16ProcessGroupGloo");
}

/** Returns the folder of NCCL's header: the system's, or that of a package that pip's torch depends on. */
function findNccl() {
  if (!cuda) return undefined;
  const fromPip = join(libtorch.include, "..", "..", "nvidia", "nccl", "include");
  return ["/usr/include", fromPip].find((folder) => existsSync(join(folder, "nccl.h")));
}

const nodeHeaders = join(dirname(require.resolve("node-api-headers/package.json")), "include");
const c10d = hasC10d();
const nccl = c10d ? findNccl() : undefined;
const compile = [
  `-std=${version.major > 2 || (version.major === 2 && version.minor >= 10) ? "c++20" : "c++17"}`,
  "-O2",
  "-fPIC",
  "-fopenmp",
  "-fvisibility=hidden",
  "-Wall",
  "-Wno-unused-function",
  "-Wno-deprecated-declarations",
  `-DSUPERNET_C10D=${c10d ? 1 : 0}`,
  `-DSUPERNET_NCCL=${nccl ? 1 : 0}`,
  "-DNAPI_VERSION=8",
  "-DBUILDING_NODE_EXTENSION",
  `-D_GLIBCXX_USE_CXX11_ABI=${usesNewStrings(libtorch.lib) ? 1 : 0}`,
  "-isystem",
  nodeHeaders,
  ...(libtorch.lib === undefined ? [] : ["-isystem", libtorch.include]),
  "-isystem",
  join(libtorch.include, "torch", "csrc", "api", "include"),
  ...(nccl && nccl !== "/usr/include" ? ["-isystem", nccl] : []),
  // Searched last, for headers that some packages of libtorch lack.
  "-idirafter",
  join(here, "absent"),
];
const link = [
  "-shared",
  "-fopenmp",
  ...(libtorch.lib === undefined ? [] : [`-L${libtorch.lib}`, `-Wl,-rpath,${libtorch.lib}`]),
  "-Wl,--no-as-needed",
  "-lc10",
  "-ltorch_cpu",
  "-ltorch",
  ...(cuda ? ["-lc10_cuda", "-ltorch_cuda"] : []),
];

function run(command, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: "inherit" });
    child.on("error", () => fail(`${command} is missing: apt-get install g++`));
    child.on("exit", (code) =>
      code === 0 ? resolve() : reject(new Error(`${command} exited with ${code}`)),
    );
  });
}

const headers = readdirSync(here).filter((name) => name.endsWith(".h"));
const headerText = headers.map((name) => readFileSync(join(here, name), "utf8")).join("");
// Without the folders of this package and of its dependency, so that a build may be moved with them.
const flags = compile.filter((flag) => !flag.startsWith(here) && flag !== nodeHeaders);
const fingerprint = (source) =>
  createHash("sha256")
    .update(JSON.stringify([compiler, flags, version]) + headerText + readFileSync(source, "utf8"))
    .digest("hex");

mkdirSync(output, { recursive: true });
const sources = readdirSync(here)
  .filter((name) => name.endsWith(".cpp"))
  .sort();
const objects = sources.map((name) => join(output, name.replace(/\.cpp$/, ".o")));
const stale = sources.filter((name) => {
  const stamp = join(output, `${name}.sha256`);
  return !existsSync(stamp) || readFileSync(stamp, "utf8") !== fingerprint(join(here, name));
});

const addon = join(output, "torch.node");
const linkStamp = join(output, "link.json");
const linkLine = JSON.stringify([compiler, link, sources]);
const linked =
  existsSync(addon) &&
  existsSync(linkStamp) &&
  readFileSync(linkStamp, "utf8") === linkLine &&
  statSync(addon).size > 0;
if (stale.length === 0 && linked) process.exit(0);

console.log(
  `@supernet/torch: building against libtorch ${version.major}.${version.minor}${cuda ? " with CUDA" : ""}${c10d ? "" : ", without c10d (to add it, apt-get install libgloo-dev)"} ...`,
);
const waiting = [...stale];
const worker = async () => {
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
    const source = join(here, name);
    await run(compiler, [...compile, "-c", source, "-o", join(output, name.replace(/\.cpp$/, ".o"))]);
    writeFileSync(join(output, `${name}.sha256`), fingerprint(source));
  }
};
try {
  await Promise.all(Array.from({ length: Math.max(1, Math.min(availableParallelism(), 8)) }, worker));
  await run(compiler, [...objects, ...link, "-o", `${addon}.new`]);
} catch (error) {
  fail(`the engine cannot be compiled (${error.message}): see the compiler's message above`);
}
renameSync(`${addon}.new`, addon);
writeFileSync(linkStamp, linkLine);
console.log(`@supernet/torch: built ${sources.length} files`);
