export { search } from "./search-step.js";
export { test } from "./test-step.js";
export { retrain, train } from "./training-steps.js";
