export { compare } from "./compare/step.js";
export { detector, finetune } from "./finetune.js";
export { pretrain, retrain } from "./pretrain.js";
export { search } from "./search.js";
export { test } from "./test.js";
