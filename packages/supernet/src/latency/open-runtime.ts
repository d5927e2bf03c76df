import type { RuntimeName } from "../recipe/runtimes.js";
import type { Runtime } from "./runtime.js";

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

/**
 * Checks that a runtime is installed.
 * @throws UserError if it is not
 */
export async function checkRuntime(name: RuntimeName): Promise<void> {
  if (name === "onnxruntime") await (await import("./onnxruntime.js")).loadOnnxRuntime();
}
