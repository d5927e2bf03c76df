export * from "./checkpoint/index.js";
export * from "./data/index.js";
export * as distributed from "./distributed/index.js";
export * from "./engine/index.js";
export * as nn from "./nn/index.js";
export * as optim from "./optim/index.js";
