export { pretrain, retrain } from "./classifier-steps.js";
export { compare } from "./compare/compare-step.js";
export { detector, finetune } from "./detector-steps.js";
export { search } from "./search-step.js";
export { test } from "./test-step.js";
