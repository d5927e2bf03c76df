import { UserError, withErrorPrefix } from "@supernet/base";
import { createSpace, type NetworkSpace, requireImageSize, SPACES, validateSubnet } from "@supernet/nas";
import type { SpaceClassifier } from "@supernet/nas/supernet";
import { nn, noGrad, ops, type Tensor, tidy } from "@supernet/torch";
import type { ClassificationBatch } from "@supernet/vision";
import { loadClassifier, openWeightsFile } from "../../network/load.js";
import { requireOwner, type SpaceIdentity, spaceIdentity } from "../../network/owner.js";
import { hashSpace } from "../../recipe/open-space.js";
import { searchedSpace } from "../../task/run-context.js";
import type { RunContext, StepContext } from "../../task/task.js";
import { imageTensor } from "../../training/batches.js";
import { imageSizes } from "./image-sizes.js";
import { type LabeledRecipe, labeledImages, labeledSettings } from "./labeled-images.js";
import type { TeacherRecipe } from "./teacher.settings.js";

/** A teacher and how to learn from it. */
export interface Teacher {
  readonly settings: NonNullable<TeacherRecipe>;
  /** Returns the logits of a micro-batch, [n, classes], without gradients. The same tensor for the same micro-batch. */
  logits(batch: ClassificationBatch): Tensor;
}

/**
 * Opens the teacher of a training.
 * @param classes names of the classes of the training
 * @returns undefined if the training has none
 * @throws UserError if the file is not a classifier that supernet trained for the same classes and normalization
 */
export async function openTeacher(
  context: Pick<StepContext<LabeledRecipe>, "recipe" | "space" | "device" | "log">,
  settings: TeacherRecipe,
  classes: readonly string[],
): Promise<Teacher | undefined> {
  if (settings === undefined) return undefined;
  const network = (await loadTeacher(context, settings.file, classes)).to({ device: context.device });
  context.log(`${settings.file}: teacher with ${network.parameters().length} parameter tensors`);
  return { settings, logits: cachedLogits(network, context.device) };
}

/**
 * Checks the teachers of a run's trainings before its first step.
 * @param trainings trainings by their keys in `steps`
 * @throws UserError as `openTeacher` does
 */
export async function checkTeachers(
  run: RunContext<LabeledRecipe>,
  trainings: Readonly<Record<string, { readonly teacher?: TeacherRecipe } | null>>,
): Promise<void> {
  for (const [name, training] of Object.entries(trainings)) {
    if (training?.teacher === undefined) continue;
    const { file } = training.teacher;
    const context = { recipe: run.recipe, space: await run.get(searchedSpace) };
    const { classes } = run.get(labeledImages);
    try {
      const network = await loadTeacher(context, file, classes);
      for (const tensor of network.stateDict().values()) tensor.dispose();
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      throw new UserError(`steps.${name}.teacher: ${error.message}`, { cause: error });
    }
  }
}

async function loadTeacher(
  { recipe, space }: Pick<StepContext<LabeledRecipe>, "recipe" | "space">,
  path: string,
  classes: readonly string[],
): Promise<SpaceClassifier> {
  const file = openWeightsFile({ file: path });
  const { owner } = file;
  if (owner === undefined)
    throw new UserError(
      `${path} does not say which network its weights are of: use a file that supernet wrote, as a teacher`,
    );
  const { mean, std } = labeledSettings(recipe);
  requireOwner(owner, { network: "classifier", trainedOn: { classes, mean, std } }, path);
  if (owner.subnet === null)
    throw new UserError(
      `${path}: these are weights of a supernet, whose batch-norm statistics fit no subnet: extract a subnet from it ` +
        "(supernet extract)",
    );
  const isBuiltIn = Object.hasOwn(SPACES, owner.space.name);
  const isOwn = !isBuiltIn && (await spaceIdentity(recipe.space)).sha256 === owner.space.sha256;
  const own = isOwn ? space : builtInSpace(owner.space, path);
  for (const side of imageSizes(recipe))
    withErrorPrefix(path, () => requireImageSize(own, side, "imageSize"));
  return loadClassifier(own, file, validateSubnet(own, owner.subnet, path));
}

/** Creates the built-in space that weights belong to. */
function builtInSpace({ name, settings, sha256 }: SpaceIdentity, path: string): NetworkSpace {
  if (!Object.hasOwn(SPACES, name))
    throw new UserError(
      `${path}: these weights belong to the space ${name}, which is neither built in nor the recipe's: use another file`,
    );
  const space = withErrorPrefix(path, () =>
    createSpace({ name, ...settings } as Parameters<typeof createSpace>[0]),
  );
  if (hashSpace(space) === sha256) return space;
  throw new UserError(
    `${path}: these weights belong to another version of the space ${name}, whose layers differ: use a matching version`,
  );
}

/** Returns a function that predicts each micro-batch once, because all subnets of an iteration learn from it. */
function cachedLogits(network: SpaceClassifier, device: string): Teacher["logits"] {
  let latest: { readonly batch: ClassificationBatch; readonly logits: Tensor } | undefined;
  network.eval();
  return (batch) => {
    if (latest?.batch !== batch) {
      latest?.logits.dispose();
      const logits = noGrad(() => tidy(() => network.forward(imageTensor(batch, device)))).keep();
      latest = { batch, logits };
    }
    return latest.logits;
  };
}

/**
 * Computes the loss of a network's logits, [n, classes], with those of its teacher. Soft: the cross entropy with the
 * teacher's probabilities, both at the temperature, times its square. Hard: the cross entropy with the teacher's classes.
 */
export function teacherLoss(
  logits: Tensor,
  teacher: Tensor,
  { kind, temperature = 1 }: Pick<NonNullable<TeacherRecipe>, "kind" | "temperature">,
): Tensor {
  if (kind === "hard") return nn.crossEntropy(logits, teacher.argmax(1));
  const target = ops.softmax(teacher.div(temperature), 1);
  return nn.crossEntropy(logits.div(temperature), target).mul(temperature ** 2);
}
