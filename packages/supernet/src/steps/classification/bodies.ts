export { search } from "./search.js";
export { test } from "./test.js";
export { retrain, train } from "./train.js";
