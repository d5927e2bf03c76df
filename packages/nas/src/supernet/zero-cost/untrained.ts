import { requireInstance } from "@supernet/base";
import { nn, type Tensor } from "@supernet/torch";
import { notForTransformers } from "../../network/zero-cost.js";
import { MultiHeadAttention } from "../modules/attention.js";

/** A freshly initialised network in training mode: [n, channels, height, width] images to [n, classes] logits. */
export type UntrainedNetwork = nn.Module & { forward(images: Tensor): Tensor };

/** The convolutions and linear layers of a network, whose weights scores are about. */
export function weighted(network: nn.Module): (nn.Conv2d | nn.Linear)[] {
  return modulesOf(network).filter((module) => module instanceof nn.Conv2d || module instanceof nn.Linear);
}

/** @throws UserError if a network has attention, for which the score is not defined */
export function refuseTransformer(score: Parameters<typeof notForTransformers>[0], network: nn.Module): void {
  requireInstance(`${score}: network`, network, nn.Module);
  if (modulesOf(network).some((module) => module instanceof MultiHeadAttention))
    throw notForTransformers(score);
}

const modulesOf = (network: nn.Module): nn.Module[] =>
  Array.from(network.namedModules(), ([, module]) => module);
