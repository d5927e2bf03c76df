// What runs without Node.js too: see the export "./checks" of the package.
export * from "./errors.js";
export * from "./options.js";
export * from "./schema.js";
