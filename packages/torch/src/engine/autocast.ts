import { requireFunction, requireOneOf } from "@supernet/base";
import { native } from "./native.js";
import { requireDevice } from "./tensor.js";

/**
 * Runs `body` in mixed precision, like `torch.autocast`. Operators that are safe in `dtype`, such as convolutions and
 * matrix products, cast their inputs to it. Operators that need the range of float32, such as losses and norms, cast to
 * float32. All others accept their inputs as they are. Weights stay float32.
 * See [Micikevicius et al., "Mixed Precision Training"](https://arxiv.org/abs/1710.03740), 2018.
 *
 * Compute the forward pass and the loss inside, and call `backward` outside: gradients use the types of the forward
 * pass. Weights must not change inside, because each is cast only once.
 *
 * @example
 * const loss = autocast("cuda", "bfloat16", () => nn.crossEntropy(model.forward(images), labels));
 * loss.backward();
 *
 * @param device device whose operators are cast: "cpu" or "cuda:0"
 * @param dtype "float16" works only on CUDA; its range is so small that losses must be scaled
 * @param body synchronous function
 * @throws Error if the device does not exist or does not support autocast to `dtype`
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
