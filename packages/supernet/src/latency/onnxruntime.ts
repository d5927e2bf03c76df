import { availableParallelism } from "node:os";
import { UserError } from "@supernet/base";
import { encodeModel, exportStandaloneLayer, type OnnxModel } from "@supernet/nas/onnx";
import { buildStandaloneLayer, disposeModule, type Timed } from "@supernet/nas/supernet";
import { noGrad, randn, tidy } from "@supernet/torch";
import type { InferenceSession, Tensor } from "onnxruntime-node";
import { loadOnnxRuntime, type OnnxRuntime } from "./load-onnxruntime.js";
import type { Runtime } from "./runtime.js";

/** Opens ONNX Runtime, which runs exported models. All of its graph optimizations are enabled. */
export async function openOnnxRuntime(threads = availableParallelism()): Promise<Runtime> {
  const ort = await loadOnnxRuntime();
  const ready = (model: OnnxModel) => timedModel(ort, model, threads);
  return {
    engine: `onnxruntime ${ort.env.versions.node}`,
    threads,
    layer(placed) {
      const module = buildStandaloneLayer(placed);
      const model = exportStandaloneLayer(placed.layer, placed.input, module.stateDict());
      disposeModule(module);
      return ready(model);
    },
    async network(model, input, subnet) {
      if (!model.onnx) {
        throw new UserError(
          `the ${model.name} has no ONNX export, so ONNX Runtime cannot run it: use --runtime libtorch, or measure ` +
            "another network",
        );
      }
      return ready(await model.onnx(subnet, input));
    },
    model: ready,
    empty: await ready(exportStandaloneLayer({ kind: "identity" }, [1], new Map())),
  };
}

/** Prepares an exported model to run on one image of random noise. */
async function timedModel(ort: OnnxRuntime, model: OnnxModel, threads: number): Promise<Timed> {
  const session: InferenceSession = await ort.InferenceSession.create(encodeModel(model), {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: "sequential",
    graphOptimizationLevel: "all",
  });
  const [{ name, shape: given }] = model.inputs as [OnnxModel["inputs"][number]];
  // Classifiers and backbones have fixed sizes.
  const shape = given as readonly number[];
  const noise = noGrad(() => tidy(() => randn([1, ...shape]).toTypedArray())) as Float32Array;
  const feeds: Record<string, Tensor> = { [name]: new ort.Tensor("float32", noise, [1, ...shape]) };
  return {
    async run() {
      const start = performance.now();
      await session.run(feeds);
      return performance.now() - start;
    },
    close: () => session.release(),
  };
}
