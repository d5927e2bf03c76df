/** Keeps images in memory, so repeated passes over a small set do not read them again. */
export class MemoryCache<T extends { readonly bytes: number }> {
  /** Promises, so an image that is requested again while it is read is read only once. */
  readonly #entries = new Map<number, Promise<T>>();
  #bytes = 0;

  /** @param limit maximum number of bytes. An image that would exceed it is not kept. Default: 256 MiB. */
  constructor(readonly limit = 2 ** 28) {}

  /** Returns the image at an index, and reads it first if necessary. */
  get(index: number, read: () => Promise<T>): Promise<T> {
    const existing = this.#entries.get(index);
    if (existing) return existing;
    const entry = this.#keepWithinLimit(index, read());
    this.#entries.set(index, entry);
    return entry;
  }

  async #keepWithinLimit(index: number, reading: Promise<T>): Promise<T> {
    try {
      const entry = await reading;
      if (this.#bytes + entry.bytes > this.limit) this.#entries.delete(index);
      else this.#bytes += entry.bytes;
      return entry;
    } catch (error) {
      this.#entries.delete(index);
      throw error;
    }
  }
}
