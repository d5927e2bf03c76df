import { type Command, describeOption, flags, type Options, usageOf, visibleOptions } from "./arguments.js";

const WIDTH = 80;
/** Maximum width of the column with the names. */
const NAMES = 26;

/** Returns the text that `supernet --help` prints. */
export function formatOverview(commands: readonly Command<Options>[], version: string): string {
  return join([
    `supernet ${version}: one-shot neural architecture search`,
    "Usage: supernet COMMAND [options]",
    section(
      "Commands",
      commands.map(({ name, summary }) => [name, summary]),
    ),
    "Run `supernet COMMAND --help` for the options of a command.",
  ]);
}

/** Returns the text that `supernet COMMAND --help` prints. */
export function formatHelp(command: Command<Options>): string {
  const { summary, description, positionals, options, examples } = command;
  return join([
    `Usage: ${usageOf(command)}`,
    wrap(`${summary}.`, 0),
    description === undefined ? "" : wrap(description, 0),
    section(
      "Arguments",
      positionals.map((positional) => [positional.name, positional.description]),
    ),
    section("Options", [
      ...visibleOptions(options).map(([name, option]): [string, string] => [
        flags(name, option),
        describeOption(option),
      ]),
      ["-h, --help", "Print this help"],
    ]),
    ["Examples:", ...examples.map((example) => `  ${example}`)].join("\n"),
  ]);
}

const join = (paragraphs: readonly string[]): string => paragraphs.filter((text) => text !== "").join("\n\n");

/** Formats rows in two columns under a title. Empty if there are no rows. */
function section(title: string, rows: readonly (readonly [name: string, text: string])[]): string {
  if (rows.length === 0) return "";
  const column = 4 + Math.max(...rows.map(([name]) => name.length).filter((length) => length <= NAMES));
  const lines = rows.map(([name, text]) => {
    const wrapped = wrap(text, column);
    return name.length + 4 > column ? `  ${name}\n${wrapped}` : `  ${name}${wrapped.slice(name.length + 2)}`;
  });
  return `${title}:\n${lines.join("\n")}`;
}

/** Breaks a text into indented lines. */
function wrap(text: string, indent: number): string {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last === undefined || indent + last.length + 1 + word.length > WIDTH) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines.map((line) => " ".repeat(indent) + line).join("\n");
}
