import type { Scope, Value } from "@supernet/nas/onnx";
import { PROPOSAL_WEIGHTS } from "../boxes/box-coder.js";
import { exportDecode } from "../onnx/box-operators.js";
import { exportBestAnchors } from "../onnx/dense-head.js";
import {
  type DetectorGraph,
  exporterWithin,
  type GraphDetections,
  type LayerExporter,
  layerExporter,
} from "../onnx/detector-graph.js";
import {
  batchOf,
  column,
  concat,
  filled,
  gather,
  remainder,
  reshape,
  rowsOfImages,
  transpose,
  unsqueeze,
} from "../onnx/operators.js";
import { exportPyramid } from "../onnx/pyramid.js";
import {
  exportAbsent,
  exportClippedCandidates,
  exportDetections,
  exportSelection,
  exportSelectionPerClass,
} from "../onnx/selection.js";
import { exportStack } from "../onnx/stack.js";
import type { BoxHeadSettings, FasterRcnnSettings } from "./faster-rcnn.settings.js";
import { LEVEL_MARGIN } from "./regions.js";

/** Adds a Faster R-CNN to a graph. It detects the same as `FasterRcnn.detect`. */
export function exportFasterRcnn(graph: DetectorGraph<FasterRcnnSettings>): GraphDetections {
  const { scope, maps, strides, settings, classes, layers, limits } = graph;
  const { pyramid, rpn, head } = settings;
  const layer = layerExporter(scope, layers);
  const neck = { maps, strides, settings: pyramid, layer: exporterWithin("neck", layer) };
  const { levels, mapLevels } = exportPyramid(scope, neck);
  const proposals = exportProposals(graph, levels);

  // All regions in the order of their levels, with the index of each region's image and place in it.
  const regions = exportRegions(scope, proposals, { levels: mapLevels, finestScale: head.finestScale });
  const pooled = exportPooling(scope, levels, regions, { strides: pyramid.strides, settings: head });
  // Pooled regions have the same size for images of any size.
  const pooledLayer = layerExporter(scope.withFixedSizes(), layers);
  const { logits, deltas } = exportBoxHead(
    scope,
    pooled,
    head,
    exporterWithin("roi_head.bbox_head", pooledLayer),
  );
  const boxes = concat(scope, regions.boxes, 0);
  const indices = concat(scope, regions.indices, 0);
  const probabilities = scope.node("Softmax", [logits], { axis: { int: 1 } });
  const ofClasses = scope.node("Slice", [
    probabilities,
    scope.integers(0),
    scope.integers(classes),
    scope.integers(1),
  ]);
  const decoded = exportDecode(
    scope,
    reshape(scope, deltas, -1, classes, 4),
    unsqueeze(scope, boxes, 1),
    PROPOSAL_WEIGHTS,
  );

  // Back to the places of the proposals in each image.
  const places = rpn.postNms.test;
  const absent = exportAbsent(scope, proposals.boxes, places, classes);
  const scores = scope.node("ScatterND", [absent, indices, ofClasses]);
  const shape = concat(scope, [batchOf(scope, proposals.boxes), scope.integers(places, classes, 4)], 0);
  const placed = scope.node("ScatterND", [filled(scope, 0, shape), indices, decoded]);
  const candidates = exportClippedCandidates(
    scope,
    { scores: reshape(scope, scores, 0, -1), boxes: reshape(scope, placed, 0, -1, 4) },
    limits,
  );
  const selected = exportSelectionPerClass(scope, candidates, { regions: places, classes, settings });
  return exportDetections(scope, candidates, selected, remainder(scope, selected.indices, classes));
}

/** Proposals of each image, best first. */
interface GraphProposals {
  /** float32 [N, postNms, 4] */
  readonly boxes: string;
  /** Whether there is such a proposal, bool [N, postNms]. */
  readonly present: string;
}

function exportProposals(
  { scope, settings, layers, limits }: DetectorGraph<FasterRcnnSettings>,
  levels: readonly Value[],
): GraphProposals {
  const { anchors, pyramid, rpn } = settings;
  const head = exporterWithin("rpn_head", layerExporter(scope, layers));
  const predictions = levels.map((level) => {
    const conv = head("rpn_conv", level);
    const hidden = scope.add("Relu", [conv], conv.shape);
    return { logits: head("rpn_cls", hidden), deltas: head("rpn_reg", hidden) };
  });
  const best = exportBestAnchors(scope, predictions, {
    strides: pyramid.strides,
    anchors,
    classes: 1,
    max: rpn.preNms.test,
  });
  const candidates = exportClippedCandidates(scope, { scores: best.logits, boxes: best.boxes }, limits);
  const { indices, present } = exportSelection(scope, candidates, {
    labels: best.levels,
    labelCount: levels.length,
    settings: { scoreThreshold: null, nms: rpn.nms, detectionsPerImage: rpn.postNms.test },
  });
  return { boxes: rowsOfImages(scope, candidates.boxes, indices), present };
}

/** Regions of all images, by the level that they are pooled from. */
interface GraphRegions {
  /** float32 [K, 4] of each level */
  readonly boxes: readonly string[];
  /** Index of the image and place among its proposals, int64 [K, 2] of each level. */
  readonly indices: readonly string[];
}

/** Distributes the proposals of all images to the levels, as `orderByLevel` does. */
function exportRegions(
  scope: Scope,
  { boxes, present }: GraphProposals,
  { levels, finestScale }: { readonly levels: number; readonly finestScale: number },
): GraphRegions {
  const indices = transpose(scope, scope.node("NonZero", [present]), 1, 0);
  const own = scope.node("GatherND", [boxes, indices]);
  if (levels === 1) return { boxes: [own], indices: [indices] };
  const corner = (i: number) => column(scope, own, i);
  const side = (axis: number) => scope.node("Sub", [corner(axis + 2), corner(axis)]);
  const area = scope.node("Mul", [side(0), side(1)]);
  // The level is compared by area. This avoids a logarithm, whose rounding differs between runtimes.
  const minArea = (level: number) => scope.number((finestScale * 2 ** (level - LEVEL_MARGIN)) ** 2);
  const chosen = Array.from({ length: levels }, (_, level) => {
    const bounds = [
      ...(level > 0 ? [scope.node("GreaterOrEqual", [area, minArea(level)])] : []),
      ...(level < levels - 1 ? [scope.node("Less", [area, minArea(level + 1)])] : []),
    ];
    const mask = bounds.length === 1 ? bounds[0]! : scope.node("And", bounds);
    return reshape(scope, scope.node("NonZero", [reshape(scope, mask, -1)]), -1);
  });
  return {
    boxes: chosen.map((rows) => gather(scope, own, rows)),
    indices: chosen.map((rows) => gather(scope, indices, rows)),
  };
}

/** Pools each region from its level, as `poolRegions` does. Returns [K, C, roiSize, roiSize]. */
function exportPooling(
  scope: Scope,
  levels: readonly Value[],
  { boxes, indices }: GraphRegions,
  { strides, settings }: { readonly strides: readonly number[]; readonly settings: BoxHeadSettings },
): Value {
  const { roiSize, samplingRatio, aligned } = settings;
  const shape = [levels[0]!.shape[0]!, roiSize, roiSize];
  const parts = boxes.map((regions, level) => {
    const images = reshape(scope, column(scope, indices[level]!, 0), -1);
    return scope.node("RoiAlign", [levels[level]!, regions, images], {
      coordinate_transformation_mode: { text: aligned ? "half_pixel" : "output_half_pixel" },
      output_height: { int: roiSize },
      output_width: { int: roiSize },
      sampling_ratio: { int: samplingRatio },
      spatial_scale: { float: 1 / strides[level]! },
    });
  });
  return scope.add("Concat", parts, shape, { axis: { int: 0 } });
}

/** Adds the box head. See `BoxHead`. */
function exportBoxHead(
  scope: Scope,
  pooled: Value,
  { convs, fcs }: BoxHeadSettings,
  layer: LayerExporter,
): { logits: Value; deltas: Value } {
  const map = exportStack(scope, pooled, {
    depth: convs.length,
    layer: exporterWithin("shared_convs", layer),
  });
  const features = map.shape.reduce((product, size) => product * size);
  const flat = scope.add("Flatten", [map], [features], { axis: { int: 1 } });
  const hidden = fcs.reduce((value, width, i) => {
    const output = layer(`shared_fcs.${i}`, value);
    return scope.add("Relu", [output], [width]);
  }, flat);
  return { logits: layer("fc_cls", hidden), deltas: layer("fc_reg", hidden) };
}
