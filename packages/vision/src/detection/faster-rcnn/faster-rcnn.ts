import { parseOptions, requireInteger } from "@supernet/base";
import { arange, nn, noGrad, type Tensor, tidy, zeros } from "@supernet/torch";
import { type Backbone, requireBackbone } from "../../backbones/backbone.js";
import { type Anchors, anchorsPerPosition, gridAnchors } from "../boxes/anchors.js";
import { decodeBoxes, PROPOSAL_WEIGHTS } from "../boxes/box-coder.js";
import {
  type Boxes,
  boxTensor,
  type Detections,
  type GroundTruth,
  type ImageSize,
  indexTensor,
} from "../boxes/boxes.js";
import {
  type DetectorSection,
  defineDetector,
  detectorLayers,
  type ElasticDetector,
  type MapShapes,
} from "../detector.js";
import { type DensePredictions, mapSizes } from "../parts/dense-head.js";
import { layersWithin, type ModuleBuilder, modulesWithin, plainModules } from "../parts/detector-layers.js";
import { type Distillation, distillDense, type OutputLevels } from "../parts/distillation.js";
import { FeaturePyramid, neckSection, pyramidInference } from "../parts/feature-pyramid.js";
import { chain, type Operation } from "../parts/inference.js";
import { selectDetections } from "../parts/select-detections.js";
import { type InferenceStage, runStages, StageChain, stageKey } from "../parts/stages.js";
import {
  BoxHead,
  type BoxPredictions,
  boxHeadLayers,
  boxHeadLosses,
  distillBoxHead,
  type RegionTargets,
  sampleRegions,
} from "./box-head.js";
import { type FasterRcnnSettings, fasterRcnnSchema } from "./faster-rcnn.settings.js";
import { orderByLevel, poolRegions, type Regions } from "./regions.js";
import { RpnHead, rpnLayers, rpnLosses, selectProposals } from "./rpn.js";

/** Losses of Faster R-CNN, each a scalar. */
export interface FasterRcnnLosses extends Record<string, Tensor> {
  lossRpnClassification: Tensor;
  lossRpnBox: Tensor;
  lossClassification: Tensor;
  lossBox: Tensor;
}

/**
 * Wrapper of the box head. It exists only to give the parameters mmdet's names (`roi_head.bbox_head`).
 */
class RoiHead extends nn.Module {
  readonly bbox_head: BoxHead;

  constructor(head: BoxHead) {
    super();
    this.bbox_head = head;
  }
}

/** Output of the first stage. */
interface FirstStage {
  readonly levels: readonly Tensor[];
  readonly anchors: Anchors;
  readonly predictions: DensePredictions;
}

/** What a subnet that learns needs, besides the outputs of the largest one. */
interface Taught {
  readonly levels: OutputLevels;
  readonly targets: RegionTargets;
}

/** Losses of a box head without regions. */
const noLosses = (device: string) => ({ classification: zeros([], { device }), box: zeros([], { device }) });

/** Regions of a batch, and their features. */
interface PooledRegions {
  readonly regions: Regions;
  /** [regions, C, roiSize, roiSize]; undefined if there are no regions. */
  readonly features: Tensor | undefined;
}

/**
 * Faster R-CNN (https://arxiv.org/abs/1506.01497) on a feature pyramid (https://arxiv.org/abs/1612.03144).
 *
 * 1. The backbone and the pyramid compute feature maps.
 * 2. The region proposal network (RPN) proposes regions on every pyramid level.
 * 3. The box head classifies each region and refines its box.
 *
 * Fields with underscores are parameter names in the state dict, which are mmdet's.
 *
 * @example
 * const detector = new FasterRcnn(backbone, settings, classes);
 * const losses = detector.forward(images, sizes, groundTruth, [seed, iteration]); // training
 * const detections = detector.eval().detect(images, sizes); // inference, one entry per image
 */
export class FasterRcnn extends nn.Module implements ElasticDetector<FasterRcnnSettings> {
  readonly backbone: Backbone;
  readonly neck: FeaturePyramid;
  readonly rpn_head: RpnHead;
  readonly roi_head: RoiHead;
  settings: FasterRcnnSettings;
  readonly #classes: number;

  /** @param build returns the modules of the layers. Default: plain ones for the settings. */
  constructor(backbone: Backbone, settings: FasterRcnnSettings, classes: number, build?: ModuleBuilder) {
    super();
    requireBackbone("FasterRcnn: backbone", backbone);
    const { pyramid, head } = parseOptions("FasterRcnn", fasterRcnnSchema, settings);
    requireInteger("FasterRcnn: classes", classes, { min: 1 });
    const modules = build ?? plainModules(detectorLayers(sections, { maps: backbone, settings, classes }));
    const within = (path: string) => modulesWithin(path, modules);
    this.backbone = backbone;
    this.neck = new FeaturePyramid(backbone, pyramid, within("neck"));
    this.rpn_head = new RpnHead(within("rpn_head"));
    this.roi_head = new RoiHead(new BoxHead(pyramid.channels, head, classes, within("roi_head.bbox_head")));
    this.settings = settings;
    this.#classes = classes;
  }

  configure(settings: FasterRcnnSettings): void {
    this.settings = settings;
    this.neck.configure(settings.pyramid);
    this.roi_head.bbox_head.configure(settings.head);
  }

  /** Computes the four losses. See {@link Detector.forward}. */
  forward(
    images: Tensor,
    sizes: readonly ImageSize[],
    groundTruth: readonly GroundTruth[],
    rngKey: readonly (number | string)[],
    distillation?: Distillation,
  ): FasterRcnnLosses {
    const { rpn, head } = this.settings;
    const { levels, anchors, predictions } = this.#firstStage(this.backbone.forward(images));
    if (distillation?.teaches === false) return this.#learn({ levels, anchors, predictions }, distillation);
    const proposals = selectProposals(predictions, { anchors, sizes, settings: rpn, mode: "train" });
    const rpnLoss = rpnLosses(predictions, { anchors, groundTruth, settings: rpn, rngKey });
    const targets = sampleRegions(proposals, groundTruth, {
      classes: this.#classes,
      levels: this.#pooledLevels,
      settings: head,
      rngKey,
    });
    const boxes = targets.labels.length === 0 ? undefined : this.#predict(levels, targets.regions);
    distillation?.keep(
      {
        logits: predictions.logits,
        boxes: predictions.deltas,
        probabilities: boxes?.logits.softmax(1),
        deltas: boxes?.deltas,
      },
      { levels: this.#outputLevels(anchors), targets } satisfies Taught,
    );
    const headLoss = boxes ? boxHeadLosses(boxes, targets, head) : noLosses(images.device);
    return {
      lossRpnClassification: rpnLoss.classification,
      lossRpnBox: rpnLoss.box,
      lossClassification: headLoss.classification,
      lossBox: headLoss.box,
    };
  }

  /** Computes the losses of a subnet that learns from the largest one. */
  #learn({ levels, anchors, predictions }: FirstStage, distillation: Distillation): FasterRcnnLosses {
    const taught = distillation.data<Taught>();
    const rpn = distillDense(
      { logits: predictions.logits, boxes: predictions.deltas },
      this.#outputLevels(anchors),
      { logits: distillation.output("logits")!, boxes: distillation.output("boxes")! },
      taught.levels,
    );
    const { sampled } = taught.targets;
    const { regions, order } = orderByLevel(sampled, this.#pooledLevels, this.settings.head.finestScale);
    const probabilities = distillation.output("probabilities");
    const deltas = distillation.output("deltas");
    const head =
      probabilities && deltas
        ? distillBoxHead(this.#predict(levels, regions), order, {
            targets: taught.targets,
            probabilities,
            deltas,
          })
        : noLosses(predictions.logits.device);
    return {
      lossRpnClassification: rpn.classification,
      lossRpnBox: rpn.box,
      lossClassification: head.classification,
      lossBox: head.box,
    };
  }

  #outputLevels({ counts }: Anchors): OutputLevels {
    return { strides: this.settings.pyramid.strides, counts };
  }

  detect(images: Tensor, sizes: readonly ImageSize[]): Detections[] {
    return noGrad(() => tidy(() => this.detectFromFeatures(this.backbone.forward(images), sizes)));
  }

  detectFromFeatures(features: readonly Tensor[], sizes: readonly ImageSize[]): Detections[] {
    return runStages(this.stages(), features, sizes);
  }

  stages(): readonly InferenceStage[] {
    const { pyramid, rpn, head } = this.settings;
    const { shared_convs, shared_fcs, fc_cls, fc_reg } = this.roi_head.bbox_head;
    const pooled = StageChain.fromMaps()
      .add({
        key: stageKey("rpn", pyramid.strides, pyramid.channels),
        modules: [this.neck, this.rpn_head],
        run: (maps) => this.#firstStage(maps),
      })
      .add({
        key: stageKey("proposals", rpn.preNms.test, rpn.postNms.test),
        modules: [],
        run: (first, sizes) => this.#poolProposals(first, sizes),
      });
    return head.convs
      .reduce(
        (chain, width, i) =>
          chain.add({
            key: stageKey("conv", width),
            modules: [shared_convs.at(i)!],
            run: ({ regions, features }) => ({
              regions,
              features: features && shared_convs.forwardAt(i, features),
            }),
          }),
        pooled,
      )
      .add({
        key: stageKey("detections", head.fcs),
        modules: [shared_fcs, fc_cls, fc_reg],
        run: (pooled, sizes) => this.#detections(pooled, sizes),
      }).stages;
  }

  /** Runs the box head on the maximum number of image-sized proposals. See {@link Detector.runWorstCase}. */
  runWorstCase(images: Tensor): void {
    noGrad(() =>
      tidy(() => {
        const { preNms, postNms } = this.settings.rpn;
        const { levels, anchors } = this.#firstStage(this.backbone.forward(images));
        const candidates = anchors.counts.reduce((sum, count) => sum + Math.min(count, preNms.test), 0);
        const [count, , height, width] = images.shape as [number, number, number, number];
        const largest = Array.from({ length: Math.min(candidates, postNms.test) }, () => [
          0,
          0,
          width,
          height,
        ]);
        const proposals = Array.from({ length: count }, () => Float32Array.from(largest.flat()));
        this.#predict(levels, this.#regions(proposals));
      }),
    );
  }

  #firstStage(features: readonly Tensor[]): FirstStage {
    const { anchors, pyramid } = this.settings;
    const levels = this.neck.forward(features);
    return {
      levels,
      anchors: gridAnchors(mapSizes(levels), pyramid.strides, anchors),
      predictions: this.rpn_head.forward(levels),
    };
  }

  /** Number of levels that regions are pooled from, which are those with a map of the backbone. */
  get #pooledLevels(): number {
    return this.neck.mapLevels;
  }

  #poolProposals({ levels, anchors, predictions }: FirstStage, sizes: readonly ImageSize[]): PooledRegions {
    const { rpn } = this.settings;
    const regions = this.#regions(
      selectProposals(predictions, { anchors, sizes, settings: rpn, mode: "test" }),
    );
    return { regions, features: regions.images.length === 0 ? undefined : this.#pool(levels, regions) };
  }

  #detections({ regions, features }: PooledRegions, sizes: readonly ImageSize[]): Detections[] {
    if (features === undefined) return sizes.map(noDetections);
    const { logits, deltas } = this.roi_head.bbox_head.predict(features);
    const { device } = logits;
    const candidates = {
      scores: logits.softmax(1).slice(1, 0, this.#classes),
      boxes: decodeBoxes(deltas, boxTensor(regions.boxes, device).unsqueeze(1), PROPOSAL_WEIGHTS),
      images: indexTensor(regions.images, device).unsqueeze(1),
      labels: arange(0, this.#classes, 1, { device }),
    };
    const { scoreThreshold, nms, detectionsPerImage } = this.settings;
    return selectDetections(candidates, sizes, { scoreThreshold, nms, detectionsPerImage });
  }

  #regions(proposals: readonly Boxes[]): Regions {
    return orderByLevel(proposals, this.#pooledLevels, this.settings.head.finestScale).regions;
  }

  #pool(levels: readonly Tensor[], regions: Regions): Tensor {
    const { head, pyramid } = this.settings;
    const { roiSize, samplingRatio, aligned } = head;
    return poolRegions(levels, regions, { strides: pyramid.strides, roiSize, samplingRatio, aligned });
  }

  #predict(levels: readonly Tensor[], regions: Regions): BoxPredictions {
    return this.roi_head.bbox_head.forward(this.#pool(levels, regions));
  }
}

/** Layers of a {@link FasterRcnn} outside its backbone. */
const sections: readonly DetectorSection<FasterRcnnSettings>[] = [
  neckSection,
  {
    sizes: ["pyramid.channels"],
    layers: (_, { pyramid, anchors }) =>
      layersWithin("rpn_head", rpnLayers(pyramid.channels, anchorsPerPosition(anchors))),
  },
  {
    sizes: ["pyramid.channels", "head.convs.depth", "head.convs.width", "head.fcs"],
    layers: (_, { pyramid, head }, classes) =>
      layersWithin("roi_head.bbox_head", boxHeadLayers(pyramid.channels, head, classes)),
  },
];

/** Describes the inference with the maximum number of proposals. */
function inference(maps: MapShapes, { pyramid, anchors, rpn, head }: FasterRcnnSettings): Operation[] {
  const { operations, levels, mapLevels } = pyramidInference("neck", maps, pyramid);
  const { channels } = pyramid;
  const rpnOperations = levels.flatMap(({ value, shape }): Operation[] => {
    const [hidden] = chain([{ path: "rpn_head.rpn_conv", channels }], { reads: value, shape });
    const last = (layer: string) => ({ layer, reads: [hidden!.writes], writes: `${value}/${layer}`, shape });
    return [hidden!, last("rpn_head.rpn_cls"), last("rpn_head.rpn_reg")];
  });
  const perPosition = anchorsPerPosition(anchors);
  const candidates = levels.map(({ shape }) =>
    Math.min(shape[1]! * shape[2]! * perPosition, rpn.preNms.test),
  );
  const times = Math.min(
    candidates.reduce((sum, count) => sum + count, 0),
    rpn.postNms.test,
  );
  const path = "roi_head.bbox_head";
  const { roiSize, convs, fcs } = head;
  const pooled = [channels, roiSize, roiSize];
  const stack = chain(
    convs.map((out, i) => ({ path: `${path}.shared_convs.${i}`, channels: out })),
    { reads: "pooled", shape: pooled, times },
  );
  const features = (convs.at(-1) ?? channels) * roiSize * roiSize;
  const hidden = chain(
    fcs.map((width, i) => ({ path: `${path}.shared_fcs.${i}`, channels: width })),
    { reads: stack.at(-1)?.writes ?? "pooled", shape: [features], times },
  );
  const reads = [hidden.at(-1)?.writes ?? stack.at(-1)?.writes ?? "pooled"];
  const shape = [fcs.at(-1) ?? features];
  return [
    ...operations,
    ...rpnOperations,
    { reads: levels.slice(0, mapLevels).map(({ value }) => value), writes: "pooled", shape: pooled, times },
    ...stack,
    ...hidden,
    { layer: `${path}.fc_cls`, reads, writes: "logits", shape, times },
    { layer: `${path}.fc_reg`, reads, writes: "deltas", shape, times },
  ];
}

/** Definition of Faster R-CNN. */
export const fasterRcnn = defineDetector({
  kind: "faster-rcnn",
  settings: fasterRcnnSchema,
  build: (backbone, settings, classes, modules) => new FasterRcnn(backbone, settings, classes, modules),
  sections,
  inference,
});

function noDetections(): Detections {
  return { boxes: new Float32Array(0), scores: new Float32Array(0), labels: new Int32Array(0) };
}
