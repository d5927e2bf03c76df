/** Keeps what was read of a small set, so that repeated passes over it do not read it again. */
export class ImageCache<T extends { readonly bytes: number }> {
  readonly #kept = new Map<number, T>();
  #bytes = 0;

  /** @param limit bytes in all; once reached, what is kept stays and nothing is added */
  constructor(readonly limit = 2 ** 28) {}

  async get(index: number, read: () => Promise<T>): Promise<T> {
    const kept = this.#kept.get(index);
    if (kept) return kept;
    const made = await read();
    if (this.#bytes + made.bytes <= this.limit) {
      this.#bytes += made.bytes;
      this.#kept.set(index, made);
    }
    return made;
  }
}
