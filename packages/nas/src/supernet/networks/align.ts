import { parseOptions, requireInstance } from "@supernet/base";
import { nn, noGrad, ops, type Tensor, tidy } from "@supernet/torch";
import { alignmentSchema } from "../../network/define-space.js";
import type { Alignment } from "../../network/network-space.js";
import { ChoiceBlock } from "../modules/choice-block.js";

/** How much of a candidate's own random weights stays, so that candidates are not bound to move together. */
const OWN = 0.1;

/**
 * Makes the candidates of every choice block that has the alignment's base begin as nearly the same function: their
 * convolutions hold the base's, in the middle of larger kernels and in the first of more channels.
 *
 * Candidates that begin unrelated output features that mean different things, and whatever follows has to learn
 * every combination: single-path training of a deep supernet then stands still for a long time. This is our own
 * departure from SPOS for short runs; the published settings do without.
 */
export function alignCandidates(network: nn.Module, alignment: Alignment): void {
  requireInstance("alignCandidates: network", network, nn.Module);
  parseOptions("alignCandidates", alignmentSchema, alignment);
  const { base, renamed = {} } = alignment;
  for (const [, block] of network.namedModules()) {
    if (!(block instanceof ChoiceBlock)) continue;
    const source = block.get(base)?.stateDict();
    if (source === undefined) continue;
    for (const [choice, candidate] of block) {
      if (choice === base) continue;
      const names = renamed[choice] ?? {};
      for (const [name, weight] of candidate.stateDict()) {
        if (weight.ndim !== 4) continue;
        const from = names[name] ?? name;
        mix(weight, from === "identity" ? identityLike(weight) : source.get(from));
      }
    }
  }
}

/** weight <- weight * OWN + the source, which stands in the middle of the kernel and in the first channels. */
function mix(weight: Tensor, source: Tensor | undefined): void {
  if (source === undefined) return;
  const [out, into, height, width] = weight.shape.map((size, i) => size - source.shape[i]!);
  const [y, x] = [height! / 2, width! / 2];
  noGrad(() =>
    tidy(() => weight.mul_(OWN).add_(ops.constantPadNd(source, [x, x, y, y, 0, into!, 0, out!], 0))),
  );
}

/** The kernel that passes its input on: 1x1 from each channel to itself, or depth-wise with its middle at 1. */
function identityLike(weight: Tensor): Tensor {
  const [channels, , , kernel] = weight.shape as [number, number, number, number];
  if (kernel === 1) return ops.eye(channels).reshape([channels, channels, 1, 1]);
  const identity = ops.zerosLike(weight);
  identity
    .select(3, kernel >> 1)
    .select(2, kernel >> 1)
    .fill_(1);
  return identity;
}
