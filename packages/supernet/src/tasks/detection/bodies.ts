export { compare } from "./compare/compare-step.js";
export { search } from "./search-step.js";
export { test } from "./test-step.js";
export { detector, finetune, pretrain, retrain } from "./training-steps.js";
