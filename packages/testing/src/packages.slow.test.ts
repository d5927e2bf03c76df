// What users install: the packed packages, in a folder outside the repository, by npm and by pnpm.
import assert from "node:assert/strict";
import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { brokenLinks } from "./markdown.js";
import { root, trackedFiles } from "./workspace.js";

const PACKAGES = ["base", "torch", "vision", "nas", "pipeline", "supernet"];
const folder = mkdtempSync(join(tmpdir(), "packages-"));
after(() => rmSync(folder, { recursive: true, force: true }));

interface Packed {
  readonly name: string;
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}
let packed: readonly Packed[];

function run(cwd: string, command: string, ...args: readonly string[]): SpawnSyncReturns<string> {
  return spawnSync(command, args, { cwd, encoding: "utf8", env: { ...process.env, NO_COLOR: "1" } });
}

function succeed(cwd: string, command: string, ...args: readonly string[]): string {
  const { status, stdout, stderr } = run(cwd, command, ...args);
  assert.equal(status, 0, `${command} ${args.join(" ")}\n${stdout}${stderr}`);
  return stdout;
}

before(() => {
  const workspaces = PACKAGES.map((name) => `--workspace=packages/${name}`);
  packed = JSON.parse(succeed(root, "npm", "pack", "--json", "--pack-destination", folder, ...workspaces));
});

describe("packed packages", () => {
  it("contain the program, its types and its license, and nothing else", () => {
    const expected =
      /^(package\.json|README\.md|LICENSE|bin\/supernet\.js|dist\/.*\.(js|d\.ts)|native\/.*\.(cpp|h|mjs)|docs\/.*\.md|examples\/[\w-]+\.(md|ts))$/;
    for (const { name, files } of packed) {
      const paths = files.map(({ path }) => path);
      assert.deepEqual(
        paths.filter(
          (path) => !expected.test(path) || /testing|\.test\.|dist\/(generator|reference)/.test(path),
        ),
        [],
        name,
      );
      const manifest = JSON.parse(
        readFileSync(join(root, "packages", name.replace("@supernet/", ""), "package.json"), "utf8"),
      );
      const targets = Object.values<string | Record<string, string>>(manifest.exports).flatMap((target) =>
        typeof target === "string" ? [target] : Object.values(target),
      );
      for (const path of ["LICENSE", "README.md", ...targets, ...Object.values<string>(manifest.bin ?? {})])
        assert.ok(paths.includes(path.replace("./", "")), `${name}: ${path}`);
    }
  });

  it("of supernet contain the documentation and the examples, and the workspace no copies of them", () => {
    const paths = packed.find(({ name }) => name === "supernet")!.files.map(({ path }) => path);
    for (const folder of ["docs", "examples"]) {
      for (const file of trackedFiles("", folder).filter((path) => /\.(md|ts)$/.test(path)))
        assert.ok(paths.includes(file), file);
      assert.ok(!existsSync(join(root, "packages/supernet", folder)));
    }
  });
});

/** Creates a folder as a user has it, with a recipe, a space and a strategy in TypeScript. */
function createProject(name: string, manifest: object): string {
  const project = join(folder, name);
  mkdirSync(project);
  writeFileSync(
    join(project, "package.json"),
    JSON.stringify({ type: "module", private: true, ...manifest }),
  );
  for (const file of ["my-space.ts", "my-strategy.ts"])
    cpSync(join(root, "examples", file), join(project, file));
  writeFileSync(
    join(project, "close.ts"),
    `import type { openScorer } from "supernet/steps";
export async function close(opening: ReturnType<typeof openScorer>): Promise<number> {
  await using scorer = await opening;
  return scorer.parallel;
}
`,
  );
  writeFileSync(
    join(project, "recipe.ts"),
    `import { defineRecipe, mixedQuickstart } from "supernet";
const { steps } = mixedQuickstart;
export default defineRecipe({
  ...mixedQuickstart,
  name: "mine",
  space: { file: "my-space.ts" },
  steps: {
    ...steps,
    search: {
      ...steps.search,
      constraints: { params: { max: 1e5 } },
      strategy: { file: "my-strategy.ts", settings: { generations: 2 } },
    },
  },
});
`,
  );
  return project;
}

/** Checks that every relative link in the Markdown files of an installed package leads to a file and heading of it. */
function checkLinks(installed: string): void {
  const documents = readdirSync(installed, { recursive: true, encoding: "utf8" }).filter(
    (file) => file.endsWith(".md") && !file.includes("node_modules"),
  );
  assert.ok(documents.includes("README.md"), installed);
  const broken = documents.flatMap((file) =>
    brokenLinks(installed, file).map((target) => `${file}: ${target}`),
  );
  assert.deepEqual(broken, [], installed);
}

const tarballs = (): string[] => packed.map(({ filename }) => `file:${join(folder, filename)}`);

/** Copies a package's compiled objects, which its build script keeps because their sources are the same. */
const copyBuild = (name: string, installed: string): void =>
  cpSync(join(root, "packages", name, "build"), join(installed, "build"), { recursive: true });

function checkUse(project: string): void {
  const supernet = (...args: readonly string[]) => succeed(project, "node_modules/.bin/supernet", ...args);
  assert.match(supernet("--version"), /^\d+\.\d+\.\d+\n$/);
  assert.equal(JSON.parse(supernet("doctor", "--json")).ok, true);
  assert.ok(JSON.parse(supernet("profile", "--space", "my-space.ts", "--json")).min.params > 0);
  const plan = JSON.parse(
    supernet("plan", "recipe.ts", "--images", "60000,10000", "--flops-per-second", "1e9", "--json"),
  );
  const search = plan.steps.find(({ step }: { step: string }) => step === "search");
  assert.equal(search.iterations, 16); // of my-strategy.ts
  // Also without Node's types, which declare the types of `using` too.
  for (const environment of [
    { types: ["node"], typeRoots: [join(root, "node_modules/@types")] },
    { types: [], skipLibCheck: true },
  ]) {
    const compilerOptions = {
      module: "nodenext",
      target: "es2022",
      lib: ["es2022"],
      strict: true,
      noEmit: true,
      ...environment,
    };
    writeFileSync(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["*.ts"] }));
    succeed(project, process.execPath, join(root, "node_modules/typescript/bin/tsc"), "-p", ".");
  }
}

describe("installed by npm", () => {
  it("build themselves, run, and have types", () => {
    const project = createProject("npm", {});
    succeed(
      project,
      "npm",
      "install",
      "--ignore-scripts",
      "--no-audit",
      "--no-fund",
      "--prefer-offline",
      ...tarballs(),
    );
    for (const { name } of packed) checkLinks(join(project, "node_modules", name));
    for (const name of ["torch", "vision"]) copyBuild(name, join(project, "node_modules/@supernet", name));
    succeed(project, "npm", "rebuild");
    checkUse(project);
  });
});

describe("installed by pnpm, which does not run install scripts", () => {
  it("say what builds the engine, run after that, and have types", () => {
    const files = Object.fromEntries(packed.map(({ name }, i) => [name, tarballs()[i]!]));
    const project = createProject("pnpm", {
      dependencies: { supernet: files.supernet },
      pnpm: { overrides: files },
    });
    const pnpm = join(root, "node_modules/pnpm/bin/pnpm.cjs");
    succeed(project, process.execPath, pnpm, "install", "--prefer-offline");
    for (const [name, ...args] of [
      ["torch", "profile", "--space", "mobilenetv2", "--latency"],
      ["vision", "convert", "--model", "resnet18", "--weights", "a.pth", "--out", "b.pth"],
    ] as const) {
      const { stderr } = run(project, "node_modules/.bin/supernet", ...args);
      const script = stderr.match(
        /^error: the .* is not built: run node (\S+build\.mjs) \(it needs .*\)\n$/,
      )?.[1];
      assert.ok(script !== undefined, stderr);
      const imported = run(
        project,
        process.execPath,
        "--import",
        `file://${join(script, "../../dist/index.js")}`,
      );
      assert.match(imported.stderr, /^\[UserError: the .* is not built: run node .*\]$/m);
      assert.doesNotMatch(imported.stderr, /^ {4}at /m);
      copyBuild(name, join(script, "../.."));
      succeed(project, process.execPath, script);
    }
    checkUse(project);
  });
});
