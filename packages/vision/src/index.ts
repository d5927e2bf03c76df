export * from "./detection/index.js";
