/** What a worker is asked for: images that go through the network together. */
export interface BatchRequest {
  /** Their places in the set. */
  readonly indices: readonly number[];
  /** For training: `key` names the batch, `first` is the first image's place in it; chance is drawn from both. */
  readonly augment?: { readonly key: readonly (number | string)[]; readonly first: number };
}
