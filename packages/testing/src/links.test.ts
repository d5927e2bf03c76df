import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, it } from "node:test";
import { brokenLinks } from "./markdown.js";
import { root, trackedFiles } from "./workspace.js";

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** Whether the sources contain a text, in which any one word may be a part of a template. */
function isIn(sources: string, text: string): boolean {
  const words = text.split(" ").map(escaped);
  return (
    sources.includes(text) ||
    words.some((_, i) => new RegExp(words.with(i, "\\$\\{[^`\\n]*?\\}[,:;]?").join(" ")).test(sources))
  );
}

describe("documentation", () => {
  const documents = trackedFiles(".md").filter((file) => existsSync(join(root, file)));

  it("links to files and headings that exist", () => {
    const broken = documents.flatMap((file) => brokenLinks(root, file).map((target) => `${file}: ${target}`));
    assert.deepEqual(broken, []);
  });

  it("of a package does not link to files outside it, which are not installed", () => {
    const readmes = documents.filter((file) => /^packages\/\w+\/README\.md$/.test(file));
    assert.ok(readmes.length >= 5);
    const broken = readmes.flatMap((file) =>
      brokenLinks(join(root, dirname(file)), "README.md").map((target) => `${file}: ${target}`),
    );
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

  it("quotes messages that the program has", () => {
    // Strings that are split over lines are joined.
    const sources = [
      ":(glob)packages/*/src/**/*.ts",
      "packages/*/native/*.cpp",
      "packages/*/native/*.h",
      "scripts/*.sh",
    ]
      .flatMap((pattern) => trackedFiles("", pattern))
      .map((file) => readFileSync(join(root, file), "utf8").replace(/["`] \+\s*["`]/g, ""))
      .join("\n");
    const page = readFileSync(join(root, "docs/guide/troubleshooting.md"), "utf8");
    const quoted = [...page.matchAll(/^error: (.*)$|^\| `(.*?)` \|/gm)].map(
      ([, line, cell]) => (line ?? cell)!,
    );
    assert.ok(quoted.length > 30);
    // Values, which are capital letters, numbers, paths and names with dots, stand for parts of a template.
    const isValue = /^(.*[A-Z\d/_=@<>()*].*|.*\w\.\w.*|\.\.\.)$/;
    const partsOf = (message: string) =>
      message
        .split(" ")
        .map((word) => (isValue.test(word) ? "\n" : word))
        .join(" ")
        .split("\n")
        .map((part) => part.replace(/^[ :,;"]+|[ :,;"]+$/g, ""))
        .filter((part) => part.split(" ").length >= 3);
    const missing = quoted.filter((message) => {
      const parts = partsOf(message);
      return parts.length > 0 && !parts.some((part) => isIn(sources, part));
    });
    assert.deepEqual(missing, []);
  });
});
