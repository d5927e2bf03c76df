import type { Subnet } from "@supernet/nas";
import { type PrefixNode, type PrefixStep, PrefixTree } from "@supernet/nas/supernet";
import { nn, noGrad, type Tensor, tidy } from "@supernet/torch";
import type { Detections, ImageSize, InferenceStage } from "@supernet/vision";
import type { DetectorModel } from "./detector.js";

type HeadModel = Pick<DetectorModel, "detector" | "activateHeads" | "stages">;

/** Stage that one or more subnets share. */
interface Shared {
  readonly depth: number;
  /** A subnet whose sizes this stage and those before it have. */
  readonly example: Subnet;
  readonly statistics: OwnStatistics;
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
  /** Stages of the subnets with each backbone. */
  readonly #trees: readonly PrefixTree<Shared>[];
  readonly #norms: Norms;

  /** @param backbones indices of the subnets with each backbone */
  constructor(model: HeadModel, subnets: readonly Subnet[], backbones: readonly (readonly number[])[]) {
    this.#model = model;
    const all = headsOf(model.detector).flatMap(normsWithin);
    this.#norms = { all, momentum: all.map(({ momentum }) => momentum) };
    this.#trees = backbones.map((indices) => {
      const tree = new PrefixTree<Shared>(({ statistics }) => statistics[Symbol.dispose]());
      for (const index of indices) tree.add(index, this.#stepsOf(subnets[index]!));
      return tree;
    });
  }

  #stepsOf(subnet: Subnet): PrefixStep<Shared>[] {
    this.#model.activateHeads(subnet);
    return stagesOf(this.#model).map(({ key, modules }, depth) => ({
      key,
      create: () => ({
        depth,
        example: subnet,
        statistics: new OwnStatistics(modules.flatMap(normsWithin)),
      }),
    }));
  }

  /** Number of stages that run per batch. */
  get size(): number {
    return Array.from(this.#shared()).length;
  }

  /** Resets all batch-norms. They then use batch statistics and collect the mean over the batches. */
  gatherStatistics(): void {
    for (const norm of this.#norms.all) {
      norm.resetRunningStats();
      Object.assign(norm, { training: true, momentum: null });
    }
    for (const { statistics } of this.#shared()) statistics.save();
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
    let active: Subnet | undefined;
    const descend = (nodes: ReadonlyMap<string, PrefixNode<Shared>>, input: unknown) => {
      for (const { value, children, subnets } of nodes.values())
        tidy(() => {
          const { depth, example, statistics } = value;
          if (active !== example) this.#model.activateHeads(example);
          active = example;
          const output = statistics.with(() => stagesOf(this.#model)[depth]!.run(input, sizes));
          for (const subnet of subnets) visit(subnet, output as Detections[]);
          descend(children, output);
        });
    };
    descend(this.#trees[backbone]!.roots, maps);
  }

  /** Removes a subnet, and the stages that no other subnet uses. */
  drop(subnet: number): void {
    for (const tree of this.#trees) tree.drop(subnet);
  }

  /** Makes the norms normalize by running statistics again: those of the stages that ran last. */
  [Symbol.dispose](): void {
    this.useStatistics();
    for (const tree of this.#trees) tree[Symbol.dispose]();
  }

  *#shared(): Generator<Shared> {
    for (const tree of this.#trees) yield* tree.values();
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
