import { existsSync } from "node:fs";
import { delimiter, join, relative } from "node:path";

/** Quotes a word of a command for a shell, if it needs to be. */
export function shellWord(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  // A message is one line.
  const controls = { "\n": "\\n", "\r": "\\r", "\t": "\\t", "\\": "\\\\", "'": "\\'" } as const;
  if (/[\n\r\t]/.test(word))
    return `$'${word.replaceAll(/[\n\r\t\\']/g, (character) => controls[character as keyof typeof controls])}'`;
  return `'${word.replaceAll("'", "'\\''")}'`;
}

/**
 * Returns the words that start this program again from the current folder: `supernet` if it is on the PATH,
 * `npx supernet` if it is installed in a project, and `node FILE` in a checkout.
 * @param script path of the running program
 */
export function programName(script = process.argv[1]!, { PATH = "" } = process.env): string {
  // npx and the scripts of a package add this folder to the PATH of their own process.
  const folders = PATH.split(delimiter).filter((folder) => !folder.endsWith(join("node_modules", ".bin")));
  if (folders.some((folder) => folder !== "" && existsSync(join(folder, "supernet")))) return "supernet";
  return script.includes("node_modules")
    ? "npx supernet"
    : `node ${shellWord(relative(process.cwd(), script))}`;
}
