import { UserError, unknownName } from "@supernet/base";
import { importing, placeInUserCode } from "../recipe/user-code.js";
import { type Command, formatHelp, type Options, parseCommand } from "./arguments.js";
import { cocoEval } from "./commands/coco-eval.js";
import { convert } from "./commands/convert.js";
import { doctor } from "./commands/doctor.js";
import { exportModel } from "./commands/export.js";
import { extract } from "./commands/extract.js";
import { latency } from "./commands/latency.js";
import { plan } from "./commands/plan.js";
import { profile } from "./commands/profile.js";
import { listRecipes } from "./commands/recipes.js";
import { evaluate, run, search, train } from "./commands/run.js";
import { listSpaces } from "./commands/spaces.js";
import { print } from "./output.js";
import { version } from "./version.js";

const commands = [
  run,
  train,
  search,
  evaluate,
  plan,
  profile,
  latency,
  cocoEval,
  convert,
  extract,
  exportModel,
  doctor,
  listRecipes,
  listSpaces,
] as readonly unknown[] as readonly Command<Options>[];

async function main([name, ...args]: readonly string[]): Promise<void> {
  if (name === undefined || name === "--help" || name === "-h" || name === "help") return print(overview());
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

function overview(): string {
  const lines = commands.map(({ name, usage, summary }) => `  supernet ${name} ${usage}\n      ${summary}`);
  return `supernet ${version()}: networks that fit a budget\n\n${lines.join("\n")}`;
}

let finished = false;

// A reader that has seen enough (`| head`) closes the pipe; that is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  finished = true;
  process.exit(error.code === "EPIPE" ? 0 : 1);
});

/** Prints an error, and sets the exit code. */
function report(error: unknown): void {
  if (error instanceof Error && error.name === "UserError") {
    process.stderr.write(`error: ${error.message}\n`);
    process.exitCode = (error as UserError).exitCode;
    return;
  }
  const stack = error instanceof Error ? error.stack : error;
  const place = placeInUserCode(error);
  if (place === undefined) {
    process.stderr.write(`internal error: ${stack}\n`);
    process.exitCode = 70;
  } else {
    process.stderr.write(`error: ${place}: ${(error as Error).message}\n${stack}\n`);
    process.exitCode = 1;
  }
}

// What a user's file leaves behind may fail at any time.
process.on("uncaughtException", (error) => {
  report(error);
  process.exit();
});

// Code of a user's may end the program silently.
process.on("exit", () => {
  if (finished || process.exitCode) return;
  const place = importing === undefined ? "" : `${importing}: `;
  const causes = "process.exit was called, or a promise that is awaited never settles";
  process.stderr.write(`error: ${place}the program ended before the command was done: ${causes}\n`);
  process.exitCode = 1;
});

main(process.argv.slice(2))
  .catch(report)
  .finally(() => {
    finished = true;
  });
