import { UserError } from "@supernet/base";
import { COCO_METRICS, evaluateCoco, readDetections, readGroundTruth } from "@supernet/vision/coco-metrics";
import type { Command } from "../arguments.js";
import { print, printJson } from "../output.js";

const options = { gt: { type: "string" }, dt: { type: "string" }, json: { type: "boolean" } } as const;

export const cocoEval: Command<typeof options> = {
  name: "coco-eval",
  summary: "COCO's twelve box metrics of a results file.",
  usage: "--gt FILE --dt FILE [--json]",
  options,
  positionals: 0,
  async run({ gt, dt, json }) {
    if (gt === undefined || dt === undefined) {
      throw new UserError(
        `--${gt === undefined ? "gt" : "dt"} is missing: usage: supernet coco-eval ${cocoEval.usage}`,
        {
          exitCode: 2,
        },
      );
    }
    const truth = readGroundTruth(gt);
    const metrics = evaluateCoco(truth, readDetections(dt, truth));
    if (json) printJson(metrics);
    else for (const name of COCO_METRICS) print(`${name.padEnd(6)} ${metrics[name].toFixed(4)}`);
  },
};
