import { availableParallelism } from "node:os";
import { UserError } from "@supernet/base";
import type { Shape } from "@supernet/nas";
import { encodeModel, exportStandaloneLayer, type OnnxModel } from "@supernet/nas/onnx";
import { buildStandaloneLayer, disposeModule, type Timed } from "@supernet/nas/supernet";
import { noGrad, randn, tidy } from "@supernet/torch";
import type { InferenceSession, Tensor } from "onnxruntime-node";
import { loadOnnxRuntime, type OnnxRuntime } from "./load-onnxruntime.js";
import type { Runtime } from "./runtime.js";

/** Opens ONNX Runtime, which runs exported models. All of its graph optimizations are enabled. */
export async function openOnnxRuntime(threads = availableParallelism()): Promise<Runtime> {
  const ort = await loadOnnxRuntime();
  const ready = (model: OnnxModel, input: Input) => timedModel(ort, encodeModel(model), { threads, input });
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
    file: (path, input) => timedModel(ort, path, { threads, input: { shape: input } }),
    empty: await ready(exportStandaloneLayer({ kind: "identity" }, [1], new Map()), { shape: [1] }),
  };
}

/** Input of a model. */
interface Input {
  /** Shape without batch. */
  readonly shape: Shape;
  /** Default: 1. */
  readonly batch?: number | undefined;
}

/**
 * Prepares an exported model to run on random noise.
 * @param model path or content of an ONNX file
 */
async function timedModel(
  ort: OnnxRuntime,
  model: string | Uint8Array,
  { threads, input }: { readonly threads: number; readonly input: Input },
): Promise<Timed> {
  // The types of the two overloads cannot be called with their union.
  const session: InferenceSession = await ort.InferenceSession.create(model as string, {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: "sequential",
    graphOptimizationLevel: "all",
  });
  const [name, sizes] = session.inputNames as [string, string?];
  const batch = input.batch ?? 1;
  const shape = [batch, ...input.shape];
  const noise = noGrad(() => tidy(() => randn(shape).toTypedArray())) as Float32Array;
  const feeds: Record<string, Tensor> = { [name]: new ort.Tensor("float32", noise, shape) };
  // A detector for padded images also reads the size of each image.
  if (sizes !== undefined) {
    const whole = Array.from({ length: batch }, () => input.shape.slice(-2)).flat();
    feeds[sizes] = new ort.Tensor("int64", BigInt64Array.from(whole, BigInt), [batch, 2]);
  }
  return {
    async run() {
      const start = performance.now();
      await session.run(feeds);
      return performance.now() - start;
    },
    close: () => session.release(),
  };
}
