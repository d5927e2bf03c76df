import { taskName } from "../../recipe/common.js";
import { readSubnetFile } from "../../search/found-subnet.js";
import { searchedSpace } from "../../task/run-context.js";
import { supernetSteps } from "../../task/weights.js";
import { type Command, usageError } from "../arguments.js";
import { checkWeightsFile, saveWeightsFile } from "../options.js";
import { formatCount, print } from "../output.js";
import { openRunIn, resultPath } from "../run-folder.js";

const options = {
  "work-dir": { type: "string" },
  step: { type: "string" },
  subnet: { type: "string" },
  out: { type: "string" },
} as const;

export const extract: Command<typeof options> = {
  name: "extract",
  summary:
    "Cuts a subnet's weights out of a run's supernet, exactly, with the names of the stand-alone network: of a " +
    "classifier (--step train, or pretrain of a recipe for detection) or of a detector (--step finetune). Without " +
    "--subnet the found one. Batch-norm " +
    "statistics are the supernet's, which belong to no path in particular: compute them anew before use.",
  usage: "--work-dir DIR --step train|pretrain|finetune [--subnet FILE] --out FILE(.safetensors|.pth)",
  options,
  positionals: 0,
  async run({ "work-dir": workDir, step: given, subnet: subnetFile, out }) {
    if (workDir === undefined || given === undefined || out === undefined) {
      throw usageError(`--work-dir, --step and --out are needed: usage: supernet extract ${extract.usage}`);
    }
    checkWeightsFile("--out", out);
    const run = await openRunIn(workDir);
    const steps = supernetSteps(run);
    const chosen = steps.find(({ step }) => step === given);
    if (chosen === undefined) {
      const names = steps.map(({ step }) => step).join(" or ");
      throw usageError(`--step ${given}: of a recipe for ${taskName(run.recipe.task)} it is ${names}`);
    }
    const file = resultPath(workDir, chosen.step, "weights.safetensors");
    const subnetPath = subnetFile ?? resultPath(workDir, "search", "subnet.yaml");
    const subnet = readSubnetFile(await run.get(searchedSpace), subnetPath);
    // Loading the engine takes longer than finding the mistakes above.
    const { extractSubnet } = await import("../../export/export.js");
    const state = await extractSubnet(run, chosen.network, { path: file, subnet });
    await saveWeightsFile(out, state);
    const numbers = [...state.values()].reduce((sum, { numel }) => sum + numel, 0);
    print(`${out}: ${state.size} tensors, ${formatCount(numbers)} numbers, cut out of ${file}`);
  },
};
