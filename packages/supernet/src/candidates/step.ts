/** Name of the step that calibrates the scores. */
export const CALIBRATE_STEP = "calibrate";
