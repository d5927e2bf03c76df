import { type nn, noGrad, ops, type Tensor, tidy } from "@supernet/torch";
import { ChoiceBlock } from "../supernet/choice-block.js";

/** How much of a candidate's own random weights stays, so that candidates are not bound to move together. */
const OWN = 0.1;

/**
 * Makes the candidates of every choice block begin as nearly the same function: larger depth-wise kernels hold
 * the 3x3 one in their middle, Xception's extra layers begin as identities (its extra ReLUs keep it further off).
 *
 * Candidates that begin unrelated put out features that mean different things, and whatever follows has to learn
 * every combination: single-path training of a deep supernet then stands still for a long time. This is our own
 * departure from SPOS for short runs; the published settings do without.
 */
export function alignCandidates(network: nn.Module): void {
  for (const [, module] of network.namedModules()) {
    if (!(module instanceof ChoiceBlock)) continue;
    const base = module.get("shuffle_3x3")!.stateDict();
    for (const name of ["shuffle_5x5", "shuffle_7x7"]) {
      for (const [key, weight] of module.get(name)!.stateDict()) mix(weight, base.get(key)!);
    }
    const xception = module.get("shuffle_xception")!.stateDict();
    const main = (layer: number) => `branch_main.${layer}.weight`;
    for (const [from, to] of [
      [0, 2],
      [3, 5],
      [5, 12],
    ] as const) {
      mix(xception.get(main(to))!, base.get(main(from))!);
    }
    for (const layer of [0, 7, 10]) mix(xception.get(main(layer))!, identityLike(xception.get(main(layer))!));
    for (const [key, weight] of xception) if (key.startsWith("branch_proj")) mix(weight, base.get(key)!);
  }
}

/** weight <- weight * OWN + the source, which stands in the middle where the kernel is larger. */
function mix(weight: Tensor, source: Tensor): void {
  if (weight.ndim !== 4) return;
  const margin = (weight.shape[3]! - source.shape[3]!) / 2;
  noGrad(() =>
    tidy(() => weight.mul_(OWN).add_(ops.constantPadNd(source, [margin, margin, margin, margin], 0))),
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
