import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";

/** Folders of the packages with native addons. */
export interface Installation {
  readonly torch: string;
  readonly vision: string;
}

/** What building the addons needs from the system. */
export interface BuildTools {
  readonly compiler: boolean;
  readonly libtorch: boolean;
  /** LIBTORCH, if it is not the folder of a libtorch. The build fails then. */
  readonly wrongVariable?: string;
}

/** A problem, and the command that fixes it. */
export interface Problem {
  readonly found: string;
  readonly fix: string;
  /** Whether no run works without the fix. */
  readonly needed?: boolean;
}

/** Finds the packages that this copy of supernet uses, in a checkout or in node_modules. */
export function findInstallation(): Installation {
  const { resolve } = createRequire(import.meta.url);
  const folder = (name: string) => dirname(dirname(resolve(name)));
  return { torch: folder("@supernet/torch"), vision: folder("@supernet/vision") };
}

/** Finds what native/build.mjs would use. */
export function findBuildTools({ LIBTORCH, CXX = "g++" } = process.env): BuildTools {
  const hasHeaders = (folder: string) => existsSync(join(folder, "include", "ATen", "ATen.h"));
  const compiler = spawnSync(CXX, ["--version"]).error === undefined;
  if (LIBTORCH && hasHeaders(LIBTORCH)) return { compiler, libtorch: true };
  return { compiler, libtorch: hasHeaders("/usr"), ...(LIBTORCH && { wrongVariable: LIBTORCH }) };
}

/**
 * Explains why the engine does not load.
 * @param reason message of the failed load
 */
export function diagnoseEngine(installation: Installation, tools: BuildTools, reason: string): Problem {
  const { compiler, libtorch, wrongVariable } = tools;
  const packages = [
    ...(compiler ? [] : ["g++"]),
    ...(libtorch ? [] : ["libtorch-dev", "libopenblas0-openmp"]),
  ];
  const missing = [
    ...(wrongVariable === undefined ? [] : [`LIBTORCH=${wrongVariable} has no include/ATen/ATen.h`]),
    ...(compiler ? [] : ["the compiler is missing"]),
    ...(libtorch ? [] : ["libtorch is missing"]),
  ];
  const isBuilt = existsSync(addonOf(installation.torch));
  const commands = [
    ...(wrongVariable === undefined ? [] : ["unset LIBTORCH"]),
    ...install(packages),
    ...build(installation.torch, isBuilt),
  ];
  return {
    found: isBuilt
      ? explainLoadError(reason)
      : `not built: ${missing.join(", ") || "its install script did not run"}`,
    fix: commands.join(" && "),
    needed: true,
  };
}

function explainLoadError(reason: string): string {
  const library = reason.match(/^(\S+): cannot open shared object file/)?.[1];
  if (library !== undefined) return `built for a libtorch that is not installed: ${library} is missing`;
  if (/undefined symbol/.test(reason)) return `built for another version of libtorch: ${reason}`;
  if (/invalid ELF header|wrong ELF class|file too short|not a mach-o|not a valid Win32/i.test(reason))
    return `built for another platform, or damaged: ${reason}`;
  if (/version `[^']*' not found/.test(reason)) return `built on a newer system: ${reason}`;
  return `does not load: ${reason}`;
}

/**
 * Checks that an engine that loads was built for the libtorch in LIBTORCH.
 * @param version libtorch's version that the engine was built for
 */
export function checkEngineVersion(
  installation: Installation,
  version: string,
  libtorch = process.env.LIBTORCH,
): Problem | undefined {
  const wanted = libtorch && headerVersion(join(libtorch, "include"));
  if (!wanted || version.startsWith(`${wanted}.`)) return undefined;
  return {
    found: `built for libtorch ${version}, but LIBTORCH=${libtorch} has ${wanted}`,
    fix: build(installation.torch, true).join(" && "),
  };
}

/** Returns the version in libtorch's headers, such as "2.10". */
function headerVersion(headers: string): string | undefined {
  const path = [
    join(headers, "torch", "headeronly", "version.h"), // in new versions
    join(headers, "torch", "csrc", "api", "include", "torch", "version.h"),
  ].find(existsSync);
  if (path === undefined) return undefined;
  const text = readFileSync(path, "utf8");
  const part = (name: string) => text.match(new RegExp(`TORCH_VERSION_${name} (\\d+)`))?.[1];
  return `${part("MAJOR")}.${part("MINOR")}`;
}

/**
 * Checks the decoder of images: that it loads, and that it reads JPEG files with libjpeg-turbo, which is faster.
 * @param load loads an addon
 */
export function checkDecoder(
  { vision }: Installation,
  tools: BuildTools,
  load: (addon: string) => unknown = createRequire(import.meta.url),
): Problem | undefined {
  const addon = join(vision, "build", "image.node");
  const fixBy = (packages: readonly string[], clean: boolean) =>
    [...install([...(tools.compiler ? [] : ["g++"]), ...packages]), ...build(vision, clean)].join(" && ");
  if (!existsSync(addon)) return { found: "not built", fix: fixBy([], false), needed: true };
  const turbo = ["libjpeg62-turbo-dev"];
  try {
    load(addon);
  } catch (error) {
    const reason = (error as Error).message.split("\n")[0]!;
    const fix = fixBy(/libjpeg/.test(reason) ? turbo : [], true);
    return { found: `does not load: ${reason}`, fix, needed: true };
  }
  if (readFileSync(addon).includes("libjpeg.so")) return undefined;
  return { found: "built without libjpeg-turbo: JPEG files load slower", fix: fixBy(turbo, false) };
}

/** Checks that the engine was built for training on several processes. */
export function checkDistributed({ torch }: Installation): Problem | undefined {
  if (readFileSync(addonOf(torch)).includes("ProcessGroupGloo")) return undefined;
  const fix = [...install(["libgloo-dev"]), ...build(torch, false)].join(" && ");
  return { found: "built without gloo: runs need a single process", fix };
}

const addonOf = (folder: string): string => join(folder, "build", "torch.node");

/** Returns the command that installs packages of the system. */
export function install(packages: readonly string[]): string[] {
  if (packages.length === 0) return [];
  const sudo = process.getuid?.() === 0 ? "" : "sudo ";
  return [`${sudo}apt-get install ${packages.join(" ")}`];
}

/**
 * Returns the commands that build the addon of a package. The script is called directly, because npm may be configured
 * not to run install scripts.
 * @param clean removes an addon that does not load first
 */
const build = (folder: string, clean: boolean): string[] => [
  ...(clean ? [`rm -r ${shellPath(join(folder, "build"))}`] : []),
  `node ${shellPath(join(folder, "native", "build.mjs"))}`,
];

/** Returns a path that works in the current folder, quoted if needed. */
function shellPath(path: string): string {
  const local = relative(process.cwd(), path);
  const short = local.startsWith("..") ? path : local;
  return /^[\w./@+-]+$/.test(short) ? short : `'${short.replaceAll("'", "'\\''")}'`;
}
