import { callable, parseOptions, requireArray } from "@supernet/base";
import { nn, type Tensor } from "@supernet/torch";
import { z } from "zod";
import type { Subnet } from "../../space/space.js";
import type { ActivePart } from "../build/part-modules.js";
import { fuseBatchNorms } from "./fuse.js";

/** A supernet of which the parts of a subnet can be had one by one. */
export interface PartedSupernet {
  activeParts(subnet: Subnet): readonly ActivePart[];
  /** What is handed out after a part, where anything is: what the part outputs, or something of its own. */
  mapOf?(part: string, output: Tensor): Tensor | undefined;
}

const supernetSchema = z.looseObject({ activeParts: callable });

/** A part as some subnets have it. */
interface Node {
  readonly name: string;
  readonly module: nn.Layer;
  /** The parts that follow in some of these subnets, by their keys. */
  readonly children: Map<string, Node>;
  /** The subnets whose last part this is, as places in the list. */
  readonly subnets: Set<number>;
}

/**
 * Several subnets of a supernet, taken apart: parts that begin them alike are there once, and run once for all of them.
 *
 * The output of an early part depends only on the choices of the parts before it and its own, in training mode (for batch-norm
 * statistics) as well as in evaluation. One batch goes through the tree depth first, so that at most one
 * output for each place where subnets part is held at once. The arithmetic of a subnet is the same whichever others
 * are in the tree.
 */
export class SubnetTree implements Disposable {
  readonly #roots = new Map<string, Node>();
  readonly #mapOf: (part: string, output: Tensor) => Tensor | undefined;

  /** Copies the weights of all parts that differ. Another subnet is active in the supernet afterwards. */
  constructor(supernet: PartedSupernet, subnets: readonly Subnet[]) {
    parseOptions("SubnetTree: supernet", supernetSchema, supernet);
    requireArray("SubnetTree: subnets", subnets);
    this.#mapOf = (part, output) => supernet.mapOf?.(part, output);
    for (const [place, subnet] of subnets.entries()) {
      let siblings = this.#roots;
      let last: Node | undefined;
      for (const { key, name, buildStandalone } of supernet.activeParts(subnet)) {
        last = siblings.get(key) ?? {
          name,
          module: buildStandalone().eval(),
          children: new Map(),
          subnets: new Set(),
        };
        siblings.set(key, last);
        siblings = last.children;
      }
      last?.subnets.add(place);
    }
  }

  /** Parts that run for each batch. */
  get size(): number {
    return Array.from(nodesOf(this.#roots)).length;
  }

  /** Makes all batch-norms forget their statistics, normalise by the batch and gather the mean over batches. */
  gatherStatistics(): void {
    for (const norm of this.#norms()) {
      norm.resetRunningStats();
      Object.assign(norm, { training: true, momentum: null });
    }
  }

  /** Makes all batch-norms normalise by the batch, and gather nothing. */
  useBatchStatistics(): void {
    for (const norm of this.#norms()) Object.assign(norm, { training: true, momentum: 0 });
  }

  /** Makes all batch-norms normalise by the statistics that they have. */
  useStatistics(): void {
    for (const norm of this.#norms()) norm.training = false;
  }

  /** The same for good, and faster: they are folded into convolutions, which rounds otherwise. */
  fuse(): void {
    this.useStatistics();
    for (const { module } of nodesOf(this.#roots)) fuseBatchNorms(module);
  }

  /**
   * Runs all subnets on one batch; within a tidy scope, without gradients.
   * @param visit is shown, of each subnet by its place in the list, what its last part outputs and what was handed out
   *   after earlier ones; it keeps neither
   */
  run(images: Tensor, visit: (subnet: number, output: Tensor, maps: readonly Tensor[]) => void): void {
    const descend = (nodes: Iterable<Node>, input: Tensor, before: readonly Tensor[]) => {
      for (const { name, module, children, subnets } of nodes) {
        const output = module.forward(input);
        const map = this.#mapOf(name, output);
        const maps = map ? [...before, map] : before;
        for (const subnet of subnets) visit(subnet, output, maps);
        descend(children.values(), output, maps);
        if (map && map !== output) map.dispose();
        if (output !== input) output.dispose();
      }
    };
    descend(this.#roots.values(), images, []);
  }

  /** Takes a subnet out, with the parts that it alone had. */
  drop(subnet: number): void {
    const prune = (nodes: Map<string, Node>) => {
      for (const [key, node] of nodes) {
        prune(node.children);
        node.subnets.delete(subnet);
        if (node.subnets.size > 0 || node.children.size > 0) continue;
        release(node);
        nodes.delete(key);
      }
    };
    prune(this.#roots);
  }

  [Symbol.dispose](): void {
    for (const node of nodesOf(this.#roots)) release(node);
    this.#roots.clear();
  }

  *#norms(): Generator<nn.BatchNorm2d> {
    for (const node of nodesOf(this.#roots))
      for (const [, module] of node.module.namedModules()) if (module instanceof nn.BatchNorm2d) yield module;
  }
}

function release({ module }: Node): void {
  for (const tensor of module.stateDict().values()) tensor.dispose();
}

function* nodesOf(nodes: ReadonlyMap<string, Node>): Generator<Node> {
  for (const node of nodes.values()) {
    yield node;
    yield* nodesOf(node.children);
  }
}
