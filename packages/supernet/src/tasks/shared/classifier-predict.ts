import { disposeModule } from "@supernet/nas/supernet";
import {
  bestFirst,
  type ExportedModel,
  openExportedClassifier as openNetwork,
  requireFitting,
} from "@supernet/pipeline/core";
import { noGrad, tidy } from "@supernet/torch";
import {
  type ClassificationBatch,
  type ClassificationSettings,
  classificationBatches,
  readImageSize,
} from "@supernet/vision";
import { loadClassifier, type WeightsFile } from "../../network/load.js";
import type { Predictor } from "../../task/predictor.js";
import { searchedSpace } from "../../task/run-context.js";
import type { PredictorOptions, RunContext } from "../../task/task.js";
import { imageTensor } from "../../training/batches.js";
import { exportedPredictor, named } from "./exported-predictor.js";
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

/**
 * Opens an exported classifier.
 * @throws UserError if its metadata is missing or wrong
 */
export function openExportedClassifier(model: ExportedModel): Predictor {
  return exportedPredictor(openNetwork(model), { findsBoxes: false, most: BEST });
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
      requireFitting({ name: file, ...size }, settings);
      const logits = await runner.logits(await loadInput(file, settings));
      return { ...size, found: named(bestFirst(logits).slice(0, BEST), classes) };
    },
    [Symbol.dispose]: () => runner[Symbol.dispose](),
  };
}

/** Loads an image as for the evaluation of a run. */
async function loadInput(file: string, settings: InputSettings): Promise<ClassificationBatch> {
  const samples = { kind: "files", files: [file], labels: [0] } as const;
  using batches = classificationBatches(samples, settings, { batchSize: 1 });
  for await (const batch of batches.evaluate()) return batch;
  throw new Error("loadInput: no batch");
}
