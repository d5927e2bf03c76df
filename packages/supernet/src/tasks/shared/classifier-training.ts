import { Random } from "@supernet/base";
import { createEstimator, featureParts, type Subnet, sampleSubnet } from "@supernet/nas";
import {
  alignCandidates,
  recalibrateBatchNorm,
  SpaceClassifier,
  type WeightSharing,
} from "@supernet/nas/supernet";
import { type nn, noGrad, type Tensor, tidy } from "@supernet/torch";
import type { ClassificationBatch, Shard } from "@supernet/vision";
import { byInput } from "../../network/by-input.js";
import type { InitRecipe } from "../../recipe/weights.js";
import { readSubnet } from "../../search/found-subnet.js";
import { searchProblem } from "../../search/problem.js";
import { initWeights } from "../../task/init-weights.js";
import { buildSeeded, loadWeights, saveWeights } from "../../task/step-context.js";
import type { StepContext } from "../../task/task.js";
import { imageTensor, ReusableBatches } from "../../training/batches.js";
import {
  CALIBRATION_BATCHES,
  createSampler,
  EVALUATED_SUBNETS,
  type SubnetSampler,
  type SupernetStart,
  supernetStart,
  usesLimits,
} from "../../training/sampling.js";
import { resolveSchedule } from "../../training/schedule.js";
import { type Training, train } from "../../training/train.js";
import type { ClassifierSupernetTraining, ClassifierTraining } from "./classifier-training.settings.js";
import { imageShapeOf, imageSizeOf } from "./image-sizes.js";
import type { ClassifierData, LabeledRecipe, SizedImages } from "./labeled-images.js";
import { InPlaceTeacher, labelLoss, labelTensor } from "./losses.js";

/** [n, 3, h, w] -> [n, classes] logits. A detector uses its `backbone`. */
export interface Classifier extends nn.Module {
  readonly backbone: nn.Module;
  forward(images: Tensor): Tensor;
}

/**
 * Trains the supernet of the current step as a classifier, resuming from the step's checkpoint if any, and saves it.
 */
export async function trainSupernet(
  context: StepContext<LabeledRecipe>,
  settings: ClassifierSupernetTraining,
  data: ClassifierData,
): Promise<void> {
  const { recipe, device, host, space } = context;
  const { seed } = recipe;
  const { candidates, sampling } = settings;
  const { step } = host;
  const model = buildSeeded(context, step, () => new SpaceClassifier(space, data.classes.length));
  // Given weights are those of all candidates.
  const align = () =>
    void (settings.init === undefined && space.alignment && alignCandidates(model, space.alignment));
  const probes = Array.from({ length: EVALUATED_SUBNETS }, (_, i) =>
    sampleSubnet(space, Random.of(seed, step, "probe", i)),
  );
  const estimatorOf = byInput(
    (subnet) => imageShapeOf(recipe, subnet),
    (input) => createEstimator("features", featureParts(space), input),
  );
  const { iterations } = resolveSchedule(settings, data.train.images, step);
  const sampler = createSampler(space, sampling, {
    seed,
    step,
    imageSize: imageSizeOf(recipe),
    flops: (subnet) => estimatorOf(subnet).measure(subnet).flops,
    iterations,
    problem: usesLimits(sampling) ? await searchProblem(context.run, context.folder) : undefined,
  });
  const start = supernetStart(sampling, iterations, align);
  if (start === undefined && candidates === "aligned") align();
  initWeights(context, { network: model }, settings.init);
  const distillation = sampling.kind === "sandwich" && sampling.distillation;
  const options = { model, settings, data, device, seed };
  await train(supernetTraining({ ...options, sampler, start, distillation, probes }), host);
  saveWeights(context, model);
}

/**
 * Trains the found subnet as a single network in the step retrain, and saves it.
 * @param startFrom step whose weights the subnet starts from. Default: new weights.
 * @param evaluated whether the images to evaluate it on are others than it is trained on. Default: true
 */
export async function retrainSubnet(
  context: StepContext<LabeledRecipe>,
  settings: ClassifierTraining & { readonly init?: InitRecipe | undefined },
  data: ClassifierData,
  { startFrom, evaluated }: { readonly startFrom?: string | undefined; readonly evaluated?: boolean } = {},
): Promise<void> {
  const { recipe, device, host, space } = context;
  const subnet = readSubnet(context);
  const model = buildSeeded(
    context,
    "retrain",
    () => new SpaceClassifier(space, data.classes.length, subnet),
  );
  const { init } = settings;
  if (startFrom !== undefined && init === undefined) loadWeights(context, startFrom, model);
  initWeights(context, { network: model }, init);
  const images = data.of(subnet);
  const options = { model, settings, data: images, device, seed: recipe.seed, evaluated };
  await train(classifierTraining(options), host);
  saveWeights(context, model, subnet);
}

/** A classifier and its training settings. */
interface ClassifierOptions {
  readonly model: WeightSharing<Classifier>;
  readonly settings: ClassifierTraining;
  readonly device: string;
  readonly seed: number;
}

type ClassifierObjective = Training<ClassificationBatch>;

/** Describes what the trainings of a single classifier and of a supernet have in common. */
const trainingOn = ({ model, settings, device, seed }: ClassifierOptions, images: SizedImages["train"]) => ({
  model,
  settings,
  device,
  seed,
  images: images.images,
  batches: (from: number, to: number, shard?: Shard) => images.lend(from, to, shard),
  metric: "accuracy",
});

/** Describes the training of a single classifier, which is evaluated by its accuracy. */
export function classifierTraining(
  options: ClassifierOptions & {
    readonly data: SizedImages;
    /** Default: true. */
    readonly evaluated?: boolean | undefined;
  },
): ClassifierObjective {
  const { model, settings, data, device, evaluated = true } = options;
  return {
    ...trainingOn(options, data.train),
    losses: (batch) => {
      const logits = model.forward(imageTensor(batch, device));
      return { lossClassification: labelLoss(logits, batch, settings.labelSmoothing) };
    },
    ...(evaluated && { evaluate: () => evaluateClassifier(model, data.val, device) }),
  };
}

/** Options of a supernet's training. */
export interface SupernetTrainingOptions extends ClassifierOptions {
  readonly data: Pick<ClassifierData, "train" | "of" | "inImageSize">;
  /** Selects the subnets that an iteration trains. */
  readonly sampler: SubnetSampler;
  /** How the subnets start after a training of only the largest one. */
  readonly start?: SupernetStart | undefined;
  /** Whether only the first subnet of an iteration learns from labels, and the others from its predictions. */
  readonly distillation: boolean;
  /** Subnets that are evaluated during training. */
  readonly probes: readonly Subnet[];
}

/**
 * Describes the training of a supernet. Its batch-norms accumulate the statistics of all subnets in turn, which fit
 * none of them. An evaluation is therefore the mean over a few fixed subnets, each with recomputed statistics.
 */
export function supernetTraining(options: SupernetTrainingOptions): ClassifierObjective {
  const { model, settings, data, device, sampler, start, distillation, probes } = options;
  const calibrations = new Map(
    Array.from(new Set(probes.map((probe) => data.of(probe))), (images) => [
      images,
      new ReusableBatches(() => microBatches(images.train.train(0, CALIBRATION_BATCHES))),
    ]),
  );
  const teacher = distillation ? new InPlaceTeacher() : undefined;
  return {
    ...trainingOn(options, data.train),
    subnetSampling: {
      sampler: data.inImageSize(sampler),
      activate: (subnet) => model.activate(subnet),
      start,
    },
    losses: (batch, _, index): Readonly<Record<string, Tensor>> => {
      const logits = model.forward(imageTensor(batch, device));
      if (teacher && index > 0) return { lossDistillation: teacher.loss(logits) };
      teacher?.setTarget(logits);
      return { lossClassification: labelLoss(logits, batch, settings.labelSmoothing) };
    },
    async evaluate() {
      const accuracies: number[] = [];
      for (const subnet of probes) {
        const images = data.of(subnet);
        await prepareSubnet(model, subnet, { calibration: calibrations.get(images)!, device });
        accuracies.push((await evaluateClassifier(model, images.val, device)).accuracy);
      }
      return { accuracy: accuracies.reduce((sum, value) => sum + value, 0) / accuracies.length };
    },
  };
}

async function* microBatches<Batch>(batches: AsyncIterable<readonly Batch[]>): AsyncGenerator<Batch> {
  for await (const batch of batches) yield* batch;
}

/**
 * Activates a subnet of a supernet for inference.
 * @param calibration training images for recomputing batch-norm statistics; null if there is no batch-norm
 */
export async function prepareSubnet(
  supernet: WeightSharing<Classifier>,
  subnet: Subnet,
  {
    calibration,
    device,
  }: { readonly calibration: AsyncIterable<ClassificationBatch> | null; readonly device: string },
): Promise<void> {
  supernet.activate(subnet);
  supernet.eval();
  if (calibration === null) return;
  await recalibrateBatchNorm(supernet, calibration, (batch) => supernet.forward(imageTensor(batch, device)));
}

/** Computes the accuracy of a classifier: the fraction of images whose class has the highest logit. */
export async function evaluateClassifier(
  model: Classifier,
  batches: AsyncIterable<ClassificationBatch>,
  device: string,
): Promise<{ accuracy: number }> {
  model.eval();
  let correct = 0;
  let images = 0;
  for await (const batch of batches) {
    correct += noGrad(() =>
      tidy(() => {
        const best = model.forward(imageTensor(batch, device)).argmax(1);
        return best.eq(labelTensor(batch, device)).sum().item();
      }),
    );
    images += batch.labels.length;
  }
  return { accuracy: correct / images };
}
