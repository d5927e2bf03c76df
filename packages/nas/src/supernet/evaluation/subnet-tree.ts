import { callable, parseOptions, requireArray } from "@supernet/base";
import { nn, type Tensor } from "@supernet/torch";
import { z } from "zod";
import type { Subnet } from "../../space/space.js";
import type { ActivePart } from "../build/part-modules.js";
import { fuseBatchNorms } from "./fuse.js";
import { type PrefixNode, PrefixTree } from "./prefix-tree.js";

/** Supernet whose subnets can be split into parts, such as `SpaceClassifier` and `SpaceBackbone`. */
export interface PartedSupernet {
  activeParts(subnet: Subnet): readonly ActivePart[];
  /**
   * Returns the feature map taken after a part: its output, or a new tensor. Returns undefined if none is taken there.
   */
  mapOf?(part: string, output: Tensor): Tensor | undefined;
}

const supernetSchema = z.looseObject({ activeParts: callable });

/** Part that one or more subnets share. */
interface Shared {
  readonly name: string;
  readonly module: nn.Layer;
}

/**
 * Prefix tree of several subnets of a supernet. Subnets that start with the same parts share them, and each shared part
 * runs once per batch.
 *
 * Sharing is exact, because a part's output depends only on its own choices and those of earlier parts. This holds in
 * evaluation mode and while batch-norm statistics are computed. A batch traverses the tree depth first, so at most one
 * output per branching point is in memory. The result of a subnet does not depend on the other subnets in the tree.
 *
 * @example
 * using tree = new SubnetTree(supernet, subnets);
 * tree.gatherStatistics();
 * for (const images of calibration) noGrad(() => tidy(() => tree.run(images, () => {})));
 * tree.fuse();
 * noGrad(() => tidy(() => tree.run(images, (index, logits) => count(subnets[index], logits))));
 */
export class SubnetTree implements Disposable {
  readonly #tree = new PrefixTree<Shared>(release);
  readonly #mapOf: (part: string, output: Tensor) => Tensor | undefined;

  /** Copies the weights of all distinct parts. Changes the supernet's active subnet. */
  constructor(supernet: PartedSupernet, subnets: readonly Subnet[]) {
    parseOptions("SubnetTree: supernet", supernetSchema, supernet);
    requireArray("SubnetTree: subnets", subnets);
    this.#mapOf = (part, output) => supernet.mapOf?.(part, output);
    for (const [index, subnet] of subnets.entries()) {
      const parts = supernet.activeParts(subnet);
      this.#tree.add(
        index,
        parts.map(({ key, name, buildStandalone }) => ({
          key,
          create: () => ({ name, module: buildStandalone().eval() }),
        })),
      );
    }
  }

  /** Number of parts that run per batch. */
  get size(): number {
    return Array.from(this.#tree.values()).length;
  }

  /** Resets all batch-norms. They then use batch statistics and collect the mean over the batches. */
  gatherStatistics(): void {
    for (const norm of this.#norms()) {
      norm.resetRunningStats();
      Object.assign(norm, { training: true, momentum: null });
    }
  }

  /** Makes all batch-norms use batch statistics without collecting them. */
  useBatchStatistics(): void {
    for (const norm of this.#norms()) Object.assign(norm, { training: true, momentum: 0 });
  }

  /** Makes all batch-norms use their collected statistics. */
  useStatistics(): void {
    for (const norm of this.#norms()) norm.training = false;
  }

  /** Folds all batch-norms into convolutions, which is faster and changes rounding. This cannot be undone. */
  fuse(): void {
    this.useStatistics();
    for (const { module } of this.#tree.values()) fuseBatchNorms(module);
  }

  /**
   * Runs all subnets on one batch. Call it in a `tidy` scope without gradients.
   * @param visit called with each subnet's index, the output of its last part and the feature maps taken so far. It
   *   must not keep the tensors.
   */
  run(images: Tensor, visit: (subnet: number, output: Tensor, maps: readonly Tensor[]) => void): void {
    const descend = (
      nodes: ReadonlyMap<string, PrefixNode<Shared>>,
      input: Tensor,
      before: readonly Tensor[],
    ) => {
      for (const { value, children, subnets } of nodes.values()) {
        const { name, module } = value;
        const output = module.forward(input);
        const map = this.#mapOf(name, output);
        const maps = map ? [...before, map] : before;
        for (const subnet of subnets) visit(subnet, output, maps);
        descend(children, output, maps);
        if (map && map !== output) map.dispose();
        if (output !== input) output.dispose();
      }
    };
    descend(this.#tree.roots, images, []);
  }

  /** Removes a subnet, and the parts that no other subnet uses. */
  drop(subnet: number): void {
    this.#tree.drop(subnet);
  }

  [Symbol.dispose](): void {
    this.#tree[Symbol.dispose]();
  }

  *#norms(): Generator<nn.BatchNorm2d> {
    for (const shared of this.#tree.values())
      for (const [, module] of shared.module.namedModules())
        if (module instanceof nn.BatchNorm2d) yield module;
  }
}

function release({ module }: Shared): void {
  for (const tensor of module.stateDict().values()) tensor.dispose();
}
