import { requireFunction, requireOneOf } from "@supernet/base";
import { native } from "./native.js";
import { requireDevice } from "./tensor.js";

/**
 * Runs synchronous `body` in mixed precision, as `torch.autocast` does: operators that are safe in `dtype`
 * (convolutions, matrix products) cast their inputs to it, those that need the range (losses, norms) to float32,
 * and the others take what comes. Weights stay float32. Micikevicius et al., "Mixed Precision Training", 2018.
 *
 * Forward pass and loss belong inside, `backward` outside: gradients come in the types of the forward pass.
 * Weights must not change inside, since each is cast only once.
 * @param device whose operators are meant: "cpu", "cuda:0"
 * @param dtype "float16", on CUDA alone, has so small a range that losses must be scaled
 * @throws Error if there is no such device, or no autocast to `dtype` on it
 */
export function autocast<T>(device: string, dtype: "bfloat16" | "float16", body: () => T): T {
  requireDevice("autocast: device", device);
  requireOneOf("autocast: dtype", dtype, ["bfloat16", "float16"]);
  requireFunction("autocast: body", body);
  const before = native.setAutocast(device, dtype);
  try {
    return body();
  } finally {
    native.setAutocast(device, before);
  }
}
