import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { openEncodedImage } from "@supernet/vision";
import type { Font } from "opentype.js";
import { html, type Markup } from "../report/html.js";
import type { Finding } from "../task/predictor.js";

/** Colors of the classes, in turn: Okabe and Ito's, which people with any color vision can tell apart. */
const COLORS = ["#e69f00", "#56b4e9", "#009e73", "#f0e442", "#0072b2", "#d55e00", "#cc79a7"];

/** Maximum number of characters of a class name. */
const NAME_LENGTH = 40;

/** Draws findings into pictures. */
export interface Drawer {
  /**
   * Draws an image with boxes, classes and scores.
   * @param found findings with boxes
   * @returns a JPEG file if the image is one, otherwise a PNG file
   * @throws UserError naming the file if it is damaged
   */
  draw(file: string, found: readonly Finding[]): Promise<Uint8Array>;
}

/** Opens the font, and libvips. */
export async function openDrawer(): Promise<Drawer> {
  const font = await loadFont();
  const { default: sharp } = await import("sharp");
  return {
    async draw(file, found) {
      const { width, height, data } = await (await openEncodedImage(file)).decode();
      const marks = Buffer.from(String(overlay(font, { width, height }, found)));
      const picture = sharp(data, { raw: { width, height, channels: 3 } })
        .composite([{ input: marks }])
        .removeAlpha();
      return /\.jpe?g$/i.test(file) ? picture.jpeg({ quality: 90 }).toBuffer() : picture.png().toBuffer();
    },
  };
}

/** Text is drawn as outlines of this font, because a system may have no fonts. */
async function loadFont(): Promise<Font> {
  const { default: opentype } = await import("opentype.js");
  const name = "@fontsource/dejavu-sans/files/dejavu-sans-latin-400-normal.woff";
  const { buffer, byteOffset, byteLength } = readFileSync(createRequire(import.meta.url).resolve(name));
  return opentype.parse(buffer.slice(byteOffset, byteOffset + byteLength));
}

interface Size {
  readonly width: number;
  readonly height: number;
}

function overlay(font: Font, size: Size, found: readonly Finding[]): Markup {
  const { width, height } = size;
  const unit = Math.max(1, Math.max(width, height) / 640);
  // Labels are above all boxes, and the best findings above the others.
  const marks = found.toReversed().map((finding) => mark(font, size, unit, finding));
  const layers = [...marks.map(({ frame }) => frame), ...marks.map(({ plate }) => plate)];
  return html`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${layers}</svg>`;
}

/** Draws the box of a finding, and a plate with its label above it, or inside if there is no space. */
function mark(
  font: Font,
  size: Size,
  unit: number,
  { class: name, label, score, box }: Finding,
): { readonly frame: Markup; readonly plate: Markup } {
  const [x, y, width, height] = box!;
  const color = COLORS[label % COLORS.length]!;
  const fontSize = 13 * unit;
  const short = [...name].length > NAME_LENGTH ? `${[...name].slice(0, NAME_LENGTH - 1).join("")}…` : name;
  const text = outline(font, `${short} ${score.toFixed(2)}`, fontSize);
  const [plateWidth, plateHeight] = [text.width + 4 * unit, 1.3 * fontSize];
  const left = Math.max(0, Math.min(x - unit, size.width - plateWidth));
  const top = y >= plateHeight ? y - plateHeight : y;
  return {
    frame: html`<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="none" stroke="${color}" stroke-width="${2 * unit}"/>`,
    plate: html`<rect x="${left}" y="${top}" width="${plateWidth}" height="${plateHeight}" fill="${color}"/>
<path transform="translate(${left + 2 * unit} ${top + fontSize})" d="${text.path}" fill="${isDark(color) ? "#fff" : "#000"}"/>`,
  };
}

/** Lays out a text from left to right, one glyph for each character. Its first baseline point is 0, 0. */
function outline(font: Font, text: string, size: number): { path: string; width: number } {
  let width = 0;
  const paths = Array.from(text, (character) => {
    const glyph = font.charToGlyph(character);
    const path = glyph.getPath(width, 0, size).toPathData(2);
    width += ((glyph.advanceWidth ?? 0) * size) / font.unitsPerEm;
    return path;
  });
  return { path: paths.join(""), width };
}

function isDark(color: string): boolean {
  const [red, green, blue] = [1, 3, 5].map((i) => Number.parseInt(color.slice(i, i + 2), 16));
  return 0.3 * red! + 0.59 * green! + 0.11 * blue! < 128;
}
