import { existsSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { UserError } from "@supernet/base";
import type { Command } from "../arguments.js";
import { print, printJson } from "../output.js";

const options = { json: { type: "boolean" } } as const;

interface Check {
  readonly name: string;
  readonly found: string;
  /** Command that fixes it, if something is missing. */
  readonly fix?: string;
  /** Whether nothing runs without it. */
  readonly needed?: boolean;
}

export const doctor: Command<typeof options> = {
  name: "doctor",
  summary: "Checks the engine and the machine: prints what is missing, and the command that fixes it.",
  usage: "[--json]",
  options,
  positionals: 0,
  async run({ json }) {
    const checks = [nodeCheck(), ...(await engineChecks()), dataCheck()];
    const failed = checks.filter(({ fix, needed }) => fix !== undefined && needed);
    if (json) printJson({ ok: failed.length === 0, checks });
    else {
      for (const { name, found, fix } of checks) {
        print(`${fix === undefined ? "ok     " : "missing"}  ${name.padEnd(12)} ${found}`);
        if (fix !== undefined) print(`         ${"".padEnd(12)} ${fix}`);
      }
    }
    if (failed.length > 0) {
      throw new UserError(`${failed.map(({ name }) => name).join(", ")} missing: run the commands above`);
    }
  },
};

function nodeCheck(): Check {
  const major = Number(process.versions.node.split(".")[0]);
  const fix = major < 20 ? { fix: "install Node.js 20 or later", needed: true } : {};
  return { name: "Node.js", found: process.versions.node, ...fix };
}

async function engineChecks(): Promise<Check[]> {
  try {
    const { engineInfo } = await import("@supernet/torch");
    const { version, cudaDevices } = engineInfo();
    return [
      { name: "engine", found: "loads" },
      { name: "libtorch", found: version },
      blasCheck(),
      { name: "threads", found: `${availableParallelism()} cores` },
      { name: "device", found: cudaDevices > 0 ? `${cudaDevices} CUDA` : "CPU" },
    ];
  } catch (error) {
    const fix =
      "apt-get install g++ libtorch-dev libopenblas0-openmp libjpeg62-turbo-dev && npm rebuild --workspaces";
    return [{ name: "engine", found: (error as Error).message.split("\n")[0]!, fix, needed: true }];
  }
}

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
    fix: "apt-get install libopenblas0-openmp",
    needed: false,
  };
}

function dataCheck(): Check {
  const folder = "/usr/share/datasets/fashion-mnist";
  return existsSync(folder)
    ? { name: "data", found: folder }
    : {
        name: "data",
        found: "Fashion-MNIST, for the quickstart",
        fix: "apt-get install dataset-fashion-mnist",
        needed: false,
      };
}
