export type { ExportedModel } from "@supernet/pipeline/core";

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
