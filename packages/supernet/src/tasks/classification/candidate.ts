import { join } from "node:path";
import { readJson, writeFileAtomic } from "@supernet/base";
import { activeStateDict, SpaceClassifier } from "@supernet/nas/supernet";
import { tidy } from "@supernet/torch";
import { buildSeeded, loadWeights, saveWeights, weightsFile } from "../../task/step-context.js";
import type { CandidateScores, CandidateTraining } from "../../task/task.js";
import { hasValidChecksum } from "../../training/checkpoints.js";
import { train } from "../../training/train.js";
import { classifierTraining } from "../shared/classifier-training.js";
import { labeledVal, openClassifierData } from "../shared/labeled-images.js";
import { scoringImages, trainedImages, trainingImages } from "./images.js";
import { isCorrect, predict } from "./predictions.js";
import { openSupernet } from "./scoring.js";
import type { ClassificationContext, ComparedTraining } from "./settings.js";

/** Trains a subnet alone, from the supernet's weights or new ones, and scores it with its own weights. */
export async function trainCandidate(
  context: ClassificationContext,
  { subnet, settings: given, test }: CandidateTraining,
): Promise<CandidateScores> {
  const { recipe, run, device, host, space } = context;
  const settings = given as ComparedTraining;
  const images = run.get(trainingImages);
  const { classes, heldOut } = images;
  const evaluated = settings.data !== "train+search";
  const model = buildSeeded(context, host.step, () => new SpaceClassifier(space, classes.length, subnet));
  if (hasValidChecksum(weightsFile(context))) loadWeights(context, host.step, model);
  else {
    if (settings.start === "inherited") {
      using supernet = openSupernet(context);
      await supernet.prepare(subnet);
      tidy(() => model.loadStateDict(activeStateDict(supernet.model)));
    }
    using data = openClassifierData(
      recipe,
      { classes, train: trainedImages(images, settings), val: heldOut },
      settings,
    );
    const options = { model, settings, data: data.of(subnet), device, seed: recipe.seed, evaluated };
    await train(classifierTraining(options), host);
    saveWeights(context, model);
  }
  using searched = scoringImages(recipe, heldOut, recipe.steps.search);
  const correctIn = async (scored: typeof searched) =>
    (await predict(model, scored.of(subnet), device)).map((prediction) => Number(isCorrect(prediction)));
  // A score on images that it is trained on would say nothing.
  const search = evaluated ? mean(await correctIn(searched)) : null;
  if (!test) return { search };
  using tested = scoringImages(recipe, run.get(labeledVal), recipe.steps.test);
  const correct = await correctIn(tested);
  writeFileAtomic(correctFile(context.folder()), JSON.stringify(correct));
  return { search, test: mean(correct) };
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Returns the path of what a subnet answered in the test, in its folder: 1 for each image with the right class, else 0. */
const correctFile = (folder: string): string => join(folder, "correct.json");

/** Computes the accuracy of a subnet that was tested, on samples of the test images. */
export async function resample(
  _: ClassificationContext,
  folder: string,
  draw: (images: number) => readonly ArrayLike<number>[],
): Promise<number[]> {
  const correct: number[] = readJson(correctFile(folder));
  return draw(correct.length).map(
    (counts) => correct.reduce((sum, answer, i) => sum + answer * counts[i]!, 0) / correct.length,
  );
}
