import { html, type Markup } from "./html.js";

/** One block of the found architecture. */
export interface DrawnBlock {
  readonly stage: number;
  readonly channels: number;
  readonly stride: number;
  /** Choices, one per line. */
  readonly labels: readonly string[];
  /** Index of the chosen option, which determines the color. */
  readonly index: number;
  /** Whether the block is absent from the network. */
  readonly skipped: boolean;
}

const COLORS = 6;
const GAP = 8;
const STAGE_GAP = 22;
const LINE = 14;
const HEIGHT = 160;
/** Width of a letter in a label. */
const LETTER = 7;

/** Draws the blocks in order of execution, with color by choice and height by channels. */
export function drawArchitecture(blocks: readonly DrawnBlock[]): Markup {
  const maxChannels = Math.max(1, ...blocks.map(({ channels }) => channels));
  const letters = Math.max(0, ...blocks.flatMap(({ labels }) => labels.map((label) => label.length)));
  const width = Math.max(66, 10 + LETTER * letters);
  const lines = 1 + Math.max(0, ...blocks.map(({ labels }) => labels.length));
  const minHeight = lines * LINE + 8;
  let at = 4;
  let stage = blocks[0]?.stage;
  const drawn = blocks.map((block) => {
    if (block.stage !== stage) at += STAGE_GAP;
    stage = block.stage;
    const height =
      minHeight + ((HEIGHT - 30 - minHeight) * Math.sqrt(block.channels)) / Math.sqrt(maxChannels);
    const top = HEIGHT - 22 - height;
    const left = at;
    at += width + GAP;
    return drawBlock(block, { left, top, width, height });
  });
  return html`<svg viewBox="0 0 ${at} ${HEIGHT}" role="img" style="max-width:${at}px">${drawn}</svg>`;
}

interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

function drawBlock(block: DrawnBlock, { left, top, width, height }: Rectangle): Markup {
  const middle = left + width / 2;
  const texts = block.skipped
    ? [["tick", "skipped"] as const]
    : [...block.labels.map((label) => ["name", label] as const), ["size", String(block.channels)] as const];
  const firstLine = top + height / 2 - (LINE * (texts.length - 1)) / 2 + 4;
  const color = block.skipped ? "skipped" : `c${block.index % COLORS}`;
  return html`<rect class="block ${color}" x="${left}" y="${top.toFixed(1)}" width="${width}" height="${height.toFixed(1)}" rx="6"/>
${texts.map(([kind, text], i) => html`<text class="${kind}" x="${middle}" y="${(firstLine + LINE * i).toFixed(1)}" text-anchor="middle">${text}</text>`)}
<text class="tick" x="${middle}" y="${HEIGHT - 6}" text-anchor="middle">${block.stride > 1 ? `stride ${block.stride}` : ""}</text>`;
}
