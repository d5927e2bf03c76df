import { parseArgs } from "node:util";
import { nearest, UserError } from "@supernet/base";

/** Words that a shell completes: a list, the names of recipes or spaces (or a file), keys of recipes, or paths. */
export type Completion = readonly string[] | "recipes" | "spaces" | "settings" | "files" | "folders";

/** An option of a command. */
export type Option = {
  readonly description: string;
  readonly short?: string;
  /** Whether the option is a former name, which help and completion omit. */
  readonly hidden?: boolean;
} & (
  | { readonly type: "boolean" }
  | {
      readonly type: "string";
      /** Placeholder of the value in the help, such as FILE. */
      readonly argument: string;
      readonly multiple?: boolean;
      readonly required?: boolean;
      /** Default, in words. */
      readonly default?: string;
      readonly values?: Completion;
    }
);

export type Options = Readonly<Record<string, Option>>;

/** An argument without an option's name. */
export interface Positional {
  /** Placeholder in the help, such as RECIPE. */
  readonly name: string;
  readonly description: string;
  /** Whether it may be omitted. Only the last ones may. */
  readonly optional?: boolean;
  /** Whether there may be several. Only of the last one. */
  readonly multiple?: boolean;
  readonly values?: Completion;
}

/** A command of the command line. */
export interface Command<O extends Options = Options> {
  readonly name: string;
  /** One line: an imperative sentence without a period. */
  readonly summary: string;
  /** Further sentences for the command's help. */
  readonly description?: string;
  /** Arguments and required options in the usage line. Default: all of them, in order. */
  readonly usage?: string;
  readonly options: O;
  readonly positionals: readonly Positional[];
  /** Commands to copy. */
  readonly examples: readonly string[];
  run(values: Values<O>, positionals: readonly string[]): Promise<void>;
}

type Value<O extends Option> = O extends { type: "boolean" }
  ? boolean
  : O extends { multiple: true }
    ? string[]
    : string;

type RequiredKeys<O extends Options> = {
  [K in keyof O]: O[K] extends { required: true } ? K : never;
}[keyof O];

/** Values of a command's options. */
export type Values<O extends Options> = { readonly [K in RequiredKeys<O>]: Value<O[K]> } & {
  readonly [K in Exclude<keyof O, RequiredKeys<O>>]?: Value<O[K]>;
};

/** Creates the error for a command that is called in a wrong way. */
export const usageError = (message: string): UserError => new UserError(message, { exitCode: 2 });

/**
 * Parses the arguments of a command.
 * @throws UserError if an option is unknown, or a value or an argument is missing
 */
export function parseCommand<O extends Options>(
  command: Command<O>,
  args: readonly string[],
): { values: Values<O>; positionals: string[] } {
  const { name, options, positionals: expected } = command;
  const config = Object.entries(options).map(([option, { type, short, ...rest }]) => {
    const multiple = "multiple" in rest && rest.multiple === true;
    return [option, { type, multiple, ...(short !== undefined && { short }) }] as const;
  });
  let parsed: { values: Readonly<Record<string, unknown>>; positionals: string[] };
  try {
    parsed = parseArgs({ args: [...args], options: Object.fromEntries(config), allowPositionals: true });
  } catch (error) {
    throw usageError(describe(error as NodeJS.ErrnoException, command));
  }
  const { values, positionals } = parsed;
  const required = expected.filter(({ optional }) => !optional).length;
  const max = expected.at(-1)?.multiple ? Number.POSITIVE_INFINITY : expected.length;
  if (positionals.length < required || positionals.length > max) {
    const counts =
      max > expected.length
        ? `at least ${required}`
        : required === max
          ? `${required}`
          : `${required} to ${max}`;
    const plural = expected.length === 1 ? "" : "s";
    throw usageError(
      `supernet ${name} expects ${counts} argument${plural}, got ${positionals.length}: ` +
        `usage: ${usageOf(command)}`,
    );
  }
  const missing = Object.entries(options).find(
    ([option, definition]) => "required" in definition && definition.required && values[option] === undefined,
  );
  if (missing !== undefined) throw usageError(`--${missing[0]} is missing: usage: ${usageOf(command)}`);
  return { values: values as Values<O>, positionals };
}

function describe(error: NodeJS.ErrnoException, { name, options }: Command<Options>): string {
  const help = `see supernet ${name} --help`;
  if (error.code === "ERR_PARSE_ARGS_UNKNOWN_OPTION") {
    const option = error.message.match(/'(--?[^' ]+)/)?.[1] ?? "";
    const near = nearest(option.replace(/^-+/, ""), Object.keys(options));
    return `supernet ${name}: unknown option ${option}: ${near ? `did you mean --${near}? ` : ""}${help}`;
  }
  return `supernet ${name}: ${error.message.split(".")[0]}: ${help}`;
}

/** Returns the usage line of a command: "supernet run RECIPE [options]". */
export function usageOf({ name, usage, positionals, options }: Command<Options>): string {
  const required = Object.entries(options)
    .filter(([, option]) => "required" in option && option.required)
    .map(([option, definition]) => flags(option, definition));
  const words = usage ?? [...positionals.map(placeholder), ...required].join(" ");
  const others = visibleOptions(options).length > required.length ? "[options]" : "";
  return ["supernet", name, words, others].filter((word) => word !== "").join(" ");
}

function placeholder({ name, optional, multiple }: Positional): string {
  const repeated = multiple ? `${name}...` : name;
  return optional ? `[${repeated}]` : repeated;
}

/** Returns the options that help and completion show. */
export const visibleOptions = (options: Options): [name: string, option: Option][] =>
  Object.entries(options).filter(([, { hidden }]) => hidden !== true);

/** Formats an option with its placeholder: "-o, --out FILE". */
export function flags(name: string, option: Option): string {
  const short = option.short === undefined ? "" : `-${option.short}, `;
  return `${short}--${name}${option.type === "string" ? ` ${option.argument}` : ""}`;
}

/** Describes an option, with its default. */
export function describeOption(option: Option): string {
  const notes = [
    ...("multiple" in option && option.multiple ? ["can be repeated"] : []),
    ...("required" in option && option.required ? ["required"] : []),
    ...("default" in option && option.default !== undefined ? [`default: ${option.default}`] : []),
  ];
  return notes.length === 0 ? option.description : `${option.description} (${notes.join("; ")})`;
}
