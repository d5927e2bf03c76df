import { type Command, type Options, usageError } from "../arguments.js";
import { bashCompletion, zshCompletion } from "../completion.js";
import { print } from "../output.js";

const SHELLS = { bash: bashCompletion, zsh: zshCompletion } as const;

/**
 * Creates the command that prints a shell's completion script.
 * @param commands returns all commands, this one included
 */
export const completionCommand = (
  commands: () => readonly Command<Options>[],
): Command<Record<never, never>> => ({
  name: "completion",
  summary: "Print a completion script for bash or zsh",
  description:
    "Add the first example (bash) or the second (zsh) to the startup file of your shell. In a project that supernet is " +
    "installed in, write npx supernet instead of supernet. It completes npx supernet too.",
  options: {},
  positionals: [{ name: "SHELL", description: "bash or zsh", values: Object.keys(SHELLS) }],
  examples: ["source <(supernet completion bash)", "source <(supernet completion zsh)"],
  async run(_values, [shell]) {
    if (shell !== "bash" && shell !== "zsh") throw usageError(`${shell}: use one of bash, zsh`);
    print(SHELLS[shell](commands()).trimEnd());
  },
});
