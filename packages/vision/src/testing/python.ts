import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { PYTHON, withoutModule } from "@supernet/testing";

/** Value for the option `skip` of tests that need torchvision: the reason why it is missing, or false. */
export const withoutTorchvision: string | false = withoutModule("torchvision");

/** Runs a script in test-data and returns its output. */
export function runPython(script: string, ...args: readonly string[]): string {
  const path = fileURLToPath(new URL(`../../test-data/${script}`, import.meta.url));
  return execFileSync(PYTHON, [path, ...args], {
    encoding: "utf8",
    maxBuffer: 1 << 26,
    stdio: ["ignore", "pipe", "pipe"],
  });
}
