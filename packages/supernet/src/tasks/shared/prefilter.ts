import { type SearchProblem, type Subnet, subnetKey } from "@supernet/nas";
import { zeroCostScore } from "@supernet/nas/supernet";
import type { ClassificationSamples } from "@supernet/vision";
import type { StepContext } from "../../task/task.js";
import { imageTensor } from "../../training/batches.js";
import { type LabeledRecipe, labeledBatches } from "./labeled-images.js";
import { labelTensor } from "./losses.js";

/** Number of training images that a score uses, as in Abdelfattah et al., https://arxiv.org/abs/2101.08134. */
const IMAGES = 64;

/** Adds the recipe's prefilter, if any, to a problem: a score of untrained classifiers on some training images. */
export async function withPrefilter(
  { recipe, device, space }: StepContext<LabeledRecipe>,
  problem: SearchProblem,
  openSet: () => { readonly train: ClassificationSamples; readonly classes: readonly string[] },
): Promise<SearchProblem> {
  const { prefilter } = recipe.steps.search;
  if (prefilter === null) return problem;
  const set = openSet();
  const { images, labels } = await firstImages(recipe, set.train, device);
  const computeScore = zeroCostScore(prefilter.score, space, {
    classes: set.classes.length,
    images,
    labels,
    seed: recipe.seed,
  });
  const scores = new Map<string, number>();
  const score = (subnet: Subnet): number => {
    const key = subnetKey(space, subnet);
    const value = scores.get(key) ?? computeScore(subnet);
    scores.set(key, value);
    return value;
  };
  return { ...problem, prefilter: { name: prefilter.score, draws: prefilter.draws, score } };
}

async function firstImages(recipe: LabeledRecipe, samples: ClassificationSamples, device: string) {
  const batching = { batchSize: IMAGES, microBatch: null };
  using batches = labeledBatches({ ...recipe, workers: 0 }, samples, batching);
  for await (const batch of batches.evaluate(IMAGES))
    return { images: imageTensor(batch, device), labels: labelTensor(batch, device) };
  throw new RangeError("there are no training images");
}
