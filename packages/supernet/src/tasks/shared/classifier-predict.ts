import { UserError } from "@supernet/base";
import { disposeModule } from "@supernet/nas/supernet";
import { noGrad, tidy } from "@supernet/torch";
import {
  type ClassificationBatch,
  type ClassificationSettings,
  classificationBatches,
  readImageSize,
} from "@supernet/vision";
import { z } from "zod";
import { loadClassifier, type WeightsFile } from "../../network/load.js";
import { type ExportedModel, type Finding, type Predictor, parseMetadata } from "../../task/predictor.js";
import { searchedSpace } from "../../task/run-context.js";
import type { PredictorOptions, RunContext } from "../../task/task.js";
import { imageTensor } from "../../training/batches.js";
import { evaluationSettings, type LabeledRecipe, labeledImages } from "./labeled-images.js";

/** Number of classes that are returned for an image. */
const BEST = 5;

/** Preprocessing of a classifier's images. */
type InputSettings = Required<
  Pick<ClassificationSettings, "evalResize" | "interpolation" | "mean" | "std">
> & { readonly imageSize: number };

/** Opens a run's classifier in the engine, with the weights of a file. */
export async function openClassifier(
  run: RunContext<LabeledRecipe>,
  file: WeightsFile,
  { subnet, device }: PredictorOptions,
): Promise<Predictor> {
  const classifier = loadClassifier(await run.get(searchedSpace), file, subnet)
    .to({ device })
    .eval();
  return classifierPredictor(run.get(labeledImages).classes, evaluationSettings(run.recipe, subnet), {
    logits: (batch) =>
      noGrad(() => tidy(() => classifier.forward(imageTensor(batch, device)).toTypedArray())) as Float32Array,
    [Symbol.dispose]: () => disposeModule(classifier),
  });
}

const side = z
  .int()
  .min(1)
  .max(2 ** 13);
const perChannel = z.array(z.number()).length(3);

const metadataShape = {
  classes: z.array(z.string()).min(1),
  resize: z.object({
    evalResize: side.nullable(),
    interpolation: z.enum(["bilinear", "bicubic"]).nullable(),
  }),
  mean: perChannel,
  std: perChannel,
};

/**
 * Opens an exported classifier.
 * @throws UserError if its metadata is missing or wrong
 */
export function openExportedClassifier(model: ExportedModel): Predictor {
  const { classes, resize, mean, std } = parseMetadata(model, metadataShape);
  const [, channels, height, width] = model.inputs.find(({ name }) => name === "images")?.shape ?? [];
  const imageSize = side.safeParse(height);
  if (channels !== 3 || !imageSize.success || width !== height)
    throw new UserError(`${model.path} has no input images, [batch, 3, side, side]: export it again`);
  return classifierPredictor(
    classes,
    { imageSize: imageSize.data, ...resize, mean, std },
    {
      async logits({ images, shape }) {
        const { logits } = await model.run({ images: { data: images, shape } });
        if (logits?.data instanceof Float32Array && logits.data.length === classes.length) return logits.data;
        throw new UserError(
          `${model.path} did not return logits of its ${classes.length} classes: export it again`,
        );
      },
      [Symbol.dispose]() {},
    },
  );
}

/** Runs a classifier on one image. */
interface ClassifierRunner extends Disposable {
  logits(batch: ClassificationBatch): Float32Array | Promise<Float32Array>;
}

function classifierPredictor(
  classes: readonly string[],
  settings: InputSettings,
  runner: ClassifierRunner,
): Predictor {
  return {
    classes,
    findsBoxes: false,
    async predict(file) {
      const size = await readImageSize(file);
      requireFitting(file, size, settings);
      const logits = await runner.logits(await loadInput(file, settings));
      return { ...size, found: bestClasses(logits, classes) };
    },
    [Symbol.dispose]: () => runner[Symbol.dispose](),
  };
}

/** Throws if an image must be resized, but the classifier was trained on images of their own size. */
function requireFitting(
  file: string,
  { width, height }: { readonly width: number; readonly height: number },
  { imageSize, evalResize }: InputSettings,
): void {
  if (evalResize !== null || Math.max(width, height) <= imageSize) return;
  throw new UserError(
    `${file} has ${width} x ${height} pixels, but the classifier was trained without resizing: ` +
      `use images of at most ${imageSize} x ${imageSize} pixels`,
  );
}

/** Loads an image as for the evaluation of a run. */
async function loadInput(file: string, settings: InputSettings): Promise<ClassificationBatch> {
  const samples = { kind: "files", files: [file], labels: [0] } as const;
  using batches = classificationBatches(samples, settings, { batchSize: 1 });
  for await (const batch of batches.evaluate()) return batch;
  throw new Error("loadInput: no batch");
}

/** Returns the classes with the highest probabilities. */
function bestClasses(logits: Float32Array, classes: readonly string[]): Finding[] {
  const max = logits.reduce((a, b) => Math.max(a, b));
  const powers = Array.from(logits, (logit) => Math.exp(logit - max));
  const sum = powers.reduce((a, b) => a + b);
  return powers
    .map((power, label): Finding => ({ class: classes[label]!, label, score: power / sum }))
    .sort((a, b) => b.score - a.score)
    .slice(0, BEST);
}
