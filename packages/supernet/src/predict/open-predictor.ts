import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { count, parseOptions, UserError } from "@supernet/base";
import { z } from "zod";
import { readSubnetFile } from "../network/subnet-file.js";
import { foundSubnetPath, openRunIn, resultPath } from "../recipes/run-folder.js";
import { runPaths } from "../run/work-dir.js";
import type { Predictor } from "../task/predictor.js";
import { searchedSpace } from "../task/run-context.js";
import type { RunContext } from "../task/task.js";
import { subnetSteps } from "../task/weights.js";

/** A trained network: that of a run, or an exported one. */
export type PredictorSource =
  | {
      /** Folder of the run. */
      readonly workDir: string;
      /** Member of the run's front: a number, as `supernet front` lists them. Default: the run's final network. */
      readonly member?: number | undefined;
    }
  | {
      /** ONNX file of a whole detector or of a classifier, from `supernet export`. */
      readonly model: string;
    };

const sourceSchema = z.strictObject({
  workDir: z.string().min(1).optional(),
  member: count.optional(),
  model: z.string().min(1).optional(),
});

/**
 * Opens a trained network to predict on image files. The network of a run needs the run's data, which has the names of
 * the classes, and runs in the engine. An exported one needs only its file and the package `onnxruntime-node`.
 *
 * @example
 * using predictor = await openPredictor({ workDir: "runs/cells" });
 * const { width, height, found } = await predictor.predict("photo.jpg");
 * for (const { class: name, score, box } of found) console.log(name, score, box); // box: [x, y, width, height]
 * @throws UserError if neither or both of `workDir` and `model` are given, the run is not finished or has no such
 *   member, the model is damaged or has no metadata, or ONNX Runtime is not installed
 */
export async function openPredictor(source: PredictorSource): Promise<Predictor> {
  const { workDir, member, model } = parseOptions("openPredictor", sourceSchema, source);
  if ((workDir === undefined) === (model === undefined))
    throw new UserError("openPredictor: set either workDir or model");
  if (workDir !== undefined) return openFromRun(workDir, member);
  if (member !== undefined) throw new UserError("openPredictor: member is of a run: set workDir, not model");
  return (await import("./open-exported.js")).openExported(model!);
}

async function openFromRun(workDir: string, member: number | undefined): Promise<Predictor> {
  const run = await openRunIn(workDir);
  const { step, network } = chooseNetwork(run, workDir, member);
  const folder = member === undefined ? "" : String(member);
  if (member !== undefined) requireMember(workDir, step, folder);
  const path = resultPath(workDir, step, join(folder, "weights.safetensors"));
  const subnetFile =
    member === undefined
      ? foundSubnetPath(run, workDir)
      : resultPath(workDir, step, join(folder, "subnet.yaml"));
  const subnet = readSubnetFile(await run.get(searchedSpace), subnetFile);
  // The engine is loaded last, because that takes longer than finding the mistakes above.
  const { prepareEngine } = await import("../run/engine.js");
  const { openWeightsFile } = await import("../network/load.js");
  const { requireOwnerOf } = await import("../task/owner.js");
  const device = prepareEngine(run.recipe);
  const file = openWeightsFile({ file: path });
  await requireOwnerOf(run, network, { file, subnet });
  return network.predict!.open(run, file, { subnet, device });
}

/** Returns the step and the network to predict with: those of the front for a member, otherwise the last ones. */
function chooseNetwork(run: RunContext, workDir: string, member: number | undefined) {
  const saved = subnetSteps(run, ({ predict }) => predict !== undefined);
  const front = run.task.steps(run.recipe).find(({ kind }) => kind === "front")?.name;
  const chosen = member === undefined ? saved[0] : saved.find(({ step }) => step === front);
  if (chosen !== undefined) return chosen;
  throw new UserError(
    member === undefined
      ? `${workDir}: the task of this run has no network that predicts on images`
      : `${workDir} has no front: set steps.front in the recipe, and continue the run with --resume`,
  );
}

/** @throws UserError if the step has made other members, but not this one */
function requireMember(workDir: string, step: string, member: string): void {
  const folder = runPaths(workDir).stepFolder(step);
  const members = existsSync(folder) ? readdirSync(folder).filter((name) => /^\d+$/.test(name)) : [];
  if (members.length === 0 || members.includes(member)) return;
  throw new UserError(
    `${folder} has no member ${member}: use a number from 1 to ${members.length}, as supernet front lists them`,
  );
}
