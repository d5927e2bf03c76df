import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

/** Returns the identifier of a heading, as GitHub computes it. */
const slug = (heading: string): string =>
  heading
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .replace(/\s/g, "-");

/** Returns the relative links of a Markdown file that lead out of `folder`, or to no file or heading in it. */
export function brokenLinks(folder: string, file: string): string[] {
  const text = readFileSync(join(folder, file), "utf8").replace(/^```.*?^```/gms, "");
  const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target!);
  return targets.filter((target) => {
    if (/^[a-z]+:/.test(target)) return false;
    const [path, anchor] = target.split("#") as [string, string?];
    const linked = path === "" ? join(folder, file) : join(folder, dirname(file), path);
    if (relative(folder, linked).startsWith("..") || !existsSync(linked)) return true;
    if (anchor === undefined || !linked.endsWith(".md")) return false;
    const headings = [...readFileSync(linked, "utf8").matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
      slug(heading!),
    );
    return !headings.includes(anchor);
  });
}
