import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import fc from "fast-check";
import sharp from "sharp";
import { type Drawer, openDrawer } from "./draw.js";

const folder = mkdtempSync(join(tmpdir(), "draw-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string) => join(folder, name);
const [width, height] = [400, 200];
const finding = { class: "cat", label: 0, score: 0.75, box: [100, 60, 200, 100] } as const;

let drawer: Drawer;
before(async () => {
  drawer = await openDrawer();
  const gray = sharp({ create: { width, height, channels: 3, background: "#808080" } });
  for (const name of ["gray.png", "gray.jpg", "gray.webp"]) await gray.clone().toFile(at(name));
});

/** Returns the color of a pixel as hexadecimal digits. */
async function colors(file: Uint8Array): Promise<(x: number, y: number) => string> {
  const { data, info } = await sharp(file).raw().toBuffer({ resolveWithObject: true });
  assert.deepEqual([info.width, info.height, info.channels], [width, height, 3]);
  return (x, y) => data.subarray(3 * (y * width + x), 3 * (y * width + x) + 3).toString("hex");
}

/** Checks that a color is nearly another. Blending may round. */
function assertColor(color: string, expected: string): void {
  const values = (text: string) => [0, 2, 4].map((i) => Number.parseInt(text.slice(i, i + 2), 16));
  const [own, wanted] = [values(color), values(expected)];
  assert.ok(
    own.every((value, c) => Math.abs(value - wanted[c]!) <= 2),
    `${color}, not ${expected}`,
  );
}

describe("a drawn picture", () => {
  it("has the box in the class's color, with a label above it, on unchanged pixels", async () => {
    const colorAt = await colors(await drawer.draw(at("gray.png"), [finding]));
    for (const [x, y] of [
      [100, 100],
      [300, 150],
      [200, 160],
    ] as const)
      assert.notEqual(colorAt(x, y), "808080");
    for (const [x, y] of [
      [50, 100],
      [200, 110],
      [350, 190],
    ] as const)
      assert.equal(colorAt(x, y), "808080");
    assertColor(colorAt(101, 50), "e69f00");
    const plate = Array.from({ length: 60 * 12 }, (_, i) => colorAt(102 + (i % 60), 46 + Math.floor(i / 60)));
    assert.ok(
      plate.some((color) => /^[0-4].[0-4].[0-4].$/.test(color)),
      "the text is dark",
    );
    const other = await colors(await drawer.draw(at("gray.png"), [{ ...finding, label: 4 }]));
    assertColor(other(101, 50), "0072b2");
  });

  it("has the label inside the picture at its edges, and the best finding on top", async () => {
    const corner = { ...finding, box: [380, 0, 20, 30] } as const;
    const colorAt = await colors(await drawer.draw(at("gray.png"), [corner, { ...corner, label: 4 }]));
    assertColor(colorAt(398, 1), "e69f00");
    assertColor(colorAt(345, 1), "e69f00");
  });

  it("is a JPEG file if the image is one, otherwise a PNG file", async () => {
    const formats = { "gray.png": "png", "gray.jpg": "jpeg", "gray.webp": "png" };
    for (const [name, format] of Object.entries(formats)) {
      const drawn = await drawer.draw(at(name), [finding]);
      assert.equal((await sharp(drawn).metadata()).format, format);
    }
  });

  it("is the same on a system without fonts", () => {
    writeFileSync(at("fonts.conf"), "<fontconfig></fontconfig>");
    const script = `import { writeFileSync } from "node:fs";
      const { openDrawer } = await import(${JSON.stringify(new URL("./draw.js", import.meta.url))});
      const drawer = await openDrawer();
      writeFileSync(process.argv[1], await drawer.draw(process.argv[2], [${JSON.stringify(finding)}]));`;
    const drawWith = (name: string, env: NodeJS.ProcessEnv) => {
      const args = ["--input-type=module", "-e", script, at(name), at("gray.png")];
      const { status, stderr } = spawnSync(process.execPath, args, {
        env: { ...process.env, ...env },
        encoding: "utf8",
      });
      assert.deepEqual([status, stderr], [0, ""]);
      return readFileSync(at(name), "base64");
    };
    assert.equal(drawWith("none.png", { FONTCONFIG_FILE: at("fonts.conf") }), drawWith("some.png", {}));
  });

  it("can have any class name", async () => {
    const names = fc.string({ unit: "binary", maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(names, async (name) => {
        const drawn = await drawer.draw(at("gray.png"), [{ ...finding, class: name }]);
        assert.ok(drawn.length > 0);
      }),
      { numRuns: 20, examples: [["猫 <b>&\"'"], ["العربية"], ["\ud800\0\n"]] },
    );
  });
});
