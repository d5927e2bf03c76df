import { join } from "node:path";

/** The name of the found network as an ONNX model. */
export const MODEL = "model.onnx";

/** Of a work-dir, for whoever looks for the result. */
export const modelFile = (root: string): string => join(root, MODEL);
