import { requireInstance } from "@supernet/base";
import { nn, type Tensor } from "@supernet/torch";
import { notForTransformers } from "../../network/zero-cost.js";
import { MultiHeadAttention } from "../modules/attention.js";

/** Newly initialized network in training mode: images `[n, channels, height, width]` to logits `[n, classes]`. */
export type UntrainedNetwork = nn.Module & { forward(images: Tensor): Tensor };

/** Returns the convolutions and linear layers of a network. Scores use only their weights. */
export function weighted(network: nn.Module): (nn.Conv2d | nn.Linear)[] {
  return modulesOf(network).filter((module) => module instanceof nn.Conv2d || module instanceof nn.Linear);
}

/** @throws UserError if the network contains attention, because the score is not defined for it */
export function refuseTransformer(score: Parameters<typeof notForTransformers>[0], network: nn.Module): void {
  requireInstance(`${score}: network`, network, nn.Module);
  if (modulesOf(network).some((module) => module instanceof MultiHeadAttention))
    throw notForTransformers(score);
}

const modulesOf = (network: nn.Module): nn.Module[] =>
  Array.from(network.namedModules(), ([, module]) => module);
