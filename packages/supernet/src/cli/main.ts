import { fileError, type UserError } from "@supernet/base";
import { importing, placeInUserCode } from "../recipe/user-code.js";
import { runCommand } from "./run-command.js";

let finished = false;

process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  finished = true;
  // A closed pipe (`| head`) is not an error.
  if (error.code === "EPIPE") process.exit(0);
  report(fileError("write", "the output", error));
  process.exit();
});

// Nobody reads the progress any more. A run continues without it.
process.stderr.on("error", () => {});

/** Prints an error and sets the exit code. */
function report(error: unknown): void {
  if (error instanceof Error && error.name === "UserError") {
    process.stderr.write(`error: ${error.message}\n`);
    process.exitCode = (error as UserError).exitCode;
    return;
  }
  const stack = error instanceof Error ? error.stack : error;
  const place = placeInUserCode(error);
  if (place === undefined) {
    process.stderr.write(`internal error: ${stack}\n`);
    process.exitCode = 70;
  } else {
    process.stderr.write(`error: ${place}: ${(error as Error).message}\n${stack}\n`);
    process.exitCode = 1;
  }
}

// Timers and promises of a user's file may fail at any time.
process.on("uncaughtException", (error) => {
  report(error);
  process.exit();
});

// A user's code may exit the program silently.
process.on("exit", () => {
  if (finished || process.exitCode) return;
  const place = importing === undefined ? "" : `${importing}: `;
  const causes = "process.exit was called, or an awaited promise never resolves";
  process.stderr.write(`error: ${place}the program exited before the command was finished: ${causes}\n`);
  process.exitCode = 1;
});

runCommand(process.argv.slice(2))
  .catch(report)
  .finally(() => {
    finished = true;
  });
