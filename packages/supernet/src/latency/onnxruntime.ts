import { availableParallelism } from "node:os";
import { UserError } from "@supernet/base";
import type { Subnet } from "@supernet/nas";
import {
  encodeModel,
  exportBackbone,
  exportClassifier,
  exportFeatures,
  exportStandaloneLayer,
  type OnnxModel,
} from "@supernet/nas/onnx";
import {
  buildFeatures,
  buildStandaloneLayer,
  disposeModule,
  SpaceBackbone,
  SpaceClassifier,
  type Timed,
} from "@supernet/nas/supernet";
import { type nn, noGrad, randn, tidy } from "@supernet/torch";
import type { InferenceSession, Tensor } from "onnxruntime-node";
import type { Runtime } from "./runtime.js";
import type { LatencySubject, NetworkKind } from "./subject.js";

/** ONNX Runtime, which runs what is exported, with all of its optimisations. */
export async function openOnnxRuntime(threads = availableParallelism()): Promise<Runtime> {
  const ort = await load();
  const ready = (model: OnnxModel) => timedModel(ort, model, threads);
  return {
    engine: `onnxruntime ${ort.env.versions.node}`,
    threads,
    layer: (placed) =>
      ready(
        withModule(buildStandaloneLayer(placed), (module) =>
          exportStandaloneLayer(placed.layer, placed.input, module.stateDict()),
        ),
      ),
    network: (kind, subject, subnet) => ready(modelOf(kind, subject, subnet)),
    empty: await ready(exportStandaloneLayer({ kind: "identity" }, [1], new Map())),
  };
}

type OnnxRuntime = typeof import("onnxruntime-node");

async function load(): Promise<OnnxRuntime> {
  try {
    return await import("onnxruntime-node");
  } catch (error) {
    throw new UserError(
      "ONNX Runtime is not installed, or not for this system: npm install onnxruntime-node",
      { cause: error },
    );
  }
}

/** An exported network, ready to run on one image of noise. */
async function timedModel(ort: OnnxRuntime, model: OnnxModel, threads: number): Promise<Timed> {
  const session: InferenceSession = await ort.InferenceSession.create(encodeModel(model), {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    executionMode: "sequential",
    graphOptimizationLevel: "all",
  });
  const [{ name, shape }] = model.inputs as [OnnxModel["inputs"][number]];
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

function modelOf(kind: NetworkKind, { space, input, classes }: LatencySubject, subnet: Subnet): OnnxModel {
  const exported = (module: nn.Module, how: typeof exportClassifier) =>
    withModule(module, () => how({ space, subnet, input, weights: module.stateDict() }));
  switch (kind) {
    case "classifier":
      return exported(new SpaceClassifier(space, classes!, subnet), exportClassifier);
    case "features":
      return exported(buildFeatures(space, subnet), exportFeatures);
    case "backbone":
      return exported(new SpaceBackbone(space, subnet), exportBackbone);
    case "detector":
      throw new RangeError("detectors are not exported");
  }
}

/** The model has copies of the module's weights. */
function withModule<M extends nn.Module>(module: M, body: (module: M) => OnnxModel): OnnxModel {
  try {
    return body(module);
  } finally {
    disposeModule(module);
  }
}
