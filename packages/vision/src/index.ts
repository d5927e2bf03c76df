export * from "./backbones/index.js";
export * from "./batches/index.js";
export * from "./data/index.js";
export type { DecodedCacheOptions } from "./decoded-cache/decoded-cache.js";
export * from "./detection/index.js";
export * from "./interop/index.js";
export * from "./metrics/index.js";
export * from "./transforms/index.js";
