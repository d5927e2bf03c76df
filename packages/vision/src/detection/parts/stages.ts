import { type nn, noGrad, type Tensor, tidy } from "@supernet/torch";
import type { Detections, ImageSize } from "../boxes/boxes.js";
import type { ConvStackSettings, PyramidSettings } from "../common.settings.js";
import type { ConvStack } from "./conv-norm.js";
import type { FeaturePyramid } from "./feature-pyramid.js";

/** A stage of a detector's inference, after the backbone. */
export interface InferenceStage<Input = unknown, Output = unknown> {
  /** Identifies the sizes that the stage depends on, besides those of the stages before it. */
  readonly key: string;
  /** Modules that run only in this stage. */
  readonly modules: readonly nn.Module[];
  /**
   * Computes the input of the next stage; the last one returns the detections.
   * @param input result of the stage before, or the backbone's feature maps. Must not be changed.
   * @param sizes size of each image without its padding
   */
  run(input: Input, sizes: readonly ImageSize[]): Output;
}

/** Stages in order. Adding one checks that it continues with the type of the last one's result. */
export class StageChain<Output> {
  readonly stages: readonly InferenceStage[];

  private constructor(stages: readonly InferenceStage[]) {
    this.stages = stages;
  }

  /** Starts with the backbone's feature maps. */
  static fromMaps(): StageChain<readonly Tensor[]> {
    return new StageChain([]);
  }

  add<Next>(stage: InferenceStage<Output, Next>): StageChain<Next> {
    return new StageChain([...this.stages, stage as InferenceStage]);
  }
}

/** Returns the key of a stage. */
export const stageKey = (name: string, ...sizes: readonly unknown[]): string =>
  JSON.stringify([name, ...sizes]);

/** Feature maps of a dense head's branches, by level. */
export interface BranchFeatures {
  readonly classes: readonly Tensor[];
  readonly boxes: readonly Tensor[];
}

/** A detector with a pyramid, and a head of two branches of convolutions that all levels share. */
interface TwoBranches {
  readonly neck: FeaturePyramid;
  readonly bbox_head: { readonly cls_convs: ConvStack; readonly reg_convs: ConvStack };
}

/** Returns the stages of the pyramid and of the branches: each convolution of both is one. */
export function branchStages(
  { neck, bbox_head: { cls_convs, reg_convs } }: TwoBranches,
  { pyramid, head }: { readonly pyramid: PyramidSettings; readonly head: ConvStackSettings },
): StageChain<BranchFeatures> {
  const start = StageChain.fromMaps().add({
    key: stageKey("pyramid", pyramid.strides, pyramid.channels),
    modules: [neck],
    run: (maps): BranchFeatures => {
      const levels = neck.forward(maps);
      return { classes: levels, boxes: levels };
    },
  });
  return head.convs.reduce(
    (chain, width, i) =>
      chain.add({
        key: stageKey("conv", width),
        modules: [cls_convs.at(i)!, reg_convs.at(i)!],
        run: ({ classes, boxes }) => ({
          classes: classes.map((x) => cls_convs.forwardAt(i, x)),
          boxes: boxes.map((x) => reg_convs.forwardAt(i, x)),
        }),
      }),
    start,
  );
}

/** Runs all stages. Does not record gradients. */
export const runStages = (
  stages: readonly InferenceStage[],
  maps: readonly Tensor[],
  sizes: readonly ImageSize[],
): Detections[] =>
  noGrad(() =>
    tidy(() => stages.reduce<unknown>((input, stage) => stage.run(input, sizes), maps) as Detections[]),
  );
