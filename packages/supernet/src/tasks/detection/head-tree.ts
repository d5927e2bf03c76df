import type { Subnet } from "@supernet/nas";
import { nn, noGrad, type Tensor, tidy } from "@supernet/torch";
import type { Detections, ImageSize, InferenceStage } from "@supernet/vision";
import type { DetectorModel } from "./detector.js";

type HeadModel = Pick<DetectorModel, "detector" | "activateHeads" | "stages">;

/** Stage that one or more subnets share. */
interface Node {
  readonly depth: number;
  /** A subnet whose sizes this stage and those before it have. */
  readonly example: Subnet;
  readonly statistics: OwnStatistics;
  /** Next stages of these subnets, by key. */
  readonly children: Map<string, Node>;
  /** Indices of the subnets that end with this stage. */
  readonly subnets: Set<number>;
}

/** The norms of all stages: how they normalize, and whether they collect statistics. */
interface Norms {
  readonly all: readonly nn.BatchNorm2d[];
  readonly momentum: readonly (number | null)[];
}

/**
 * Prefix tree of the stages after the backbone, for subnets of a detector whose heads share weights. It is the
 * continuation of `SubnetTree`: subnets with the same backbone share the stages whose sizes are equal, and each runs
 * once per batch. Every shared stage has batch-norm statistics of its own.
 */
export class HeadTree implements Disposable {
  readonly #model: HeadModel;
  readonly #roots: readonly Map<string, Node>[];
  readonly #norms: Norms;

  /** @param backbones indices of the subnets with each backbone */
  constructor(model: HeadModel, subnets: readonly Subnet[], backbones: readonly (readonly number[])[]) {
    this.#model = model;
    const all = headsOf(model.detector).flatMap(normsWithin);
    this.#norms = { all, momentum: all.map(({ momentum }) => momentum) };
    this.#roots = backbones.map((indices) => {
      const root = new Map<string, Node>();
      for (const index of indices) this.#add(root, subnets[index]!, index);
      return root;
    });
  }

  #add(root: Map<string, Node>, subnet: Subnet, index: number): void {
    this.#model.activateHeads(subnet);
    let siblings = root;
    let last: Node | undefined;
    for (const [depth, { key, modules }] of stagesOf(this.#model).entries()) {
      last = siblings.get(key) ?? {
        depth,
        example: subnet,
        statistics: new OwnStatistics(modules.flatMap(normsWithin)),
        children: new Map(),
        subnets: new Set(),
      };
      siblings.set(key, last);
      siblings = last.children;
    }
    last?.subnets.add(index);
  }

  /** Number of stages that run per batch. */
  get size(): number {
    return Array.from(this.#nodes()).length;
  }

  /** Resets all batch-norms. They then use batch statistics and collect the mean over the batches. */
  gatherStatistics(): void {
    for (const norm of this.#norms.all) {
      norm.resetRunningStats();
      Object.assign(norm, { training: true, momentum: null });
    }
    for (const { statistics } of this.#nodes()) statistics.save();
  }

  /** Makes all batch-norms use batch statistics without collecting them. */
  useBatchStatistics(): void {
    for (const norm of this.#norms.all) Object.assign(norm, { training: true, momentum: 0 });
  }

  /** Makes all batch-norms use their collected statistics. */
  useStatistics(): void {
    for (const [i, norm] of this.#norms.all.entries())
      Object.assign(norm, { training: false, momentum: this.#norms.momentum[i] });
  }

  /**
   * Runs all stages of the subnets with one backbone on a batch. Call it without gradients.
   * @param backbone index of the backbone
   * @param visit called with each subnet's index and its detections
   */
  run(
    backbone: number,
    maps: readonly Tensor[],
    sizes: readonly ImageSize[],
    visit: (subnet: number, found: Detections[]) => void,
  ): void {
    const { activateHeads } = this.#model;
    const descend = (nodes: Iterable<Node>, input: unknown) => {
      for (const { depth, example, statistics, children, subnets } of nodes)
        tidy(() => {
          activateHeads(example);
          const output = statistics.with(() => stagesOf(this.#model)[depth]!.run(input, sizes));
          for (const subnet of subnets) visit(subnet, output as Detections[]);
          descend(children.values(), output);
        });
    };
    descend(this.#roots[backbone]!.values(), maps);
  }

  /** Removes a subnet, and the stages that no other subnet uses. */
  drop(subnet: number): void {
    const prune = (nodes: Map<string, Node>) => {
      for (const [key, { children, subnets, statistics }] of nodes) {
        prune(children);
        subnets.delete(subnet);
        if (subnets.size > 0 || children.size > 0) continue;
        statistics[Symbol.dispose]();
        nodes.delete(key);
      }
    };
    for (const root of this.#roots) prune(root);
  }

  /** Makes the norms normalize by running statistics again: those of the stages that ran last. */
  [Symbol.dispose](): void {
    this.useStatistics();
    for (const { statistics } of this.#nodes()) statistics[Symbol.dispose]();
  }

  *#nodes(nodes: Iterable<Node> = this.#roots.flatMap((root) => [...root.values()])): Generator<Node> {
    for (const node of nodes) {
      yield node;
      yield* this.#nodes(node.children.values());
    }
  }
}

/** Returns the active stages of a detector. If they are the same for every subnet, there is one. */
function stagesOf({ detector, stages }: HeadModel): readonly InferenceStage[] {
  if (stages) return stages();
  return [
    {
      key: "detections",
      modules: headsOf(detector),
      run: (maps, sizes) => detector.detectFromFeatures(maps as readonly Tensor[], sizes),
    },
  ];
}

/** Batch-norm statistics of a stage. The norms themselves are shared with the same stage of other subnets. */
class OwnStatistics implements Disposable {
  readonly #shared: readonly Tensor[];
  readonly #own: readonly Tensor[];

  /** Starts with the current statistics of the norms. */
  constructor(norms: readonly nn.BatchNorm2d[]) {
    this.#shared = norms.flatMap((norm) => Array.from(norm.namedBuffers(), ([, tensor]) => tensor));
    this.#own = this.#shared.map((tensor) => noGrad(() => tensor.clone().keep()));
  }

  /** Stores the current statistics of the norms. */
  save(): void {
    copy(this.#shared, this.#own);
  }

  /** Runs `body` with these statistics in the norms, and stores their new values. */
  with<T>(body: () => T): T {
    copy(this.#own, this.#shared);
    const result = body();
    this.save();
    return result;
  }

  [Symbol.dispose](): void {
    for (const tensor of this.#own) tensor.dispose();
  }
}

function copy(from: readonly Tensor[], to: readonly Tensor[]): void {
  noGrad(() => {
    for (const [i, tensor] of to.entries()) tensor.copy_(from[i]!);
  });
}

/** Returns the parts of a detector outside its backbone. */
const headsOf = (detector: nn.Module): nn.Module[] =>
  Array.from(detector.namedChildren()).flatMap(([name, child]) => (name === "backbone" ? [] : [child]));

const normsWithin = (module: nn.Module): nn.BatchNorm2d[] =>
  Array.from(module.namedModules(), ([, inner]) => inner).filter(
    (inner) => inner instanceof nn.BatchNorm2d,
  ) as nn.BatchNorm2d[];
