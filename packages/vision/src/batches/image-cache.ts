import type { Image } from "../transforms/image.js";

/** Keeps decoded images while they are few enough, so that repeated passes over a small set cost no decoding. */
export class ImageCache {
  readonly #images = new Map<number, Image>();
  #bytes = 0;

  /** @param limit bytes in all; once reached, what is kept stays and nothing is added */
  constructor(readonly limit = 2 ** 28) {}

  async get(index: number, read: () => Promise<Image>): Promise<Image> {
    const kept = this.#images.get(index);
    if (kept) return kept;
    const image = await read();
    if (this.#bytes + image.data.length <= this.limit) {
      this.#bytes += image.data.length;
      this.#images.set(index, image);
    }
    return image;
  }
}
