import {
  type Command,
  describeOption,
  flags,
  type Options,
  usageOf,
  visibleOptions,
} from "../cli/arguments.js";
import { commands } from "../cli/commands/index.js";

/**
 * Returns the command-line reference as Markdown.
 * @throws Error if an option has no description
 */
export function cliPage(): string {
  const undescribed = commands.flatMap(({ name, options }) =>
    Object.entries(options)
      .filter(([, { description }]) => description === "")
      .map(([option]) => `supernet ${name} --${option}`),
  );
  if (undescribed.length > 0) throw new Error(`options without a description: ${undescribed.join(", ")}`);
  const rows = commands.map(
    ({ name, summary }) => `| [\`supernet ${name}\`](#supernet-${name}) | ${summary} |`,
  );
  return `${INTRODUCTION}\n| Command | |\n|---|---|\n${rows.join("\n")}\n\n${commands.map(commandText).join("\n")}`;
}

const INTRODUCTION = `# Command-line reference

\`supernet COMMAND --help\` prints the same. In a checkout, \`supernet\` is \`node packages/supernet/bin/supernet.js\`.

Results are printed to standard output, and progress and errors to standard error. The exit code is

- 0 after success,
- 1 for a mistake that you can fix,
- 2 for a wrong call or an unknown name,
- 70 for a defect of supernet,
- 129, 130 or 143 if you stop a run with SIGHUP, Ctrl-C or SIGTERM.
`;

function commandText(command: Command<Options>): string {
  const { name, summary, description, positionals, options, examples } = command;
  const rows = [
    ...positionals.map((positional) => [positional.name, positional.description]),
    ...visibleOptions(options).map(([option, definition]) => [
      flags(option, definition),
      describeOption(definition),
    ]),
  ].map(
    ([argument, text]) => `| \`${argument!.replaceAll("|", "\\|")}\` | ${text!.replaceAll("|", "\\|")} |`,
  );
  const table = rows.length === 0 ? [] : [["| Argument | |", "|---|---|", ...rows].join("\n")];
  const paragraphs = [
    `## supernet ${name}`,
    `${summary}.${description === undefined ? "" : ` ${description}`}`,
    fenced("text", [usageOf(command)]),
    ...table,
    fenced("sh", examples),
  ];
  return `${paragraphs.join("\n\n")}\n`;
}

const fenced = (language: string, lines: readonly string[]): string =>
  `\`\`\`${language}\n${lines.join("\n")}\n\`\`\``;
