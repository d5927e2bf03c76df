import { UserError } from "@supernet/base";

/** Number of mistakes that a message lists. */
const LISTED = 10;

/** Mistakes in the files of a data set, which are reported together. */
export class DataProblems {
  readonly #lines: string[] = [];

  /**
   * @param place file, and the line or object in it
   * @param problem what is wrong, and how to fix it: `class is 7, but names has 3: correct it`
   */
  add(place: string, problem: string): void {
    this.#lines.push(`${place}: ${problem}`);
  }

  /** @throws UserError that lists the first mistakes, if there is any */
  throwIfAny(): void {
    if (this.#lines.length === 0) return;
    const rest = this.#lines.length - LISTED;
    throw new UserError(
      [...this.#lines.slice(0, LISTED), ...(rest > 0 ? [`and ${rest} more`] : [])].join("; "),
    );
  }
}
