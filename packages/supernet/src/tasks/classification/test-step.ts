import { existsSync } from "node:fs";
import { writeFileAtomic, writeJson } from "@supernet/base";
import { SpaceClassifier } from "@supernet/nas/supernet";
import { exportFound } from "../../export/export.js";
import { foundStep, readSubnet } from "../../search/found-subnet.js";
import { searchProblem } from "../../search/problem.js";
import { reportLatency } from "../../search/report-latency.js";
import { scoreRandomSubnets } from "../../search/run-search.js";
import { buildSeeded, loadWeights, weightsFile } from "../../task/step-context.js";
import { evaluateClassifier } from "../shared/classifier-training.js";
import { labeledVal } from "../shared/labeled-images.js";
import { scoringImages, trainingImages } from "./images.js";
import { BEST, isCorrect, predict } from "./predictions.js";
import {
  type Accuracy,
  type ClassificationResults,
  finalAccuracy,
  type Prediction,
  predictionsFile,
  resultsFile,
} from "./results.js";
import { openSupernet } from "./scoring.js";
import type { ClassificationContext } from "./settings.js";

/** Last step: tests the found subnet, and random subnets with the supernet's weights, on unseen images. */
export async function test(context: ClassificationContext): Promise<void> {
  const { run, recipe, device, host, space } = context;
  const { test: settings, retrain } = recipe.steps;
  const { randomSubnets } = settings;
  const classes = run.get(trainingImages).classes.length;
  using tested = scoringImages(recipe, run.get(labeledVal), settings);

  const subnet = readSubnet(context);
  /** Runs the found subnet with the weights of a step. */
  const predictWith = (step: string) => {
    const model = buildSeeded(context, step, () => new SpaceClassifier(space, classes, subnet));
    loadWeights(context, step, model);
    return predict(model, tested.of(subnet), device);
  };
  const found = foundStep(context);
  const inherited = existsSync(weightsFile(context, found)) ? await predictWith(found) : null;
  const retrained = retrain && (await predictWith("retrain"));
  const predictions = (retrained ?? inherited)!;
  const hasSupernet = existsSync(weightsFile(context, "train"));
  const random = hasSupernet ? await testRandom(context, tested) : [];
  const results: ClassificationResults = {
    classes,
    images: predictions.length,
    inherited: inherited && computeAccuracy(inherited, classes),
    retrained: retrained && computeAccuracy(retrained, classes),
    random,
    randomMean: random.length === 0 ? null : random.reduce((sum, top1) => sum + top1, 0) / random.length,
  };
  // Recorded last, so a run that resumes after the random subnets records it again.
  host.record({ iteration: randomSubnets + 1, ...finalAccuracy(results) });
  writeFileAtomic(predictionsFile(context.folder()), JSON.stringify(predictions));
  await exportFound(context);
  await reportLatency(context);
  writeJson(resultsFile(context.folder()), results);
}

/** Tests random subnets within the search's limits, with the supernet's weights. */
async function testRandom(
  context: ClassificationContext,
  tested: ReturnType<typeof scoringImages>,
): Promise<number[]> {
  const { run, recipe, device, host } = context;
  const { randomSubnets } = recipe.steps.test;
  using supernet = openSupernet(context);
  // The search itself uses another seed.
  const problem = { ...(await searchProblem(run)), seed: recipe.seed + 1 };
  const scored = await scoreRandomSubnets(context, problem, {
    count: randomSubnets,
    evaluate: async (candidate) => {
      await supernet.prepare(candidate);
      return (await evaluateClassifier(supernet.model, tested.of(candidate), device)).accuracy;
    },
    begin: (done) => host.begin(done, randomSubnets),
    onCandidate: (_, index) => host.progress(index + 1, "random subnets"),
  });
  return scored.map(({ score }) => score ?? 0);
}

/** Computes the accuracy of predictions. */
function computeAccuracy(predictions: readonly Prediction[], classes: number): Accuracy {
  const fraction = (matches: (prediction: Prediction) => boolean) =>
    predictions.filter(matches).length / predictions.length;
  return {
    top1: fraction(isCorrect),
    ...(classes > BEST && { top5: fraction(({ best, label }) => best.includes(label)) }),
  };
}
