import { RUNTIMES, type RuntimeName } from "../latency/runtime.js";
import { usageError } from "./arguments.js";

/** @throws UserError where `--runtime` names none */
export function parseRuntime(text: string | undefined): RuntimeName | undefined {
  if (text === undefined) return undefined;
  const name = RUNTIMES.find((known) => known === text);
  if (name !== undefined) return name;
  throw usageError(`--runtime ${text}: one of ${RUNTIMES.join(", ")}`);
}
