// The code that readers copy: of READMEs and docs, compiled and run, and the examples.
import assert from "node:assert/strict";
import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { root, trackedFiles } from "./workspace.js";

const folder = mkdtempSync(join(tmpdir(), "documents-"));
symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
after(() => rmSync(folder, { recursive: true, force: true }));

const run = (...args: readonly string[]): SpawnSyncReturns<string> =>
  spawnSync(process.execPath, args, { encoding: "utf8", cwd: folder });

/** Examples in Markdown files that are complete: they import what they use. */
const examples = trackedFiles(".md").flatMap((file) =>
  [...readFileSync(join(root, file), "utf8").matchAll(/^```ts\n(.*?)^```$/gms)]
    .map(([, code]) => code!)
    .filter((code) => code.includes("import "))
    .map((code, i) => ({ title: `${file}, example ${i + 1}`, code })),
);

describe("code in documents", () => {
  it("type-checks against the packages", () => {
    const options = {
      compilerOptions: {
        target: "es2022",
        lib: ["es2023"],
        module: "nodenext",
        strict: true,
        noEmitOnError: true,
        outDir: "out",
        rootDir: ".",
        types: ["node"],
      },
      files: examples.map((_, i) => `example-${i}.ts`),
    };
    for (const [i, { title, code }] of examples.entries())
      writeFileSync(join(folder, `example-${i}.ts`), `// ${title}\n${code}`);
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(options));
    const { status, stdout } = run(join(root, "node_modules/typescript/bin/tsc"), "-p", ".");
    assert.equal(status, 0, `${examples.map(({ title }, i) => `${i}: ${title}`).join("\n")}\n${stdout}`);
  });

  for (const [i, { title }] of examples.entries()) {
    it(`runs: ${title}`, () => {
      const { status, stderr } = run(join("out", `example-${i}.js`));
      assert.equal(status, 0, stderr);
    });
  }
});

describe("the API overview", () => {
  const overview = readFileSync(join(root, "docs/reference/api.md"), "utf8");
  for (const section of overview.split(/^## /m).slice(1)) {
    const packages = [...section.split("\n")[0]!.matchAll(/`([^`]+)`/g)].map(([, name]) => name!);
    it(`lists exports of ${packages.join(" and ")}, with their sources`, async () => {
      const exported = new Set<string>();
      for (const name of packages) for (const key of Object.keys(await import(name))) exported.add(key);
      for (const [, names, sources] of section.matchAll(/^\| (`.*?) \|.*\| (.*) \|$/gm)) {
        const code = [...sources!.matchAll(/\]\(([^)]+)\)/g)]
          .map(([, path]) => readFileSync(join(root, "docs/reference", path!), "utf8"))
          .join("\n");
        for (const [, name] of names!.matchAll(/`([\w.]+)/g)) {
          const [first, last] = [name!.split(".")[0]!, name!.split(".").at(-1)!];
          const isType = new RegExp(`export (interface|type) ${first}\\b`).test(code);
          assert.ok(exported.has(first) || isType, `${name} is not exported`);
          const declared = new RegExp(
            `\\bexport [^=({\\n]*\\b${last}\\b|^\\s+(static )?(type )?${last}\\b|export \\{.*\\b${last}\\b`,
            "m",
          );
          assert.match(code, declared, `${name} is not declared in ${sources}`);
        }
      }
    });
  }
});

describe("examples", () => {
  const missing = existsSync("/usr/share/datasets/fashion-mnist")
    ? false
    : "dataset-fashion-mnist is missing";
  const example = (name: string, ...args: readonly string[]): string => {
    const { status, stdout, stderr } = run(join(root, "examples/dist", name), ...args);
    assert.equal(status, 0, stderr);
    return stdout;
  };

  it("train a network with a loop of your own", { skip: missing }, () => {
    const accuracy = Number(example("training-loop.js", "100").match(/accuracy (\S+) on 2000/)![1]);
    assert.ok(accuracy > 0.5, `accuracy ${accuracy}`);
  });

  it("train a supernet of your own, and score its paths", { skip: missing }, () => {
    assert.equal(example("my-supernet.js", "20").match(/^kernels \d, \d, \d: accuracy 0\.\d+$/gm)?.length, 6);
  });

  it("search with a metric of your own", () => {
    assert.match(
      example("my-metric.js"),
      /^250 subnets scored; the best has 0\.\d+:\nlayers\.0\.0: shuffle_/,
    );
  });
});
