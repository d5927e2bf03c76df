import { existsSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { UserError } from "@supernet/base";
import type { Command } from "../arguments.js";
import {
  type BuildTools,
  checkDecoder,
  checkDistributed,
  checkEngineVersion,
  diagnoseEngine,
  findBuildTools,
  findInstallation,
  type Installation,
  install,
} from "../engine-check.js";
import { jsonOption } from "../options.js";
import { print, printJson } from "../output.js";

const options = { json: jsonOption } as const;

interface Check {
  readonly name: string;
  readonly found: string;
  /** Command that fixes the problem, if there is one. */
  readonly fix?: string;
  /** Whether no run works without it. */
  readonly needed?: boolean;
}

export const doctor: Command<typeof options> = {
  name: "doctor",
  summary: "Check the engine and the machine",
  description:
    "Prints the commands that fix problems: run them in the same folder. Exits with 1 if the engine or the image decoder does not work.",
  options,
  positionals: [],
  examples: ["supernet doctor"],
  async run({ json }) {
    const installation = findInstallation();
    const tools = findBuildTools();
    const checks = [
      nodeCheck(),
      ...(await engineChecks(installation, tools)),
      decoderCheck(installation, tools),
      dataCheck(),
    ];
    const failed = checks.filter(({ fix, needed }) => fix !== undefined && needed);
    if (json) printJson({ ok: failed.length === 0, checks });
    else {
      for (const { name, found, fix } of checks) {
        print(`${fix === undefined ? "ok     " : "problem"}  ${name.padEnd(12)} ${found}`);
        if (fix !== undefined) print(`         ${"".padEnd(12)} ${fix}`);
      }
    }
    if (failed.length > 0) {
      const names = failed.map(({ name }) => name).join(", ");
      throw new UserError(`problems with ${names}: run the commands above`);
    }
  },
};

/** Oldest version of Node.js that supernet runs on. */
const MIN_NODE = [20, 10] as const;

function nodeCheck(): Check {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const isOld = major < MIN_NODE[0] || (major === MIN_NODE[0] && minor < MIN_NODE[1]);
  const fix = isOld ? { fix: `install Node.js ${MIN_NODE.join(".")} or later`, needed: true } : {};
  return { name: "Node.js", found: process.versions.node, ...fix };
}

async function engineChecks(installation: Installation, tools: BuildTools): Promise<Check[]> {
  try {
    const { engineInfo } = await import("@supernet/torch");
    const { version, cudaDevices } = engineInfo();
    return [
      { name: "engine", found: installation.torch, ...checkEngineVersion(installation, version) },
      { name: "libtorch", found: version },
      blasCheck(),
      { name: "threads", found: `${availableParallelism()} cores` },
      { name: "device", found: cudaDevices > 0 ? `${cudaDevices} CUDA` : "CPU" },
      { name: "ranks", found: "built with gloo", ...checkDistributed(installation) },
    ];
  } catch (error) {
    const { cause, message } = error as Error;
    const reason = (cause instanceof Error ? cause.message : message).split("\n")[0]!;
    return [{ name: "engine", ...diagnoseEngine(installation, tools, reason) }];
  }
}

const decoderCheck = (installation: Installation, tools: BuildTools): Check => ({
  name: "images",
  found: "decoder with libjpeg-turbo",
  ...checkDecoder(installation, tools),
});

/** Checks that the process uses a fast BLAS: Debian's reference BLAS is many times slower than OpenBLAS. */
function blasCheck(): Check {
  const mapped = existsSync("/proc/self/maps") ? readFileSync("/proc/self/maps", "utf8") : "";
  const libraries = [...new Set(mapped.match(/\S*(?:openblas|libblas|libmkl|libblis)\S*/g) ?? [])];
  const fast = libraries.some((path) => /openblas|mkl|blis/.test(path));
  if (fast || libraries.length === 0) {
    return {
      name: "BLAS",
      found: libraries.find((path) => /openblas|mkl|blis/.test(path)) ?? "built into libtorch",
    };
  }
  return {
    name: "BLAS",
    found: `${libraries[0]} is the slow reference BLAS`,
    fix: install(["libopenblas0-openmp"]).join(),
  };
}

function dataCheck(): Check {
  const folder = "/usr/share/datasets/fashion-mnist";
  return existsSync(folder)
    ? { name: "data", found: folder }
    : {
        name: "data",
        found: "Fashion-MNIST is missing, which the quickstarts use",
        fix: install(["dataset-fashion-mnist"]).join(),
      };
}
