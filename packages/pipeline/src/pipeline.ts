import {
  requireInteger,
  requireNumber,
  requireOneOf,
  requireOptions,
  UserError,
} from "@supernet/base/checks";
import {
  CLASSIFIER_OUTPUTS,
  DETECTOR_OUTPUTS,
  type ExportedModel,
  type ExportedNetwork,
  type Found,
  type ModelHeader,
  type OpenModel,
  openExportedClassifier,
  openExportedDetector,
  openModel,
} from "./core/index.js";
import { type ImageInput, type ModelInput, openImage, readModel } from "./inputs.js";
import type { Platform } from "./platform.js";

/** Corners of a box, in pixels of the image. */
export interface Box {
  readonly xmin: number;
  readonly ymin: number;
  readonly xmax: number;
  readonly ymax: number;
}

/** Class of an image. */
export interface Class {
  readonly label: string;
  /** Probability, 0 to 1. */
  readonly score: number;
}

/** Object in an image. */
export interface Detection extends Class {
  readonly box: Box;
}

/** Options of an {@link ObjectDetector}. */
export interface DetectionOptions {
  /** Minimum score, 0 to 1. Default: that with which the detector was trained. */
  readonly threshold?: number;
}

/** Options of an {@link ImageClassifier}. */
export interface ClassificationOptions {
  /** Number of classes. Default: 5. */
  readonly top_k?: number;
}

interface Pipeline<Options, Result> extends Disposable {
  /** Returns what the network finds in an image, best score first. @throws UserError if the image cannot be read */
  (image: ImageInput, options?: Options): Promise<Result[]>;
  /** Returns what the network finds in each image. The images run one after the other. */
  (images: readonly ImageInput[], options?: Options): Promise<Result[][]>;
  /** Names of all classes. */
  readonly classes: readonly string[];
  /** Frees the memory of the network. */
  dispose(): Promise<void>;
}

/** Finds objects in images. */
export interface ObjectDetector extends Pipeline<DetectionOptions, Detection> {}

/** Classifies images. */
export interface ImageClassifier extends Pipeline<ClassificationOptions, Class> {}

/** Options of `pipeline`. */
export interface PipelineOptions {
  /** ONNX Runtime's session options, such as `{ executionProviders: ["webgpu"] }`. Default: none. */
  readonly session_options?: object;
}

/** Type of `pipeline`. */
export interface CreatePipeline {
  (task: "object-detection", model: ModelInput, options?: PipelineOptions): Promise<ObjectDetector>;
  (task: "image-classification", model: ModelInput, options?: PipelineOptions): Promise<ImageClassifier>;
}

/** How a task opens a model, and what it returns. */
interface Task {
  /** Outputs of its models. */
  readonly outputs: readonly string[];
  open(model: ExportedModel): ExportedNetwork;
  /** Checks the options of a call, and returns what converts the findings of an image. */
  results(options: object, classes: readonly string[]): (found: readonly Found[]) => Class[];
}

const TASKS = {
  "object-detection": {
    outputs: DETECTOR_OUTPUTS,
    open: openExportedDetector,
    results(options, classes) {
      requireOptions<DetectionOptions>("object-detection", options, ["threshold"]);
      const { threshold = 0 } = options as DetectionOptions;
      requireNumber("object-detection: threshold", threshold, { min: 0, max: 1 });
      return (found) =>
        found.flatMap(({ label, score, box }): Detection[] => {
          if (score < threshold) return [];
          const [x, y, width, height] = box!;
          const corners = { xmin: x, ymin: y, xmax: x + width, ymax: y + height };
          return [{ label: classes[label]!, score, box: corners }];
        });
    },
  },
  "image-classification": {
    outputs: CLASSIFIER_OUTPUTS,
    open: openExportedClassifier,
    results(options, classes) {
      requireOptions<ClassificationOptions>("image-classification", options, ["top_k"]);
      const { top_k = 5 } = options as ClassificationOptions;
      requireInteger("image-classification: top_k", top_k, { min: 1 });
      return (found) => found.slice(0, top_k).map(({ label, score }) => ({ label: classes[label]!, score }));
    },
  },
} as const satisfies Record<string, Task>;

/** Creates the function `pipeline` of a platform. */
export function createPipeline(platform: Platform): CreatePipeline {
  const create = async (name: keyof typeof TASKS, input: ModelInput, options: PipelineOptions = {}) => {
    requireOneOf("pipeline: task", name, Object.keys(TASKS));
    requireOptions<PipelineOptions>("pipeline", options, ["session_options"]);
    const task: Task = TASKS[name];
    const file = await readModel(platform, input);
    const ort = await platform.loadRuntime();
    const check = (header: ModelHeader) => requireOutputs(file.name, header, name);
    const { model } = await openModel(ort, file, check, options.session_options);
    try {
      return callable(platform, model, { task, network: task.open(model) });
    } catch (error) {
      await model.release();
      throw error;
    }
  };
  return create as CreatePipeline;
}

function requireOutputs(model: string, { outputs }: ModelHeader, task: keyof typeof TASKS): void {
  const names = new Set(outputs.map(({ name }) => name));
  if (TASKS[task].outputs.every((name) => names.has(name))) return;
  const other = Object.entries(TASKS).find(([, { outputs: own }]) => own.every((name) => names.has(name)));
  throw new UserError(
    `${model} has the outputs ${[...names].join(", ")}, not ${TASKS[task].outputs.join(", ")}: ` +
      (other ? `use pipeline("${other[0]}", ...)` : "export one with supernet export"),
  );
}

/** Makes a function of an open model. */
function callable(
  platform: Platform,
  model: OpenModel,
  { task, network }: { readonly task: Task; readonly network: ExportedNetwork },
) {
  const { classes } = network;
  let open = true;
  // Calls wait for each other: a session of onnxruntime-web runs once at a time.
  let last: Promise<unknown> = Promise.resolve();
  const find = async (input: ImageInput): Promise<Found[]> => {
    if (!open) throw new UserError(`${model.path} is disposed: create another pipeline`);
    const found = last.then(async () => network.find(await openImage(platform, input)));
    last = found.catch(() => {});
    return found;
  };
  const call = async (input: ImageInput | readonly ImageInput[], options: object = {}) => {
    const results = task.results(options, classes);
    if (!Array.isArray(input)) return results(await find(input as ImageInput));
    const all: Class[][] = [];
    for (const image of input) all.push(results(await find(image)));
    return all;
  };
  const dispose = async (): Promise<void> => {
    if (!open) return;
    open = false;
    await last;
    await model.release();
  };
  return Object.assign(call, {
    classes,
    dispose,
    // Older browsers have no Symbol.dispose.
    ...(Symbol.dispose && { [Symbol.dispose]: () => void dispose() }),
  });
}
