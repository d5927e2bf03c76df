/** Paths on which a supernet that classifies is evaluated. */
export const PROBES = 3;

/** Training batches over which each of them gets its batch-norm statistics. */
export const CALIBRATION_BATCHES = 8;
