/** Names of the runtimes that latencies can be measured in. */
export const RUNTIMES = ["libtorch", "onnxruntime"] as const;

export type RuntimeName = (typeof RUNTIMES)[number];
