import { html, type Markup } from "./html.js";

/** One block of the found architecture. */
export interface DrawnBlock {
  readonly stage: number;
  readonly channels: number;
  readonly stride: number;
  readonly choice: string;
  /** Place of the choice among the decision's choices, which settles its colour. */
  readonly index: number;
}

const WIDTH = 66;
const GAP = 8;
const HEIGHT = 150;

/** The blocks in order of execution: colour by choice, height by channels. */
export function drawArchitecture(blocks: readonly DrawnBlock[]): Markup {
  const most = Math.max(1, ...blocks.map(({ channels }) => channels));
  const stageGap = 22;
  let at = 4;
  let stage = blocks[0]?.stage;
  const drawn = blocks.map((block) => {
    if (block.stage !== stage) at += stageGap;
    stage = block.stage;
    const height = 34 + (86 * Math.sqrt(block.channels)) / Math.sqrt(most);
    const top = HEIGHT - 22 - height;
    const left = at;
    at += WIDTH + GAP;
    const name = block.choice.replace(/^[a-z]+_/, "");
    return html`<rect class="block c${block.index}" x="${left}" y="${top}" width="${WIDTH}" height="${height.toFixed(1)}" rx="6"/>
<text class="name" x="${left + WIDTH / 2}" y="${top + height / 2 - 2}" text-anchor="middle">${name}</text>
<text class="size" x="${left + WIDTH / 2}" y="${top + height / 2 + 12}" text-anchor="middle">${block.channels}</text>
<text class="tick" x="${left + WIDTH / 2}" y="${HEIGHT - 6}" text-anchor="middle">${block.stride > 1 ? `stride ${block.stride}` : ""}</text>`;
  });
  return html`<svg viewBox="0 0 ${at} ${HEIGHT}" role="img" style="max-width:${at}px">${drawn}</svg>`;
}
