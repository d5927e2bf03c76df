import { UserError } from "@supernet/base";

/** The package onnxruntime-node, which is optional. */
export type OnnxRuntime = typeof import("onnxruntime-node");

/** @throws UserError if ONNX Runtime is not installed */
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
