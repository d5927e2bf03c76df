import { UserError } from "@supernet/base";

/** Exit codes of a process that stopped because of a signal: by convention 128 plus its number. */
export const EXIT_CODES = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

/** Signals that ask a run to stop. SIGHUP is sent when its terminal or connection is closed. */
export const SIGNALS = Object.keys(EXIT_CODES) as readonly Signal[];

export type Signal = keyof typeof EXIT_CODES;

/** The user's request to stop, by Ctrl-C or a termination signal. */
export interface Interrupt {
  /** Returns the signal that was received; undefined if none was. */
  requested(): Signal | undefined;
  /** Stops listening. */
  release(): void;
}

/** Listens for signals. The first asks the running loop to save its state and stop; the second exits immediately. */
export function listenForInterrupt(log: (line: string) => void): Interrupt {
  let requested: Signal | undefined;
  const onSignal = (signal: Signal) => {
    if (requested) process.exit(EXIT_CODES[signal]);
    requested = signal;
    log("stopping: saving state (press Ctrl-C again to exit immediately)");
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  return {
    requested: () => requested,
    release: () => {
      for (const signal of SIGNALS) process.off(signal, onSignal);
    },
  };
}

/** Error that ends a run because the user stopped it. */
export class Interruption extends UserError {}

/**
 * Creates the error that ends a stopped run. Its message contains the command to continue with. If another rank
 * received the signal, the exit code is that of Ctrl-C.
 */
export function interruptedError(interrupt: Interrupt, resumeCommand: string): Interruption {
  return new Interruption(`stopped; nothing is lost: continue with ${resumeCommand}`, {
    exitCode: EXIT_CODES[interrupt.requested() ?? "SIGINT"],
  });
}

/** Returns a function that throws if the user asked to stop. */
export const interruptCheck = (interrupt: Interrupt, resumeCommand: string) => (): void => {
  if (interrupt.requested()) throw interruptedError(interrupt, resumeCommand);
};
