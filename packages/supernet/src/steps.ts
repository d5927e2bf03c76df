// Functions for the steps of your own task. Unlike the main entry, this one loads the engine.
export { exportFound } from "./export/export.js";
export { trainingWork } from "./plan/work.js";
export { renderPage, tile } from "./report/page.js";
export { collectRun } from "./report/run-data.js";
export { scoreEach } from "./scoring/scorer.js";
export { readSubnet } from "./search/found-subnet.js";
export { helpSearch, openScorer } from "./search/open-scorer.js";
export { searchProblem } from "./search/problem.js";
export { reportLatency } from "./search/report-latency.js";
export { scoreRandomSubnets, searchByRecipe } from "./search/run-search.js";
export { buildSeeded, loadWeights, saveWeights } from "./task/step-context.js";
export { plannedClassifier } from "./tasks/shared/planned-classifier.js";
export { imageTensor, ReusableBatches } from "./training/batches.js";
export { createSampler } from "./training/sampling.js";
export { type Training, train } from "./training/train.js";
