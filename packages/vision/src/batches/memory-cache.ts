/** Keeps what was read of a small set, so that repeated passes over it do not read it again. */
export class MemoryCache<T extends { readonly bytes: number }> {
  /** Promises, so that who asks for an image while it is read reads none again. */
  readonly #kept = new Map<number, Promise<T>>();
  #bytes = 0;

  /** @param limit bytes in all; once reached, what is kept stays and nothing is added */
  constructor(readonly limit = 2 ** 28) {}

  get(index: number, read: () => Promise<T>): Promise<T> {
    const kept = this.#kept.get(index);
    if (kept) return kept;
    const made = this.#counted(index, read());
    this.#kept.set(index, made);
    return made;
  }

  async #counted(index: number, reading: Promise<T>): Promise<T> {
    try {
      const made = await reading;
      if (this.#bytes + made.bytes > this.limit) this.#kept.delete(index);
      else this.#bytes += made.bytes;
      return made;
    } catch (error) {
      this.#kept.delete(index);
      throw error;
    }
  }
}
