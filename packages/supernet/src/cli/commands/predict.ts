import { resolve } from "node:path";
import { AtomicFile, writeFileAtomic } from "@supernet/base";
import type { CocoDetection } from "@supernet/vision";
import type { InputImage } from "../../predict/inputs.js";
import { openPredictor, type PredictorSource } from "../../predict/open-predictor.js";
import { type ImagePrediction, predictionLines } from "../../predict/table.js";
import { Progress } from "../../run/progress.js";
import type { Finding, Predictor } from "../../task/predictor.js";
import { type Command, usageError, type Values } from "../arguments.js";
import {
  imagesArgument,
  jsonOption,
  memberOption,
  parseMember,
  parseThreshold,
  thresholdOption,
} from "../options.js";
import { print, printJson } from "../output.js";

const options = {
  "work-dir": {
    type: "string",
    argument: "DIR",
    description: "Folder of the run whose final detector or classifier to use",
    values: "folders",
  },
  member: memberOption,
  model: {
    type: "string",
    argument: "FILE",
    description: "Exported detector or classifier to use, which needs onnxruntime-node: .onnx",
    values: "files",
  },
  threshold: thresholdOption,
  json: jsonOption,
  coco: {
    type: "string",
    argument: "FILE",
    description: "Write the detections in COCO's results format: .json",
    values: "files",
  },
  annotations: {
    type: "string",
    argument: "FILE",
    description: "COCO annotation file with the ids of the images and classes for --coco",
    default: "numbers from 1, in order",
    values: "files",
  },
  draw: {
    type: "string",
    argument: "DIR",
    description: "Write the images with boxes, classes and scores into this folder",
    values: "folders",
  },
} as const;

export const predict: Command<typeof options> = {
  name: "predict",
  summary: "Find objects in images, or classify them",
  description:
    "Uses the network of a run, or an exported one, with the preprocessing of its run. A detector prints the class, " +
    "the score and the box of each object: x, y, width and height in pixels of the image. A classifier prints the " +
    "5 classes with the highest probabilities.",
  usage: "(--work-dir DIR | --model FILE) IMAGE...",
  options,
  positionals: [imagesArgument],
  examples: [
    "supernet predict --work-dir runs/detnas-quickstart photo.jpg",
    "supernet predict --model detector.onnx --draw drawn photos",
    "supernet predict --work-dir runs/cells --coco detections.json --annotations instances_val.json images/val",
  ],
  async run(values, paths) {
    const source = sourceOf(values);
    const threshold = parseThreshold(values.threshold);
    checkOutputs(values);
    const { damageOf, drawnPaths, listInputs, requireReadable, unreadable } = await import(
      "../../predict/inputs.js"
    );
    const images = listInputs(paths);
    const drawn = values.draw === undefined ? undefined : drawnPaths(values.draw, images);
    await requireReadable(images);

    // Opened first, so that a path that cannot be written is reported before the work.
    using output = values.coco === undefined ? undefined : new AtomicFile(values.coco);
    using predictor = await openPredictor(source);
    if (!predictor.findsBoxes && (values.coco ?? values.draw) !== undefined)
      throw usageError(`--${drawn ? "draw" : "coco"} needs boxes: use a detector, not a classifier`);
    const ids = values.coco === undefined ? undefined : await idsOf(values, images, predictor);
    const drawer = drawn && (await (await import("../../predict/draw.js")).openDrawer());

    const progress = images.length > 1 ? new Progress("images  ", 0, images.length) : undefined;
    const predictions: ImagePrediction[] = [];
    const results: CocoDetection[] = [];
    const problems: string[] = [];
    for (const [i, { path }] of images.entries()) {
      try {
        const { found: all, ...size } = await predictor.predict(path);
        const found = all.filter(({ score }) => score >= threshold);
        predictions.push({ image: path, ...size, found });
        if (ids) results.push(...ids.results(found, i));
        if (drawn) writeFileAtomic(drawn[i]!, await drawer!.draw(path, found));
      } catch (error) {
        // A damaged image does not stop the others.
        const damage = await damageOf(path);
        if (damage === undefined) throw error;
        problems.push(damage);
      }
      progress?.update(i + 1, "");
    }
    output?.write(Buffer.from(JSON.stringify(results)));
    output?.commit();
    show(values, { predictor, predictions, detections: results.length });
    if (problems.length > 0) throw unreadable(problems, images.length);
  },
};

/** Returns the network that the options name. */
function sourceOf({ "work-dir": workDir, model, member }: Values<typeof options>): PredictorSource {
  if ((workDir === undefined) === (model === undefined))
    throw usageError("set either --work-dir or --model: see supernet predict --help");
  if (workDir === undefined) {
    if (member !== undefined) throw usageError("--member is a member of a run's front: add --work-dir");
    return { model: model! };
  }
  return { workDir, member: parseMember(member) };
}

function checkOutputs({ coco, annotations }: Values<typeof options>): void {
  if (annotations === undefined) return;
  if (coco === undefined) throw usageError("--annotations has the ids for --coco: add --coco FILE");
  if (resolve(coco) === resolve(annotations))
    throw usageError(`--coco ${coco} would replace the annotations: use another file`);
}

/** Returns the ids of images and classes, and what converts the findings of an image. */
async function idsOf(
  { annotations }: Values<typeof options>,
  images: readonly InputImage[],
  { classes }: Predictor,
) {
  const { annotatedIds, numberedIds, toResults } = await import("../../predict/coco.js");
  const ids =
    annotations === undefined ? numberedIds(images, classes) : annotatedIds(annotations, images, classes);
  return {
    results: (found: readonly Finding[], index: number) =>
      toResults(found, ids.images[index]!, ids.categories),
  };
}

/** Prints the predictions, or only what was written. */
function show(
  { json, coco, draw }: Values<typeof options>,
  {
    predictor,
    predictions,
    detections,
  }: {
    readonly predictor: Predictor;
    readonly predictions: readonly ImagePrediction[];
    readonly detections: number;
  },
): void {
  if (json) {
    printJson({ classes: predictor.classes, images: predictions });
    return;
  }
  if (coco !== undefined) print(`${coco}: ${detections} detections in ${predictions.length} images`);
  if (draw !== undefined) print(`${draw}: ${predictions.length} pictures`);
  if (coco !== undefined || draw !== undefined) return;
  for (const line of predictionLines(predictions, predictor)) print(line);
}
