import { UserError } from "@supernet/torch/errors";

/** The user's wish to stop, by Ctrl-C or a termination signal. */
export interface Interrupt {
  requested(): boolean;
  /** Stops listening. */
  release(): void;
}

/** By convention 128 plus the signal's number. */
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const;

/** The first signal asks the running loop to save its state and stop; the second ends the process at once. */
export function listenForInterrupt(say: (line: string) => void): Interrupt {
  let requested = false;
  const onSignal = (signal: "SIGINT" | "SIGTERM") => {
    if (requested) process.exit(EXIT_CODES[signal]);
    requested = true;
    say("stopping: the state is being saved (once more ends at once)");
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
  return {
    requested: () => requested,
    release: () => {
      process.off("SIGINT", onSignal);
      process.off("SIGTERM", onSignal);
    },
  };
}

/** The end of a run that was stopped. */
export class Interruption extends UserError {}

/** Nothing is lost, and the line says how to go on. */
export function interruptedError(resumeCommand: string): Interruption {
  return new Interruption(`stopped; nothing is lost: go on with ${resumeCommand}`, {
    exitCode: EXIT_CODES.SIGINT,
  });
}
