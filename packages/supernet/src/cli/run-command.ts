import { UserError, unknownName } from "@supernet/base";
import { parseCommand } from "./arguments.js";
import { commands } from "./commands/index.js";
import { formatHelp, formatOverview } from "./help.js";
import { print } from "./output.js";
import { version } from "./version.js";

/**
 * Runs the command that the words after `supernet` name.
 * @throws UserError if there is none, or its options or arguments are not valid
 */
export async function runCommand([name, ...args]: readonly string[]): Promise<void> {
  const isHelp = name === "--help" || name === "-h" || name === "help";
  if (isHelp && args.length > 0) return runCommand([...args, "--help"]);
  if (name === undefined || isHelp) return print(formatOverview(commands, version()));
  if (name === "--version") return print(version());
  const command = commands.find((candidate) => candidate.name === name);
  if (!command) {
    const names = commands.map((candidate) => candidate.name);
    throw new UserError(unknownName("command", name, names), { exitCode: 2 });
  }
  if (args.includes("--help") || args.includes("-h")) return print(formatHelp(command));
  const { values, positionals } = parseCommand(command, args);
  await command.run(values, positionals);
}
