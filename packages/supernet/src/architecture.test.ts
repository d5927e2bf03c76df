import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";

const packages = fileURLToPath(new URL("../../", import.meta.url));

/** What each package may import of the others. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  base: [],
  testing: [],
  torch: ["@supernet/base"],
  vision: ["@supernet/base", "@supernet/torch"],
  nas: ["@supernet/base", "@supernet/torch"],
  supernet: ["@supernet/base", "@supernet/torch", "@supernet/vision", "@supernet/nas"],
};

/** Tests import `@supernet/testing`; programs that they start import their own package by its public name. */
const isOfTests = (name: string, file: string, source: string): boolean =>
  (source === "@supernet/testing" && /\.test\.ts$|(^|\/)testing\//.test(file)) ||
  (source === `@supernet/${name}` && /(^|\/)testing\//.test(file));

const TENSOR_FREE = ["@supernet/base"];

function importsIn(folder: string): { file: string; source: string }[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .flatMap((file) => {
      const text = readFileSync(join(folder, file), "utf8");
      return [...text.matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)].map((match) => ({
        file,
        source: match[1]!,
      }));
    });
}

describe("rooms", () => {
  for (const [name, others] of Object.entries(allowed)) {
    it(`${name} imports ${others.join(", ") || "no other package"}`, () => {
      const found = importsIn(join(packages, name, "src"));
      assert.ok(found.length > 0);
      for (const { file, source } of found) {
        if (!source.startsWith("@supernet/") && source !== "supernet") continue;
        assert.ok(
          others.some((other) => source === other || source.startsWith(`${other}/`)) ||
            isOfTests(name, file, source),
          `${file}: ${source}`,
        );
      }
    });
  }

  it("pipelines do not know each other, nor does what they share know them", () => {
    const src = join(packages, "supernet", "src");
    const pipelines = ["detection", "classification"];
    for (const folder of ["steps", "plan", "report"]) {
      for (const own of [...pipelines, ...(folder === "steps" ? ["common"] : [])]) {
        const found = importsIn(join(src, folder, own));
        assert.ok(found.length > 0);
        for (const { file, source } of found) {
          const others = pipelines.filter((name) => name !== own && source.split("/").includes(name));
          assert.deepEqual(others, [], `${folder}/${own}/${file}: ${source}`);
        }
      }
    }
  });

  it("spaces, costs, strategies and exports know no tensor", () => {
    for (const folder of ["space", "layer", "cost", "network", "search", "spaces", "onnx"]) {
      for (const { file, source } of importsIn(join(packages, "nas", "src", folder))) {
        if (source.startsWith("@supernet/"))
          assert.ok(TENSOR_FREE.includes(source), `${folder}/${file}: ${source}`);
      }
    }
  });
});
