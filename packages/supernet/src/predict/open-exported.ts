import { readBytes, UserError } from "@supernet/base";
import { type ModelHeader, type OnnxRuntime, openModel } from "@supernet/pipeline/core";
import { loadOnnxRuntime } from "../latency/load-onnxruntime.js";
import type { Predictor } from "../task/predictor.js";
import type { NetworkPrediction } from "../task/task.js";
import { TASKS } from "../tasks/index.js";

/**
 * Opens an exported network in ONNX Runtime.
 * @throws UserError naming the file if it is damaged, is not an exported network that predicts, or lacks metadata
 */
export async function openExported(path: string): Promise<Predictor> {
  const bytes = readBytes(path);
  const ort = (await loadOnnxRuntime()) as unknown as OnnxRuntime;
  const check = (header: ModelHeader) => predictionOf(path, header);
  const { model, checked } = await openModel(ort, { name: path, bytes }, check);
  try {
    const predictor = await checked.open(model);
    return {
      ...predictor,
      [Symbol.dispose]() {
        predictor[Symbol.dispose]();
        void model.release();
      },
    };
  } catch (error) {
    await model.release();
    throw error;
  }
}

/** Finds the network of a task whose models have these outputs. */
function predictionOf(path: string, header: ModelHeader): NonNullable<NetworkPrediction["exported"]> {
  const networks = Object.values(TASKS).flatMap(({ networks: ofTask }) =>
    ofTask.flatMap(({ name, predict }) => (predict?.exported ? [{ name, ...predict.exported }] : [])),
  );
  const names = new Set(header.outputs.map(({ name }) => name));
  const found = networks.find(({ outputs }) => outputs.every((name) => names.has(name)));
  if (found) return found;
  const expected = networks.map(({ name, outputs }) => `${name} (${outputs.join(", ")})`);
  throw new UserError(
    `${path} has the outputs ${[...names].join(", ")}, not those of a ` +
      `${[...new Set(expected)].join(" or ")}: export one with supernet export --work-dir DIR --network NAME`,
  );
}
