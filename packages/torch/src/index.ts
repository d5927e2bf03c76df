// The types of `using`, so that a program that imports the package need not list them in its tsconfig.json.
/// <reference lib="esnext.disposable" preserve="true" />
export * from "./checkpoint/index.js";
export * from "./data/index.js";
export * as distributed from "./distributed/index.js";
export * from "./engine/index.js";
export * as nn from "./nn/index.js";
export * as optim from "./optim/index.js";
