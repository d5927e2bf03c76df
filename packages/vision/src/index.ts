export * from "./detection/index.js";
export * from "./metrics/index.js";
