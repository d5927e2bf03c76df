import { COCO_METRICS, evaluateCoco, readDetections, readGroundTruth } from "@supernet/vision/coco-metrics";
import type { Command } from "../arguments.js";
import { jsonOption } from "../options.js";
import { print, printJson } from "../output.js";

const options = {
  gt: {
    type: "string",
    argument: "FILE",
    description: "Ground truth: a COCO annotation file",
    required: true,
    values: "files",
  },
  dt: {
    type: "string",
    argument: "FILE",
    description: "Detections: a COCO results file",
    required: true,
    values: "files",
  },
  json: jsonOption,
} as const;

export const cocoEval: Command<typeof options> = {
  name: "coco-eval",
  summary: "Compute the twelve COCO box metrics of a results file",
  options,
  positionals: [],
  examples: ["supernet coco-eval --gt instances_val.json --dt detections.json"],
  async run({ gt, dt, json }) {
    const truth = readGroundTruth(gt);
    const metrics = evaluateCoco(truth, readDetections(dt, truth));
    if (json) printJson(metrics);
    else for (const name of COCO_METRICS) print(`${name.padEnd(6)} ${metrics[name].toFixed(4)}`);
  },
};
