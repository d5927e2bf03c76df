import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";

const packages = fileURLToPath(new URL("../../", import.meta.url));

/** Packages that each package may import. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  base: [],
  torch: ["base"],
  nas: ["base", "torch"],
  vision: ["base", "torch", "nas"],
  pipeline: ["base"],
  supernet: ["base", "torch", "vision", "nas", "pipeline"],
};

/** Layers of supernet's folders. A folder may import the folders of earlier layers. */
const LAYERS = [
  ["recipe"],
  ["run", "network"],
  ["training", "scoring"],
  ["task"],
  ["latency"],
  ["search", "plan"],
  ["profile", "export", "report"],
  ["candidates"],
  ["compare"],
  ["tasks"],
  ["recipes"],
  ["predict"],
  ["cli"],
  ["reference"],
];

interface Import {
  /** Path of the importing file in its package's src, with slashes. */
  readonly file: string;
  readonly source: string;
}

const isTest = (file: string): boolean => file.endsWith(".test.ts") || /(?:^|\/)testing\//.test(file);

/** Returns the imports of a package's files, types included. Tests and test helpers may import anything. */
function importsIn(name: string, folder = ""): Import[] {
  const src = join(packages, name, "src");
  return readdirSync(join(src, folder), { recursive: true, encoding: "utf8" })
    .map((file) => posix.join(folder, file.replaceAll("\\", "/")))
    .filter((file) => file.endsWith(".ts") && !isTest(file))
    .flatMap((file) =>
      [...readFileSync(join(src, file), "utf8").matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)].map(
        (match) => ({ file, source: match[1]! }),
      ),
    );
}

/** Returns the file of the same package that an import refers to. */
const target = ({ file, source }: Import): string | undefined =>
  source.startsWith(".") ? posix.join(dirname(file), source).replace(/\.js$/, ".ts") : undefined;

/**
 * Finds an import cycle among the direct children of a folder, which are files and folders. Returns the imports that
 * form the cycle; empty if there is none.
 */
function cycleIn(folder: string, imports: readonly Import[]): string[] {
  const childOf = (file: string) =>
    folder === "" || file.startsWith(`${folder}/`)
      ? file.slice(folder === "" ? 0 : folder.length + 1).split("/")[0]
      : undefined;
  const edges = new Map<string, Map<string, string>>();
  for (const found of imports) {
    const to = target(found);
    const [a, b] = [childOf(found.file), to && childOf(to)];
    if (a === undefined || b === undefined || a === b) continue;
    if (!edges.has(a)) edges.set(a, new Map());
    edges.get(a)!.set(b, `${found.file} imports ${to}`);
  }
  const done = new Set<string>();
  const visit = (node: string, path: readonly string[]): string[] => {
    const start = path.indexOf(node);
    if (start >= 0)
      return [...path.slice(start), node].flatMap((a, i, all) => edges.get(a)?.get(all[i + 1] ?? "") ?? []);
    if (done.has(node)) return [];
    for (const next of edges.get(node)?.keys() ?? []) {
      const cycle = visit(next, [...path, node]);
      if (cycle.length > 0) return cycle;
    }
    done.add(node);
    return [];
  };
  return [...edges.keys()].map((node) => visit(node, [])).find((cycle) => cycle.length > 0) ?? [];
}

const foldersOf = (imports: readonly Import[]): string[] => {
  const folders = new Set([""]);
  for (const { file } of imports)
    for (let folder = dirname(file); folder !== "."; folder = dirname(folder)) folders.add(folder);
  return [...folders];
};

describe("packages", () => {
  for (const [name, others] of Object.entries(PACKAGES)) {
    it(`${name} imports ${others.join(", ") || "no other package"}`, () => {
      for (const { file, source } of importsIn(name)) {
        const other = source.match(/^(?:@supernet\/)([^/]+)/)?.[1] ?? (source === "supernet" ? source : "");
        assert.ok(other === "" || others.includes(other), `${file}: ${source}`);
      }
    });

    it(`${name} has no import cycle among files or folders`, () => {
      const imports = importsIn(name);
      assert.ok(imports.length > 0);
      for (const folder of foldersOf(imports)) assert.deepEqual(cycleIn(folder, imports), []);
    });
  }

  it("finds an import cycle", () => {
    const imports = [
      { file: "a/x.ts", source: "../b/y.js" },
      { file: "b/z.ts", source: "../c.js" },
      { file: "c.ts", source: "./a/w.js" },
    ];
    assert.deepEqual(cycleIn("", imports), [
      "a/x.ts imports b/y.ts",
      "b/z.ts imports c.ts",
      "c.ts imports a/w.ts",
    ]);
    assert.deepEqual(cycleIn("", imports.slice(1)), []);
  });
});

describe("folders of supernet", () => {
  it("belong to a layer, and import only earlier layers", () => {
    const rank = new Map(LAYERS.flatMap((folders, i) => folders.map((folder) => [folder, i] as const)));
    const src = join(packages, "supernet", "src");
    const folders = readdirSync(src, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    assert.deepEqual(
      folders.map(({ name }) => name).filter((name) => name !== "testing" && !rank.has(name)),
      [],
    );
    for (const found of importsIn("supernet")) {
      const [from, to] = [found.file, target(found) ?? found.file].map((file) => file.split("/")[0]!);
      if (from === to || !rank.has(from!)) continue;
      assert.ok(rank.get(to!)! < rank.get(from!)!, `${found.file}: ${found.source}`);
    }
  });

  it("tasks do not import each other, and their shared code does not import them", () => {
    const tasks = ["classification", "detection"];
    for (const folder of [...tasks, "shared"]) {
      const imports = importsIn("supernet", `tasks/${folder}`);
      assert.ok(imports.length > 0);
      const others = tasks.filter((name) => name !== folder);
      for (const found of imports) {
        const to = target(found) ?? "";
        assert.ok(!others.some((name) => to.startsWith(`tasks/${name}/`)), `${found.file}: ${found.source}`);
      }
    }
  });

  it("contain the name of a task only in tasks and recipes", () => {
    const names = /["'`](?:detection|classification)["'`]/;
    const src = join(packages, "supernet", "src");
    const files = readdirSync(src, { recursive: true, encoding: "utf8" })
      .map((file) => file.replaceAll("\\", "/"))
      .filter((file) => file.endsWith(".ts") && !isTest(file));
    // Built-in recipes name their task.
    const others = files.filter((file) => !/^(?:tasks|recipes)\//.test(file));
    assert.ok(others.length > 50);
    for (const file of others) assert.doesNotMatch(readFileSync(join(src, file), "utf8"), names, file);
  });

  it("spaces, costs, strategies and exports do not import the engine", () => {
    for (const folder of ["space", "layer", "cost", "network", "search", "spaces", "onnx"]) {
      const imports = importsIn("nas", folder);
      assert.ok(imports.length > 0);
      for (const { file, source } of imports) assert.doesNotMatch(source, /^@supernet\/torch/, file);
    }
  });
});
