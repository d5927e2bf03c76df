import { readFileSync } from "node:fs";
import { fileError, UserError, withErrorPrefix } from "@supernet/base";
import { decodeModelHeader, type ModelHeader } from "@supernet/nas/onnx";
import type { InferenceSession, Tensor } from "onnxruntime-node";
import { loadOnnxRuntime, type OnnxRuntime } from "../latency/load-onnxruntime.js";
import type { ExportedModel, ModelTensor, Predictor } from "../task/predictor.js";
import type { NetworkPrediction } from "../task/task.js";
import { TASKS } from "../tasks/index.js";

/**
 * Opens an exported network in ONNX Runtime.
 * @throws UserError naming the file if it is damaged, is not an exported network that predicts, or lacks metadata
 */
export async function openExported(path: string): Promise<Predictor> {
  const bytes = read(path);
  const header = withErrorPrefix(path, () => decodeModelHeader(bytes));
  const { open } = predictionOf(path, header);
  const ort = await loadOnnxRuntime();
  const session = await inRuntime(path, () => ort.InferenceSession.create(bytes, SILENT));
  const model: ExportedModel = { path, ...header, run: (inputs) => runSession(ort, session, path, inputs) };
  try {
    const predictor = await open(model);
    return {
      ...predictor,
      [Symbol.dispose]() {
        predictor[Symbol.dispose]();
        void session.release();
      },
    };
  } catch (error) {
    await session.release();
    throw error;
  }
}

/** Errors are thrown, so ONNX Runtime does not print them too. */
const SILENT: InferenceSession.SessionOptions = { logSeverityLevel: 4 };

function read(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    throw fileError("read", path, error);
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

async function runSession(
  ort: OnnxRuntime,
  session: InferenceSession,
  path: string,
  inputs: Parameters<ExportedModel["run"]>[0],
): Promise<Record<string, ModelTensor>> {
  const feeds = Object.entries(inputs).map(([name, { data, shape }]): [string, Tensor] => [
    name,
    data instanceof Float32Array
      ? new ort.Tensor("float32", data, shape)
      : new ort.Tensor("int64", data, shape),
  ]);
  const outputs = await inRuntime(path, () => session.run(Object.fromEntries(feeds)));
  return Object.fromEntries(
    Object.entries(outputs).map(([name, { data, dims }]) => [
      name,
      { data: data as ModelTensor["data"], shape: dims },
    ]),
  );
}

/** Converts errors of ONNX Runtime, which are of the model: this package passes what the model's header asks for. */
async function inRuntime<T>(path: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    const [line] = (error as Error).message.split("\n");
    throw new UserError(`${path} does not run in ONNX Runtime (${line}): export it again`, { cause: error });
  }
}
