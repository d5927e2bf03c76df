/** Recipe keys of earlier versions, with the section that they are in, and what they are called now. */
const RENAMED_KEYS: Readonly<Record<string, string>> = {
  "strategy.minimise": "minimize",
  "rpn.batchSize": "samplesPerImage",
  "head.batchSize": "samplesPerImage",
};

/** Words of earlier versions, and what they are called now. */
const RENAMED_WORDS: Readonly<Record<string, string>> = {
  "regularised-evolution": "regularized-evolution",
};

/** Returns the present name of a key that was renamed. */
export const renamedKey = (section: PropertyKey | undefined, key: string): string | undefined =>
  RENAMED_KEYS[`${String(section)}.${key}`];

/** Returns the present form of a word that was renamed. */
export const renamedWord = (word: unknown): string | undefined =>
  typeof word === "string" && Object.hasOwn(RENAMED_WORDS, word) ? RENAMED_WORDS[word] : undefined;
