import { spawnSync } from "node:child_process";

/** The Python whose packages results are compared with. */
export const PYTHON = process.env.PYTHON ?? "/usr/bin/python3";

/**
 * Returns the value for the option `skip` of tests that need a Python module: false, or the reason why it is missing.
 * Only finds the module, because importing PyTorch takes a second.
 */
export function withoutModule(name: string): string | false {
  const script = "import importlib.util, sys; sys.exit(importlib.util.find_spec(sys.argv[1]) is None)";
  return spawnSync(PYTHON, ["-c", script, name]).status === 0 ? false : `${PYTHON} has no module ${name}`;
}
