import { buildStandaloneLayer, timedForward, timedModule } from "@supernet/nas/supernet";
import { engineInfo, getNumThreads, setNumThreads } from "@supernet/torch";
import type { Runtime } from "./runtime.js";

/** Opens libtorch, supernet's own engine. */
export function openLibtorch(threads: number | undefined): Runtime {
  if (threads !== undefined) setNumThreads(threads);
  return {
    engine: `libtorch ${engineInfo().version}`,
    threads: getNumThreads(),
    layer: (placed) => timedModule(buildStandaloneLayer(placed), placed.input, placed.batch),
    network: async (model, input, subnet) => timedForward(await model.forward(subnet), input),
    surroundings: (model, input) => model.surroundings!.timed(input),
  };
}
