import { UserError } from "@supernet/base";

/** By convention 128 plus the signal's number. */
export const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const;

export type Signal = keyof typeof EXIT_CODES;

/** The user's wish to stop, by Ctrl-C or a termination signal. */
export interface Interrupt {
  /** The signal that asked for it; undefined where none has. */
  requested(): Signal | undefined;
  /** Stops listening. */
  release(): void;
}

/** The first signal asks the running loop to save its state and stop; the second ends the process at once. */
export function listenForInterrupt(say: (line: string) => void): Interrupt {
  let requested: Signal | undefined;
  const onSignal = (signal: Signal) => {
    if (requested) process.exit(EXIT_CODES[signal]);
    requested = signal;
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

/**
 * Nothing is lost, and the line says how to go on. Where another rank was asked, the exit code is that of Ctrl-C.
 */
export function interruptedError(interrupt: Interrupt, resumeCommand: string): Interruption {
  return new Interruption(`stopped; nothing is lost: go on with ${resumeCommand}`, {
    exitCode: EXIT_CODES[interrupt.requested() ?? "SIGINT"],
  });
}
