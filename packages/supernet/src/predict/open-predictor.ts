import { count, parseOptions, UserError } from "@supernet/base";
import { z } from "zod";
import { readSubnetFile } from "../network/subnet-file.js";
import { foundFiles, frontStep, openRunIn } from "../recipes/run-folder.js";
import type { Predictor } from "../task/predictor.js";
import { searchedSpace } from "../task/run-context.js";
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
  const step = member === undefined ? undefined : frontStep(run, workDir);
  const saved = subnetSteps(run, ({ predict }) => predict !== undefined);
  const chosen = saved.find((other) => step === undefined || other.step === step);
  if (chosen === undefined)
    throw new UserError(`${workDir}: the task of this run has no network that predicts on images`);
  const { network } = chosen;
  const { weights: path, subnet: subnetFile } = foundFiles(run, workDir, { step: chosen.step, member });
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
