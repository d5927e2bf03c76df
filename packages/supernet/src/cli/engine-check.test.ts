import assert from "node:assert/strict";
import { copyFileSync, mkdirSync, mkdtempSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, it } from "node:test";
import {
  type BuildTools,
  checkDecoder,
  checkDistributed,
  checkEngineVersion,
  diagnoseEngine,
  findBuildTools,
  findInstallation,
} from "./engine-check.js";

const root = mkdtempSync(join(tmpdir(), "engine-"));

/** Creates the folders of an installation, with these contents of the addons. */
function installed(name: string, addons: { readonly torch?: string; readonly vision?: string } = {}) {
  const folder = (part: "torch" | "vision", addon: string) => {
    const path = join(root, name, "node_modules", "@supernet", part);
    mkdirSync(join(path, "build"), { recursive: true });
    if (addons[part] !== undefined) writeFileSync(join(path, "build", addon), addons[part]);
    return path;
  };
  return { torch: folder("torch", "torch.node"), vision: folder("vision", "image.node") };
}

/** Creates a folder of libtorch's headers of a version. */
function headersOf(name: string, major: number, minor: number): string {
  const include = join(root, name, "include");
  const api = join(include, "torch", "csrc", "api", "include", "torch");
  mkdirSync(api, { recursive: true });
  mkdirSync(join(include, "ATen"));
  writeFileSync(join(include, "ATen", "ATen.h"), "");
  writeFileSync(
    join(api, "version.h"),
    `#define TORCH_VERSION_MAJOR ${major}\n#define TORCH_VERSION_MINOR ${minor}\n`,
  );
  return join(root, name);
}

const tools: BuildTools = { compiler: true, libtorch: true };
const bare: BuildTools = { compiler: false, libtorch: false };
const sudo = process.getuid?.() === 0 ? "" : "sudo ";

describe("diagnoseEngine", () => {
  it("builds an engine that is missing although everything for it is there", () => {
    const installation = installed("missing");
    const { found, fix } = diagnoseEngine(installation, tools, "");
    assert.equal(found, "not built: its install script did not run");
    assert.equal(fix, `node ${installation.torch}/native/build.mjs`);
    assert.equal(checkDecoder(installation, tools)!.fix, `node ${installation.vision}/native/build.mjs`);
  });

  it("installs what a missing engine needs first", () => {
    const { found, fix } = diagnoseEngine(installed("bare"), bare, "");
    assert.equal(found, "not built: the compiler is missing, libtorch is missing");
    assert.ok(fix.startsWith(`${sudo}apt-get install g++ libtorch-dev libopenblas0-openmp && node /`), fix);
  });

  it("uses paths that are relative to the current folder, as in a checkout", () => {
    const installation = findInstallation();
    const before = process.cwd();
    process.chdir(join(installation.torch, "..", ".."));
    try {
      const { fix } = diagnoseEngine({ ...installation, torch: join(process.cwd(), "fake") }, tools, "");
      assert.equal(fix, "node fake/native/build.mjs");
    } finally {
      process.chdir(before);
    }
  });

  it("rebuilds an engine that was copied from another platform", () => {
    const installation = installed("copied", { torch: "\x7fELF, but not really" });
    const load = () => createRequire(import.meta.url)(join(installation.torch, "build", "torch.node"));
    let reason = "";
    assert.throws(load, (error: Error) => {
      reason = error.message;
      return true;
    });
    const { found, fix } = diagnoseEngine(installation, tools, reason);
    assert.match(found, /^built for another platform, or damaged: /);
    assert.ok(fix.startsWith(`rm -r ${installation.torch}/build && node `), fix);
  });

  const reasons: readonly (readonly [reason: string, found: RegExp])[] = [
    [
      "libtorch_cpu.so.1.13: cannot open shared object file: No such file or directory",
      /^built for a libtorch that is not installed: libtorch_cpu\.so\.1\.13 is missing$/,
    ],
    ["/x/torch.node: undefined symbol: _ZN2at4addE", /^built for another version of libtorch: .*_ZN2at4addE/],
    [
      "/lib/libc.so.6: version `GLIBC_2.38' not found (required by /x/torch.node)",
      /^built on a newer system/,
    ],
    ["something else", /^does not load: something else$/],
  ];
  for (const [reason, found] of reasons) {
    it(`explains "${reason}"`, () => {
      const diagnosis = diagnoseEngine(installed("broken", { torch: "" }), tools, reason);
      assert.match(diagnosis.found, found);
      assert.match(diagnosis.fix, /^rm -r /);
    });
  }

  it("installs libtorch again if it was removed", () => {
    const { fix } = diagnoseEngine(
      installed("removed", { torch: "" }),
      { ...tools, libtorch: false },
      "libc10.so: cannot open shared object file",
    );
    assert.ok(fix.startsWith(`${sudo}apt-get install libtorch-dev libopenblas0-openmp && rm -r `), fix);
  });
});

describe("checks of an engine that loads", () => {
  it("compare its version with LIBTORCH", () => {
    const libtorch = headersOf("libtorch-2.10", 2, 10);
    const installation = installed("versions");
    assert.equal(checkEngineVersion(installation, "1.13.1", ""), undefined);
    assert.equal(checkEngineVersion(installation, "2.10.0", libtorch), undefined);
    const { found, fix } = checkEngineVersion(installation, "2.1.0", libtorch)!;
    assert.equal(found, `built for libtorch 2.1.0, but LIBTORCH=${libtorch} has 2.10`);
    assert.ok(fix.startsWith("rm -r "), fix);
    // Newer headers contain the numbers in another file.
    const newer = headersOf("libtorch-newer", 2, 14);
    const [old, moved] = ["csrc/api/include/torch", "headeronly"].map((folder) =>
      join(newer, "include", "torch", folder, "version.h"),
    ) as [string, string];
    mkdirSync(dirname(moved));
    renameSync(old, moved);
    writeFileSync(old, "#include <torch/headeronly/version.h>\n");
    assert.equal(checkEngineVersion(installation, "2.14.1", newer), undefined);
  });

  it("find the features that it was built without", () => {
    const installation = installed("plain", { torch: "", vision: "" });
    assert.match(checkDistributed(installation)!.fix, /apt-get install libgloo-dev && node /);
    const { found, fix } = checkDecoder(installation, tools, () => ({}))!;
    assert.equal(found, "built without libjpeg-turbo: JPEG files load slower");
    assert.match(fix, /apt-get install libjpeg62-turbo-dev && node /);
    assert.equal(checkDecoder(installed("no-decoder"), bare)!.found, "not built");
  });

  it("rebuild a decoder that does not load, and install the library that it needs", () => {
    const copied = installed("copied-decoder", { vision: "\x7fELF, but not really" });
    const { found, fix } = checkDecoder(copied, tools)!;
    assert.match(found, /^does not load: .*image\.node/);
    assert.equal(fix, `rm -r ${copied.vision}/build && node ${copied.vision}/native/build.mjs`);
    const removed = checkDecoder(copied, tools, () => {
      throw new Error("libjpeg.so.62: cannot open shared object file: No such file or directory");
    })!;
    assert.ok(removed.fix.startsWith(`${sudo}apt-get install libjpeg62-turbo-dev && rm -r `), removed.fix);
  });

  it("pass with the addons that these tests use", () => {
    const installation = findInstallation();
    const copy = installed("prebuilt");
    copyFileSync(join(installation.torch, "build", "torch.node"), join(copy.torch, "build", "torch.node"));
    assert.deepEqual(checkDistributed(copy), checkDistributed(installation));
    assert.doesNotMatch(checkDecoder(installation, tools)?.found ?? "", /does not load|not built/);
  });
});

describe("findBuildTools", () => {
  it("finds libtorch in LIBTORCH, and the compiler in CXX", () => {
    const LIBTORCH = headersOf("libtorch-2.4", 2, 4);
    assert.deepEqual(findBuildTools({ LIBTORCH, CXX: "no-such-compiler" }), {
      compiler: false,
      libtorch: true,
    });
  });

  it("reports a LIBTORCH that is not the folder of a libtorch", () => {
    const found = findBuildTools({ LIBTORCH: root });
    assert.equal(found.wrongVariable, root);
    const problem = diagnoseEngine(installed("variable"), { ...tools, wrongVariable: root }, "");
    assert.equal(problem.found, `not built: LIBTORCH=${root} has no include/ATen/ATen.h`);
    assert.match(problem.fix, /^unset LIBTORCH && node /);
  });
});
