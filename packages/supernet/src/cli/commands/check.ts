import { openPredictor, type PredictorSource } from "../../predict/open-predictor.js";
import { Progress } from "../../run/progress.js";
import type { Finding } from "../../task/predictor.js";
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
  model: {
    type: "string",
    argument: "FILE",
    description: "Exported detector or classifier to check: .onnx",
    required: true,
    values: "files",
  },
  "work-dir": {
    type: "string",
    argument: "DIR",
    description: "Folder of the run that it was exported from",
    values: "folders",
  },
  member: memberOption,
  against: {
    type: "string",
    argument: "FILE",
    description: "Another exported model to compare with, instead of the run's network",
    values: "files",
  },
  threshold: thresholdOption,
  json: jsonOption,
} as const;

export const check: Command<typeof options> = {
  name: "check",
  summary: "Compare an exported network with its source on images",
  description:
    "Runs both on the same images, and prints the largest differences of scores and boxes. Two objects are the same if " +
    "they have the same class and an overlap (intersection over union) of at least 0.5.",
  usage: "--model FILE (--work-dir DIR | --against FILE) IMAGE...",
  options,
  positionals: [imagesArgument],
  examples: [
    "supernet check --model model.onnx --work-dir runs/detnas-quickstart photos",
    "supernet check --model int8.onnx --against model.onnx --threshold 0.3 photos",
  ],
  async run(values, paths) {
    const source = sourceOf(values);
    const threshold = parseThreshold(values.threshold);
    const { listInputs, requireReadable } = await import("../../predict/inputs.js");
    const images = listInputs(paths);
    await requireReadable(images);
    using checked = await openPredictor({ model: values.model });
    using expected = await openPredictor(source);
    if (checked.classes.join("\n") !== expected.classes.join("\n"))
      throw usageError(`--model ${values.model} has other classes than its source: use a model of this run`);
    const { compareFindings } = await import("../../predict/compare.js");
    const progress = images.length > 1 ? new Progress("images  ", 0, images.length) : undefined;
    const kept = (found: readonly Finding[]) => found.filter(({ score }) => score >= threshold);
    const found: [Finding[], Finding[]][] = [];
    for (const [i, { path }] of images.entries()) {
      const [first, second] = [await expected.predict(path), await checked.predict(path)];
      found.push([kept(first.found), kept(second.found)]);
      progress?.update(i + 1, "");
    }
    const result = compareFindings(found);
    if (values.json) {
      printJson({ images: images.length, ...result });
      return;
    }
    const { common, onlyFirst, onlySecond, score, box } = result;
    const things = box ? "objects" : "classes";
    print(
      `${images.length} images: ${common} ${things} found by both, ${onlyFirst} only by the source, ${onlySecond} only by ${values.model}`,
    );
    print(`  score  largest difference ${score.largest.toPrecision(2)}, mean ${score.mean.toPrecision(2)}`);
    if (box)
      print(
        `  box    largest difference ${box.largest.toPrecision(2)} pixels, mean ${box.mean.toPrecision(2)}`,
      );
  },
};

/** Returns the source that the options name. */
function sourceOf({ "work-dir": workDir, against, member }: Values<typeof options>): PredictorSource {
  if ((workDir === undefined) === (against === undefined))
    throw usageError("set either --work-dir or --against: see supernet check --help");
  if (workDir !== undefined) return { workDir, member: parseMember(member) };
  if (member !== undefined) throw usageError("--member is a member of a run's front: add --work-dir");
  return { model: against! };
}
