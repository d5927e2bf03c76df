/** New names of recipe keys, by section and former name. */
const RENAMED_KEYS: Readonly<Record<string, string>> = {
  "strategy.minimise": "minimize",
  "rpn.batchSize": "samplesPerImage",
  "head.batchSize": "samplesPerImage",
};

/** New names of values, by former name. */
const RENAMED_WORDS: Readonly<Record<string, string>> = {
  "regularised-evolution": "regularized-evolution",
};

/** Returns the new name of a renamed key. */
export const renamedKey = (section: PropertyKey | undefined, key: string): string | undefined =>
  RENAMED_KEYS[`${String(section)}.${key}`];

/** Returns the new name of a renamed value. */
export const renamedWord = (word: unknown): string | undefined =>
  typeof word === "string" && Object.hasOwn(RENAMED_WORDS, word) ? RENAMED_WORDS[word] : undefined;
