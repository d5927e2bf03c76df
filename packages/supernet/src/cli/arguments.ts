import { type ParseArgsConfig, parseArgs } from "node:util";
import { nearest, UserError } from "@supernet/base";

export type Options = NonNullable<ParseArgsConfig["options"]>;

/** One command of the command line. */
export interface Command<O extends Options = Options> {
  readonly name: string;
  readonly summary: string;
  /** What follows `supernet NAME` in its help. */
  readonly usage: string;
  readonly options: O;
  /** How many arguments that are no options it takes. */
  readonly positionals: number;
  run(values: Values<O>, positionals: readonly string[]): Promise<void>;
}

export type Values<O extends Options> = {
  readonly [K in keyof O]?: O[K] extends { type: "boolean" }
    ? boolean
    : O[K] extends { multiple: true }
      ? string[]
      : string;
};

/** A mistake in how a command is called. */
export const usageError = (message: string): UserError => new UserError(message, { exitCode: 2 });

/** @throws UserError for an unknown option, a missing value, or the wrong number of arguments */
export function parseCommand<O extends Options>(
  command: Command<O>,
  args: readonly string[],
): { values: Values<O>; positionals: string[] } {
  const help = `see supernet ${command.name} --help`;
  let parsed: { values: object; positionals: string[] };
  try {
    parsed = parseArgs({ args: [...args], options: command.options, allowPositionals: true });
  } catch (error) {
    throw new UserError(describe(error as NodeJS.ErrnoException, command, help), { exitCode: 2 });
  }
  if (parsed.positionals.length !== command.positionals) {
    throw new UserError(
      `supernet ${command.name} takes ${command.positionals} argument${command.positionals === 1 ? "" : "s"}, ` +
        `got ${parsed.positionals.length}: usage: supernet ${command.name} ${command.usage}`,
      { exitCode: 2 },
    );
  }
  return { values: parsed.values as Values<O>, positionals: parsed.positionals };
}

function describe(error: NodeJS.ErrnoException, command: Command<Options>, help: string): string {
  if (error.code === "ERR_PARSE_ARGS_UNKNOWN_OPTION") {
    const option = error.message.match(/'(--?[^' ]+)/)?.[1] ?? "";
    const near = nearest(option.replace(/^-+/, ""), Object.keys(command.options));
    return `supernet ${command.name}: unknown option ${option}: ${near ? `did you mean --${near}? ` : ""}${help}`;
  }
  return `supernet ${command.name}: ${error.message.split(".")[0]}: ${help}`;
}

/** Returns the text that `--help` prints for a command. */
export function formatHelp(command: Command<Options>): string {
  return `supernet ${command.name} ${command.usage}\n\n  ${command.summary}\n`;
}
