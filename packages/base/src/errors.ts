/**
 * An error that the user can fix. The message is one line that names the cause and the remedy. The command line prints
 * only `message` and exits with `exitCode`. Every other error is a bug and is printed with its stack.
 */
export class UserError extends Error {
  override readonly name = "UserError";
  // Node prints the fields of an error that is not caught. A getter is not printed.
  readonly #exitCode: number;

  constructor(message: string, { cause, exitCode = 1 }: { cause?: unknown; exitCode?: number } = {}) {
    super(message.replaceAll(/\s*\n\s*/g, " "), cause === undefined ? {} : { cause });
    this.#exitCode = exitCode;
  }

  get exitCode(): number {
    return this.#exitCode;
  }
}

/**
 * Returns the error and its causes without stacks. Throw it while a package is imported: all frames are those of the
 * package and of Node's loader, and Node prints them if the import is not in a `try`.
 */
export function withoutStack<T extends Error>(error: T): T {
  error.stack = `${error.name}: ${error.message}`;
  if (error.cause instanceof Error) withoutStack(error.cause);
  return error;
}

/** Runs `body` and prefixes the message of a UserError with its source, such as a file or a recipe key. */
export function withErrorPrefix<T>(source: string, body: () => T): T {
  try {
    return body();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(`${source}: ${error.message}`, { cause: error, exitCode: error.exitCode });
  }
}

/** Returns "unknown space spos: did you mean spos-shufflenetv2? valid: detnas-large, spos-shufflenetv2". */
export function unknownName(kind: string, name: string, names: readonly string[]): string {
  const near = nearest(name, names);
  return `unknown ${kind} ${name}: ${near ? `did you mean ${near}? ` : ""}valid: ${names.join(", ")}`;
}

/** Returns the candidate nearest to `word` by edit distance, or undefined if none is near enough. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = Math.max(2, Math.floor(word.length / 2)) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(substitution, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
