import { UserError } from "@supernet/base";
import type { ModelHeader } from "@supernet/nas/onnx";
import { z } from "zod";

/** A class that a network found: in a box, or in the whole image. */
export interface Finding {
  readonly class: string;
  /** Index of the class in `Predictor.classes`. */
  readonly label: number;
  /** 0 to 1. */
  readonly score: number;
  /** [x, y, width, height] in pixels of the image file. Absent if it is the whole image. */
  readonly box?: readonly [x: number, y: number, width: number, height: number];
}

/** What a network found in an image file. */
export interface Prediction {
  /** Size of the image file, in pixels. */
  readonly width: number;
  readonly height: number;
  /** Best score first. */
  readonly found: readonly Finding[];
}

/** A trained network that is ready to predict. Dispose it to free its memory. */
export interface Predictor extends Disposable {
  readonly classes: readonly string[];
  /** Whether its findings have boxes. */
  readonly findsBoxes: boolean;
  /**
   * Predicts on an image file, prepared as in the evaluation of a run. The EXIF orientation is ignored, as in data sets.
   * The result does not depend on other images.
   * @throws UserError naming the file if it is missing or damaged
   */
  predict(file: string): Promise<Prediction>;
}

/** Values of a model's input or output. */
export interface ModelTensor {
  readonly data: Float32Array | BigInt64Array;
  readonly shape: readonly number[];
}

/** A model in an ONNX file, open in ONNX Runtime. */
export interface ExportedModel extends ModelHeader {
  readonly path: string;
  run(inputs: Readonly<Record<string, ModelTensor>>): Promise<Readonly<Record<string, ModelTensor>>>;
}

/**
 * Parses metadata of a model whose values are JSON.
 * @throws UserError that lists the missing or wrong ones
 */
export function parseMetadata<Shape extends z.ZodRawShape>(
  { path, metadata }: Pick<ExportedModel, "path" | "metadata">,
  shape: Shape,
): z.output<z.ZodObject<Shape>> {
  const keys = Object.keys(shape);
  const missing = keys.filter((key) => !Object.hasOwn(metadata, key));
  if (missing.length > 0) {
    throw new UserError(
      `${path} has no metadata ${missing.join(", ")}: export it from a run, with supernet export --work-dir DIR`,
    );
  }
  const values = Object.fromEntries(keys.map((key) => [key, parseJson(metadata[key]!)]));
  const result = z.object(shape).safeParse(values);
  if (result.success) return result.data;
  const wrong = result.error.issues.map(({ path: at, message }) => `${at.join(".")} (${message})`);
  throw new UserError(`${path} has wrong metadata: ${wrong.slice(0, 3).join(", ")}: export it again`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
