import { UserError } from "@supernet/base";
import { encodeModel, halfPrecision, type OnnxModel, quantization, type Range } from "@supernet/nas/onnx";
import {
  type ExportedModel,
  type OnnxRuntime,
  openExportedNetwork,
  openModel,
  type SourceImage,
} from "@supernet/pipeline/core";
import { loadOnnxRuntime } from "../latency/load-onnxruntime.js";
import type { Precision } from "./precisions.js";

/**
 * Converts an exported model to a precision, and records it in the metadata.
 * @param images images for the calibration of int8
 * @throws UserError if the network has no such form, or ONNX Runtime, which int8 needs, is not installed
 */
export async function withPrecision(
  model: OnnxModel,
  precision: Precision,
  images: AsyncIterable<SourceImage>,
): Promise<OnnxModel> {
  if (precision === "float32") return model;
  const converted = precision === "float16" ? halfPrecision(model) : await quantized(model, images);
  return { ...converted, metadata: { ...model.metadata, precision } };
}

/** Quantizes a model with the ranges of its maps on images. */
async function quantized(model: OnnxModel, images: AsyncIterable<SourceImage>): Promise<OnnxModel> {
  const { maps, observed, quantized: quantize } = quantization(model);
  const ort = (await loadOnnxRuntime()) as unknown as OnnxRuntime;
  const file = { name: model.name, bytes: encodeModel(observed) };
  const { model: open } = await openModel(ort, file, () => undefined);
  const ranges = new Map<string, Range>();
  const observing: ExportedModel = {
    ...open,
    async run(inputs) {
      const outputs = await open.run(inputs);
      for (const map of maps) {
        const [min, max] = ["min", "max"].map((kind) => Number(outputs[`${map}:${kind}`]!.data[0]));
        const { min: low, max: high } = ranges.get(map) ?? { min: Infinity, max: -Infinity };
        ranges.set(map, { min: Math.min(low, min!), max: Math.max(high, max!) });
      }
      return outputs;
    },
  };
  try {
    const network = openExportedNetwork(observing);
    if (network === undefined)
      throw new UserError(
        "int8 needs a whole detector or a classifier, which calibration images can run through",
      );
    for await (const image of images) await network.find(image);
  } finally {
    await open.release();
  }
  return quantize(ranges);
}
