import { availableParallelism } from "node:os";
import { UserError } from "@supernet/base";
import type { Shape } from "@supernet/nas";
import { encodeModel, exportStandaloneLayer, type OnnxModel } from "@supernet/nas/onnx";
import { buildStandaloneLayer, disposeModule, type Timed } from "@supernet/nas/supernet";
import { noGrad, randn, tidy } from "@supernet/torch";
import type { InferenceSession, Tensor } from "onnxruntime-node";
import type { Runtime } from "./runtime.js";

/** Opens ONNX Runtime, which runs exported models. All of its graph optimizations are enabled. */
export async function openOnnxRuntime(threads = availableParallelism()): Promise<Runtime> {
  const ort = await loadOnnxRuntime();
  const ready = (model: OnnxModel, input?: Input) => timedModel(ort, model, { threads, input });
  return {
    engine: `onnxruntime ${ort.env.versions.node}`,
    threads,
    layer(placed) {
      const module = buildStandaloneLayer(placed);
      const model = exportStandaloneLayer(placed.layer, placed.input, module.stateDict());
      disposeModule(module);
      return ready(model, { shape: placed.input, batch: placed.batch });
    },
    async network(model, input, subnet) {
      if (!model.onnx) {
        throw new UserError(
          `the ${model.name} has no ONNX export, so ONNX Runtime cannot run it: use --runtime libtorch, or measure ` +
            "another network",
        );
      }
      return ready(await model.onnx(subnet, input), { shape: input });
    },
    model: (model, input) => ready(model, input && { shape: input }),
    empty: await ready(exportStandaloneLayer({ kind: "identity" }, [1], new Map())),
  };
}

type OnnxRuntime = typeof import("onnxruntime-node");

/** @throws UserError if it is not installed */
export async function loadOnnxRuntime(): Promise<OnnxRuntime> {
  try {
    return await import("onnxruntime-node");
  } catch (error) {
    throw new UserError(
      "ONNX Runtime is not installed or does not support this system: run npm install onnxruntime-node",
      { cause: error },
    );
  }
}

/** Input of a model. */
interface Input {
  /** Shape without batch. */
  readonly shape: Shape;
  /** Default: 1. */
  readonly batch?: number | undefined;
}

/** Prepares an exported model to run on random noise. By default, the input is one of the model's fixed shape. */
async function timedModel(
  ort: OnnxRuntime,
  model: OnnxModel,
  { threads, input }: { readonly threads: number; readonly input?: Input | undefined },
): Promise<Timed> {
  const session: InferenceSession = await ort.InferenceSession.create(encodeModel(model), {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: "sequential",
    graphOptimizationLevel: "all",
  });
  const [{ name, shape: fixed }] = model.inputs as [OnnxModel["inputs"][number]];
  const shape = [input?.batch ?? 1, ...(input?.shape ?? (fixed as Shape))];
  const noise = noGrad(() => tidy(() => randn(shape).toTypedArray())) as Float32Array;
  const feeds: Record<string, Tensor> = { [name]: new ort.Tensor("float32", noise, shape) };
  return {
    async run() {
      const start = performance.now();
      await session.run(feeds);
      return performance.now() - start;
    },
    close: () => session.release(),
  };
}
