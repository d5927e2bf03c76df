import { writeFileAtomic, writeJson } from "@supernet/base";
import { SpaceClassifier } from "@supernet/nas/supernet";
import { exportFound } from "../../export/export-found.js";
import { readSubnet } from "../../search/found-subnet.js";
import { searchProblem } from "../../search/problem.js";
import { reportLatency } from "../../search/report-latency.js";
import { scoreRandomSubnets } from "../../search/run-search.js";
import { buildSeeded, loadWeights } from "../../task/step-context.js";
import { evaluateClassifier } from "../shared/classifier-training.js";
import { labeledVal } from "../shared/labeled-images.js";
import { scoringImages, trainingImages } from "./images.js";
import { accuracyOf, predict } from "./predictions.js";
import { type ClassificationResults, predictionsFile, resultsFile } from "./results.js";
import type { ClassificationContext } from "./settings.js";
import { openSupernet } from "./supernet.js";

/** The last step: the found subnet, and random ones with the supernet's weights, on images that no other step has seen. */
export async function test(context: ClassificationContext): Promise<void> {
  const { run, recipe, device, host, space } = context;
  const { test: settings, retrain } = recipe.steps;
  const { randomSubnets } = settings;
  const classes = run.get(trainingImages).classes.length;
  using tested = scoringImages(recipe, run.get(labeledVal), settings);

  const subnet = readSubnet(context);
  /** The found subnet alone, with the weights that a step gave it. */
  const predictionsOf = (step: "search" | "retrain") => {
    const model = buildSeeded(context, step, () => new SpaceClassifier(space, classes, subnet));
    loadWeights(context, step, model);
    return predict(model, tested, device);
  };
  const inherited = await predictionsOf("search");
  const retrained = retrain && (await predictionsOf("retrain"));

  using supernet = openSupernet(context);
  // Drawn apart from the subnets with which the search began.
  const problem = { ...(await searchProblem(run)), seed: recipe.seed + 1 };
  const scored = await scoreRandomSubnets(context, problem, randomSubnets, {
    evaluate: async (candidate) => {
      await supernet.prepare(candidate);
      return (await evaluateClassifier(supernet.model, tested, device)).accuracy;
    },
    begin: (done) => host.begin(done, randomSubnets),
    onCandidate: (_, index) => host.progress(index + 1, "random subnets"),
  });
  const random = scored.map(({ score }) => score ?? 0);
  const results: ClassificationResults = {
    classes,
    images: inherited.length,
    inherited: accuracyOf(inherited, classes),
    retrained: retrained && accuracyOf(retrained, classes),
    random,
    randomMean: random.length === 0 ? null : random.reduce((sum, top1) => sum + top1, 0) / random.length,
  };
  // Past the random subnets: a run that is resumed after them records it again.
  host.record({ iteration: randomSubnets + 1, ...(results.retrained ?? results.inherited) });
  writeFileAtomic(predictionsFile(context.folder()), JSON.stringify(retrained ?? inherited));
  await exportFound(context);
  await reportLatency(context);
  writeJson(resultsFile(context.folder()), results);
}
