import { execFileSync, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const python = process.env.PYTHON ?? "/usr/bin/python3";
const found = spawnSync(python, ["-c", "import torchvision"], { stdio: "ignore" }).status === 0;

/** Value for the option `skip` of tests that need torchvision: the reason why it is missing, or false. */
export const withoutTorchvision: string | false = found ? false : `${python} cannot import torchvision`;

/** Runs a script in test-data and returns its output. */
export function runPython(script: string, ...args: readonly string[]): string {
  const path = fileURLToPath(new URL(`../../test-data/${script}`, import.meta.url));
  return execFileSync(python, [path, ...args], {
    encoding: "utf8",
    maxBuffer: 1 << 26,
    stdio: ["ignore", "pipe", "pipe"],
  });
}
