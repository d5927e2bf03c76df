/** Formats seconds as 1:02:03 or 4:05. */
export function clock(seconds: number): string {
  const total = Math.max(0, Math.round(seconds));
  const twoDigits = (n: number) => String(n).padStart(2, "0");
  const [h, m, s] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
  return h > 0 ? `${h}:${twoDigits(m)}:${twoDigits(s)}` : `${m}:${twoDigits(s)}`;
}

const LINE_INTERVAL_MS = 5000;
const BAR_INTERVAL_MS = 100;
const BAR_WIDTH = 24;

/** Shows the progress of a task: a bar on a terminal, a line every few seconds elsewhere. */
export class Progress {
  readonly #stream: NodeJS.WriteStream;
  readonly #title: string;
  readonly #total: number;
  readonly #from: number;
  readonly #started = performance.now();
  #shown = Number.NEGATIVE_INFINITY;

  /** @param from number of items that were finished before and do not count for the rate */
  constructor(title: string, from: number, total: number, stream: NodeJS.WriteStream = process.stderr) {
    this.#title = title;
    this.#from = from;
    this.#total = total;
    this.#stream = stream;
    this.#shown = stream.isTTY ? this.#shown : performance.now();
  }

  /** Writes a line above the bar. The next update redraws the bar. */
  log(line: string): void {
    this.#stream.write(`${this.#stream.isTTY ? "\r\x1b[2K" : ""}${line}\n`);
  }

  update(done: number, note: string): void {
    const now = performance.now();
    const last = done >= this.#total;
    if (!last && now - this.#shown < (this.#stream.isTTY ? BAR_INTERVAL_MS : LINE_INTERVAL_MS)) return;
    this.#shown = now;
    const elapsed = (now - this.#started) / 1000;
    const rate = (done - this.#from) / Math.max(elapsed, 1e-9);
    const time = last
      ? [formatRate(rate), `took ${clock(elapsed)}`]
      : rate > 0
        ? [formatRate(rate), `${clock((this.#total - done) / rate)} left`]
        : [];
    const status = [`${done}/${this.#total}`, ...time, note].join("  ");
    if (!this.#stream.isTTY) {
      this.#stream.write(`  ${this.#title}  ${status}\n`);
      return;
    }
    const filled = Math.round((BAR_WIDTH * done) / Math.max(this.#total, 1));
    const bar = "█".repeat(filled) + "░".repeat(BAR_WIDTH - filled);
    const line = `  ${this.#title} ${bar} ${status}`.slice(0, this.#stream.columns || 120);
    this.#stream.write(`\r\x1b[2K${line}${last ? "\n" : ""}`);
  }
}

function formatRate(perSecond: number): string {
  return perSecond >= 1 || perSecond === 0
    ? `${perSecond.toFixed(1)}/s`
    : `${(1 / perSecond).toFixed(1)} s each`;
}
