/** Seconds as 1:02:03 or 4:05. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const two = (n: number) => String(n).padStart(2, "0");
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

const LINE_EVERY = 5000;
const BAR_EVERY = 100;
const BAR_WIDTH = 24;

/** How far a piece of work is: a bar on a terminal, a line every few seconds elsewhere. */
export class Progress {
  readonly #stream: NodeJS.WriteStream;
  readonly #title: string;
  readonly #total: number;
  readonly #from: number;
  readonly #started = performance.now();
  #shown = Number.NEGATIVE_INFINITY;

  /** @param from pieces that were done before, which tell nothing of the rate */
  constructor(title: string, from: number, total: number, stream: NodeJS.WriteStream = process.stderr) {
    this.#title = title;
    this.#from = from;
    this.#total = total;
    this.#stream = stream;
    this.#shown = stream.isTTY ? this.#shown : performance.now();
  }

  /** Writes a line of its own above the bar, which the next update draws anew. */
  say(line: string): void {
    this.#stream.write(`${this.#stream.isTTY ? "\r\x1b[2K" : ""}${line}\n`);
  }

  update(done: number, note: string): void {
    const now = performance.now();
    const last = done >= this.#total;
    if (!last && now - this.#shown < (this.#stream.isTTY ? BAR_EVERY : LINE_EVERY)) return;
    this.#shown = now;
    const elapsed = (now - this.#started) / 1000;
    const rate = (done - this.#from) / Math.max(elapsed, 1e-9);
    const left = last
      ? `took ${clock(elapsed)}`
      : `${clock((this.#total - done) / Math.max(rate, 1e-9))} left`;
    const figures = `${done}/${this.#total}  ${formatRate(rate)}  ${left}  ${note}`;
    if (!this.#stream.isTTY) {
      this.#stream.write(`  ${this.#title}  ${figures}\n`);
      return;
    }
    const filled = Math.round((BAR_WIDTH * done) / Math.max(this.#total, 1));
    const bar = "█".repeat(filled) + "░".repeat(BAR_WIDTH - filled);
    const line = `  ${this.#title} ${bar} ${figures}`.slice(0, this.#stream.columns || 120);
    this.#stream.write(`\r\x1b[2K${line}${last ? "\n" : ""}`);
  }
}

function formatRate(perSecond: number): string {
  return perSecond >= 1 || perSecond === 0
    ? `${perSecond.toFixed(1)}/s`
    : `${(1 / perSecond).toFixed(1)} s each`;
}
