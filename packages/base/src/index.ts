// The types of `using`, so that a program that imports the package need not list them in its tsconfig.json.
/// <reference lib="esnext.disposable" preserve="true" />
export * from "./digest.js";
export * from "./errors.js";
export * from "./files.js";
export * from "./options.js";
export * from "./poll.js";
export * from "./random.js";
export * from "./schema.js";
export * from "./schema-keys.js";
