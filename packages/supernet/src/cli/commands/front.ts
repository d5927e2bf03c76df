import { join } from "node:path";
import { UserError } from "@supernet/base";
import { openRunIn } from "../../recipes/run-folder.js";
import { runPaths } from "../../run/work-dir.js";
import { parseBudget } from "../../tasks/detection/budget.js";
import {
  frontLines,
  readFrontResults,
  withDefault,
  withinBudget,
} from "../../tasks/detection/front/members.js";
import { type Command, usageError } from "../arguments.js";
import { jsonOption, runFolderOption } from "../options.js";
import { print, printJson } from "../output.js";

const options = {
  "work-dir": runFolderOption,
  budget: {
    type: "string",
    argument: "MS",
    description: "Print only the most accurate detector within this latency, such as 20ms",
    values: [],
  },
  json: jsonOption,
} as const;

export const front: Command<typeof options> = {
  name: "front",
  summary: "List the ready detectors of a run",
  description:
    "Each has the supernet's weights or is fine-tuned from them, with an ONNX model from pixels to boxes. The latency is " +
    "that of the model, as the step front measured it.",
  options,
  positionals: [],
  examples: [
    "supernet front --work-dir runs/detector-quickstart",
    "supernet front --work-dir runs/detector-quickstart --budget 20ms",
  ],
  async run({ "work-dir": workDir, budget, json }) {
    const milliseconds = budget === undefined ? undefined : budgetOf(budget);
    await openRunIn(workDir);
    const folder = runPaths(workDir).stepFolder("front");
    const results = readFrontResults(folder);
    if (results === undefined) {
      throw new UserError(
        `${folder} has no front: set steps.front in the recipe, and continue the run with --resume`,
      );
    }
    const at = (name: string) => join(folder, name);
    if (milliseconds === undefined) {
      if (json) return printJson({ folder, ...results });
      for (const line of frontLines(results)) print(line);
      return print(`Folders of the members: ${at("1")}, ...`);
    }
    const member = withinBudget(results, milliseconds);
    if (member === undefined) {
      const times = withDefault(results).flatMap(({ latency }) => (latency ? [latency.median] : []));
      throw new UserError(
        times.length === 0
          ? "the latency of the front was not measured: install onnxruntime-node, and repeat the step front"
          : `--budget ${budget}: the fastest detector takes ${Math.min(...times).toFixed(1)} ms: allow more`,
      );
    }
    if (json) return printJson({ ...member, folder: at(member.folder) });
    print(at(member.folder));
  },
};

function budgetOf(text: string): number {
  const value = parseBudget(text);
  if (value !== undefined) return value;
  throw usageError(`--budget ${text}: expected milliseconds, such as 20ms`);
}
