import { UserError } from "@supernet/base";
import { autocast, nn, randn, tidy } from "@supernet/torch";
import type { TrainingSettings } from "./settings.js";

type Precision = TrainingSettings["precision"];

/** Runs a forward pass and its loss in the recipe's precision. */
export function inPrecision<T>(precision: Precision, device: string, body: () => T): T {
  return precision === "bfloat16" ? autocast(device, "bfloat16", body) : body();
}

/**
 * Checks whether a device supports a precision, by training a small network. There is no other way to find out whether
 * it has the kernels.
 * @throws UserError if the device does not support it
 */
export function checkPrecision(precision: Precision, device: string, step: string): void {
  if (precision === "float32") return;
  try {
    tidy(() => {
      const net = new nn.Sequential(new nn.Conv2d(4, 4, 3, { groups: 4 }), new nn.Conv2d(4, 4, 1));
      net.to({ device });
      const images = randn([1, 4, 4, 4], { device });
      inPrecision(precision, device, () => net.forward(images).sum()).backward();
    });
  } catch (error) {
    const reason = (error as Error).message.split("\n")[0];
    throw new UserError(
      `steps.${step}.precision: ${precision} does not run on ${device} (${reason}): set it to float32`,
      { cause: error },
    );
  }
}
