import { type nn, noGrad } from "@supernet/torch";

/** Randomizes norms and biases, because their initial values would hide mixed-up weights, and sets evaluation mode. */
export function scramble(network: nn.Module): nn.Module {
  noGrad(() => {
    for (const [name, tensor] of network.stateDict()) {
      if (name.endsWith("running_var")) tensor.uniform_(0.5, 1.5);
      else if (name.endsWith("running_mean")) tensor.normal_(0, 0.2);
      else if (tensor.ndim === 1 && name.endsWith("weight")) tensor.uniform_(0.5, 1.5);
      else if (name.endsWith("bias") || name.includes("embed") || name.includes("token"))
        tensor.normal_(0, 0.2);
    }
  });
  return network.eval();
}
