import { existsSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { UserError } from "@supernet/base";
import type { Command } from "../arguments.js";
import { print, printJson } from "../output.js";

const options = { json: { type: "boolean" } } as const;

interface Check {
  readonly name: string;
  readonly found: string;
  /** The command that mends it, where something is missing. */
  readonly mend?: string;
  /** Without it nothing runs; what is merely better is no reason to fail. */
  readonly needed?: boolean;
}

export const doctor: Command<typeof options> = {
  name: "doctor",
  summary:
    "Looks at the engine and the machine: what is there, what is missing, and the command that mends it.",
  usage: "[--json]",
  options,
  positionals: 0,
  async run({ json }) {
    const checks = [nodeCheck(), ...(await engineChecks()), dataCheck()];
    const failed = checks.filter(({ mend, needed }) => mend !== undefined && needed);
    if (json) printJson({ ok: failed.length === 0, checks });
    else {
      for (const { name, found, mend } of checks) {
        print(`${mend === undefined ? "ok     " : "missing"}  ${name.padEnd(12)} ${found}`);
        if (mend !== undefined) print(`         ${"".padEnd(12)} ${mend}`);
      }
    }
    if (failed.length > 0) {
      throw new UserError(`${failed.map(({ name }) => name).join(", ")} missing: run the commands above`);
    }
  },
};

function nodeCheck(): Check {
  const major = Number(process.versions.node.split(".")[0]);
  const mend = major < 20 ? { mend: "install Node.js 20 or later", needed: true } : {};
  return { name: "Node.js", found: process.versions.node, ...mend };
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
    const mend =
      "apt-get install g++ libtorch-dev libopenblas0-openmp libjpeg62-turbo-dev && npm rebuild --workspaces";
    return [{ name: "engine", found: (error as Error).message.split("\n")[0]!, mend, needed: true }];
  }
}

/** Debian's reference BLAS is many times slower than OpenBLAS; what the process has mapped tells which is used. */
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
    mend: "apt-get install libopenblas0-openmp",
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
        mend: "apt-get install dataset-fashion-mnist",
        needed: false,
      };
}
