import { parseOptions, requireInstance, UserError } from "@supernet/base";
import { nn, noGrad, ops, type Tensor, tidy } from "@supernet/torch";
import { alignmentSchema } from "../../network/define-space.js";
import type { Alignment } from "../../network/network-space.js";
import { ChoiceBlock } from "../modules/choice-block.js";

/** Fraction of a candidate's own random weights that remains, so that candidates can diverge in training. */
const OWN = 0.1;

/**
 * Sets the candidates of each choice block to nearly the same function as the base candidate. Blocks without
 * the base do not change. The base's convolution weights are copied into the center of larger kernels and the first of
 * more channels, and its norms into the first channels.
 *
 * Unrelated candidates produce unrelated features, and later layers must learn every combination. Single-path training
 * of a deep supernet then makes no progress for a long time. SPOS does not align candidates, and neither do the
 * published settings; use this for short runs. After a training of the base candidate, the others start from its weights.
 *
 * @example
 * const supernet = new SpaceClassifier(space, 10);
 * if (space.alignment) alignCandidates(supernet, space.alignment);
 * @throws UserError if `renamed` names a module that no candidate has
 */
export function alignCandidates(network: nn.Module, alignment: Alignment): void {
  requireInstance("alignCandidates: network", network, nn.Module);
  parseOptions("alignCandidates", alignmentSchema, alignment);
  const { base, renamed = {} } = alignment;
  const unknown = new Set(
    Object.entries(renamed).flatMap(([choice, names]) =>
      Object.keys(names).map((name) => `${choice} ${name}`),
    ),
  );
  for (const [, block] of network.namedModules()) {
    if (!(block instanceof ChoiceBlock)) continue;
    const source = block.get(base)?.stateDict();
    for (const [choice, candidate] of block) {
      if (choice === base) continue;
      const modules = renamed[choice] ?? {};
      for (const [name, weight] of candidate.stateDict()) {
        const [module, parameter] = [name.slice(0, name.lastIndexOf(".")), name.slice(name.lastIndexOf("."))];
        unknown.delete(`${choice} ${module}`);
        if (source === undefined) continue;
        const from = modules[module] ?? module;
        const isIdentity = from === "identity";
        if (weight.ndim === 4) mix(weight, isIdentity ? identityLike(weight) : source.get(from + parameter));
        else if (weight.ndim === 1 && isIdentity) resetNorm(weight, parameter);
        else if (weight.ndim === 1) copyNorm(weight, source.get(from + parameter));
      }
    }
  }
  const [first] = unknown;
  if (first !== undefined) {
    const [choice, name] = first.split(" ");
    throw new UserError(
      `alignCandidates: alignment.renamed.${choice}: no block has a candidate ${choice} with a module ${name}`,
    );
  }
}

/** Computes `weight = weight * OWN + source`, with the source at the kernel's center and in the first channels. */
function mix(weight: Tensor, source: Tensor | undefined): void {
  if (source === undefined) return;
  const [out, into, height, width] = weight.shape.map((size, i) => size - source.shape[i]!);
  const [y, x] = [height! / 2, width! / 2];
  noGrad(() =>
    tidy(() => weight.mul_(OWN).add_(ops.constantPadNd(source, [x, x, y, y, 0, into!, 0, out!], 0))),
  );
}

/** Resets a parameter or statistic of a norm to its initial value. */
function resetNorm(weight: Tensor, parameter: string): void {
  noGrad(() => void weight.fill_([".weight", ".running_var"].includes(parameter) ? 1 : 0));
}

/** Copies a parameter or statistic of a norm, for the channels that both have. */
function copyNorm(weight: Tensor, source: Tensor | undefined): void {
  if (source === undefined) return;
  const channels = Math.min(weight.shape[0]!, source.shape[0]!);
  noGrad(() => tidy(() => void weight.slice(0, 0, channels).copy_(source.slice(0, 0, channels))));
}

/** Returns the identity kernel: an identity matrix for a 1x1 kernel, else a depthwise kernel with a 1 at its center. */
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
