import { dottedPaths } from "@supernet/base";
import { SPACES } from "@supernet/nas";
import { recipeSchema } from "../recipe/common.js";
import { taskSchema } from "../recipes/define.js";
import { recipes } from "../recipes/index.js";
import { TASKS } from "../tasks/index.js";
import { type Command, type Completion, type Option, type Options, visibleOptions } from "./arguments.js";

type Commands = readonly Command<Options>[];

/** Returns the words of a completion; undefined if it is of paths or keys only. */
function wordsOf(values: Completion): readonly string[] | undefined {
  if (values === "recipes") return Object.keys(recipes);
  if (values === "spaces") return Object.keys(SPACES);
  return typeof values === "string" ? undefined : values;
}

/** Returns the keys of all recipes, for `--set`. */
const settingKeys = (): string[] => [
  ...new Set(
    Object.values(TASKS).flatMap(({ settings }) =>
      dottedPaths(recipeSchema(taskSchema, settings), undefined),
    ),
  ),
];

/** Checks whether a completion includes paths. */
const isPath = (values: Completion): values is string & Completion =>
  typeof values === "string" && values !== "settings";

const completionOf = (option: Option): Completion => (option.type === "boolean" ? [] : (option.values ?? []));

const longFlags = ({ options }: Command<Options>): string[] => [
  ...visibleOptions(options).map(([name]) => `--${name}`),
  "--help",
];

const namesOf = (name: string, { short }: Option): string[] => [
  ...(short === undefined ? [] : [`-${short}`]),
  `--${name}`,
];

/** Returns a script that completes the commands, options and values in bash. */
export function bashCompletion(commands: Commands): string {
  const cases = commands.map((command) => {
    const options = visibleOptions(command.options)
      .filter(([, { type }]) => type === "string")
      .map(
        ([name, option]) =>
          `        ${namesOf(name, option).join("|")}) ${bashReply(completionOf(option))}; return ;;`,
      );
    const [positional] = command.positionals;
    return [
      `    ${command.name})`,
      ...(options.length === 0 ? [] : ["      case $previous in", ...options, "      esac"]),
      `      if [[ $current == -* ]]; then _supernet_words "${longFlags(command).join(" ")}"`,
      `      else ${bashReply(positional?.values ?? [])}; fi ;;`,
    ].join("\n");
  });
  return `# Completion of supernet for bash: source <(supernet completion bash)
_supernet_words() {
  mapfile -t COMPREPLY < <(compgen -W "$1" -- "$current")
}
_supernet_keys() {
  compopt -o nospace 2>/dev/null
  mapfile -t COMPREPLY < <(compgen -S = -W "$1" -- "$current")
}
_supernet_paths() {
  compopt -o filenames 2>/dev/null
  mapfile -t -O "\${#COMPREPLY[@]}" COMPREPLY < <(compgen "$1" -- "$current")
}
_supernet() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD - 1]}
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
    _supernet_words "${[...commands.map(({ name }) => name), "--help", "--version"].join(" ")}"
    return
  fi
  # Bash splits --option=value into three words.
  if [[ $current == = ]]; then
    current=
  elif [[ $previous == = ]]; then
    previous=\${COMP_WORDS[COMP_CWORD - 2]}
  fi
  case \${COMP_WORDS[1]} in
${cases.join("\n")}
  esac
}
_supernet_npx() {
  COMPREPLY=()
  if ((COMP_CWORD > 1)) && [[ \${COMP_WORDS[1]} == supernet ]]; then
    COMP_WORDS=("\${COMP_WORDS[@]:1}")
    ((COMP_CWORD--))
    _supernet
  fi
}
complete -F _supernet supernet
complete -o default -F _supernet_npx npx
`;
}

/** Returns the bash commands that complete a value. */
function bashReply(values: Completion): string {
  if (values === "settings") return `_supernet_keys "${settingKeys().join(" ")}"`;
  const words = wordsOf(values);
  const replies = [
    ...(words === undefined || words.length === 0 ? [] : [`_supernet_words "${words.join(" ")}"`]),
    ...(isPath(values) ? [`_supernet_paths ${values === "folders" ? "-d" : "-f"}`] : []),
  ];
  return replies.length === 0 ? ":" : replies.join("; ");
}

/** Returns a script that completes the commands, options and values in zsh. */
export function zshCompletion(commands: Commands): string {
  const cases = commands.map((command) => {
    const specs = [
      ...visibleOptions(command.options).flatMap(([name, option]) => zshOptions(name, option)),
      "'--help[Print help]'",
      ...command.positionals.map(({ name, multiple, values = [] }) =>
        zshQuote(`${multiple ? "*" : "1"}:${name}:${zshAction(values)}`),
      ),
    ];
    return `    ${command.name})\n      _arguments \\\n        ${specs.join(" \\\n        ")} ;;`;
  });
  const names = commands.map(({ name, summary }) => `    ${zshQuote(`${name}:${zshText(summary)}`)}`);
  return `#compdef supernet
# Completion of supernet for zsh: source <(supernet completion zsh)
_supernet() {
  local -a commands=(
${names.join("\n")}
  )
  if ((CURRENT == 2)); then
    _describe command commands
    return
  fi
  shift words
  ((CURRENT--))
  case $words[1] in
${cases.join("\n")}
  esac
}
_supernet_npx() {
  if [[ $words[2] == supernet ]]; then
    shift words
    ((CURRENT--))
    _supernet
  else
    _default
  fi
}
compdef _supernet supernet
compdef _supernet_npx npx
`;
}

function zshOptions(name: string, option: Option): string[] {
  // In the specification of an option, an unescaped colon ends the action.
  const value =
    option.type === "string"
      ? `:${zshText(option.argument)}:${zshAction(completionOf(option)).replaceAll(":", "\\:")}`
      : "";
  const repeated = "multiple" in option && option.multiple ? "*" : "";
  return namesOf(name, option).map((flag) => {
    const attached = value !== "" && flag.startsWith("--") ? "=" : "";
    return zshQuote(`${repeated}${flag}${attached}[${zshText(option.description)}]${value}`);
  });
}

function zshAction(values: Completion): string {
  if (values === "settings") return `{compadd -S = -- ${settingKeys().join(" ")}}`;
  const words = wordsOf(values);
  const paths = values === "folders" ? "_files -/" : "_files";
  if (words === undefined) return paths;
  const list = `(${words.join(" ")})`;
  return isPath(values)
    ? `{_alternative "names:name:${list}" "files:file:${paths}"}`
    : words.length > 0
      ? list
      : " ";
}

/** Escapes a text for the specification of an argument. */
const zshText = (text: string): string => text.replace(/[:[\]\\]/g, "\\$&");

const zshQuote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
