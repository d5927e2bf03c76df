import { nn } from "@supernet/torch";
import type { NetworkSpace } from "../network/network-space.js";

/** Initializes the linear layers of a network as its space specifies. */
export function initLinear(network: nn.Module, { linearInitStd }: NetworkSpace): void {
  if (linearInitStd === undefined) return;
  for (const [, module] of network.namedModules()) {
    if (!(module instanceof nn.Linear)) continue;
    nn.init.truncatedNormal(module.weight, 0, linearInitStd);
    if (module.bias) nn.init.constant(module.bias, 0);
  }
}
