// Apart from precision.ts, because it does not load the engine.

/** Types of an exported model's weights and maps. */
export const PRECISIONS = ["float32", "float16", "int8"] as const;
export type Precision = (typeof PRECISIONS)[number];

/** Number of training images on which the ranges of maps are measured. */
export const CALIBRATION_IMAGES = 128;
