import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, it } from "node:test";
import { root, trackedFiles } from "./workspace.js";

/** Identifier of a heading, as GitHub computes it. */
const slug = (heading: string): string =>
  heading
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .replace(/\s/g, "-");

describe("documentation", () => {
  const documents = trackedFiles(".md").filter((file) => existsSync(join(root, file)));

  it("links to files and headings that exist", () => {
    const broken: string[] = [];
    for (const file of documents) {
      const text = readFileSync(join(root, file), "utf8").replace(/^```.*?^```/gms, "");
      for (const [, target] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
        if (/^[a-z]+:/.test(target!)) continue;
        const [path, anchor] = target!.split("#") as [string, string?];
        const linked = path === "" ? join(root, file) : join(root, dirname(file), path);
        if (!existsSync(linked)) broken.push(`${file}: ${target}`);
        else if (anchor !== undefined && linked.endsWith(".md")) {
          const headings = [...readFileSync(linked, "utf8").matchAll(/^#+ (.*)$/gm)].map(([, text]) =>
            slug(text!),
          );
          if (!headings.includes(anchor)) broken.push(`${file}: ${target}`);
        }
      }
    }
    assert.deepEqual(broken, []);
  });

  it("names files of the repository that exist", () => {
    const broken = documents.flatMap((file) =>
      [
        ...readFileSync(join(root, file), "utf8").matchAll(
          /`((?:packages|examples|benchmarks|scripts|docs)\/[\w./-]+\.\w+)`/g,
        ),
      ]
        .map(([, path]) => path!)
        .filter((path) => !path.includes("/dist/") && !existsSync(join(root, path)))
        .map((path) => `${file}: ${path}`),
    );
    assert.deepEqual(broken, []);
  });
});
