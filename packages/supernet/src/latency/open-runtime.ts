import type { Runtime, RuntimeName } from "./runtime.js";

/**
 * Opens a runtime.
 * @param threads number of threads; default: all processors
 * @throws UserError if the runtime is not installed
 */
export async function openRuntime(name: RuntimeName, threads: number | undefined): Promise<Runtime> {
  switch (name) {
    case "libtorch":
      return (await import("./libtorch.js")).openLibtorch(threads);
    case "onnxruntime":
      return (await import("./onnxruntime.js")).openOnnxRuntime(threads);
  }
}
