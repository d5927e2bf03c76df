import { type SearchProblem, type Subnet, subnetKey } from "@supernet/nas";
import { zeroCostScore } from "@supernet/nas/supernet";
import type { Tensor } from "@supernet/torch";
import type { ClassificationSamples } from "@supernet/vision";
import type { StepContext } from "../../task/task.js";
import { imageTensor } from "../../training/batches.js";
import { imageSizeOf, imageSizes } from "./image-sizes.js";
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
  const sizes = imageSizes(recipe);
  const bySize = await firstImages(recipe, set.train, device);
  const classes = set.classes.length;
  const computeScore = bySize.map((images) =>
    zeroCostScore(prefilter.score, space, { classes, ...images, seed: recipe.seed }),
  );
  const scores = new Map<string, number>();
  const score = (subnet: Subnet): number => {
    const key = subnetKey(space, subnet);
    const value = scores.get(key) ?? computeScore[sizes.indexOf(imageSizeOf(recipe, subnet))]!(subnet);
    scores.set(key, value);
    return value;
  };
  return { ...problem, prefilter: { name: prefilter.score, draws: prefilter.draws, score } };
}

/** Returns the same images in each image size. */
async function firstImages(recipe: LabeledRecipe, samples: ClassificationSamples, device: string) {
  const batching = { batchSize: IMAGES, microBatch: null };
  using batches = labeledBatches({ ...recipe, workers: 0 }, samples, batching);
  const found: { images: Tensor; labels: Tensor }[] = [];
  for (const size of imageSizes(recipe).keys()) {
    for await (const batch of batches.evaluate(IMAGES, size))
      found.push({ images: imageTensor(batch, device), labels: labelTensor(batch, device) });
  }
  return found;
}
