import { exportBestAnchors } from "../onnx/dense-head.js";
import {
  type DetectorGraph,
  exporterWithin,
  type GraphDetections,
  layerExporter,
} from "../onnx/detector-graph.js";
import { rowsOfImages } from "../onnx/operators.js";
import { exportPyramid } from "../onnx/pyramid.js";
import { exportClippedCandidates, exportDetections, exportSelection } from "../onnx/selection.js";
import { exportStack } from "../onnx/stack.js";
import type { RetinaNetSettings } from "./retinanet.settings.js";

/** Adds a RetinaNet to a graph. It detects the same as `RetinaNet.detect`. */
export function exportRetinaNet(graph: DetectorGraph<RetinaNetSettings>): GraphDetections {
  const { scope, maps, strides, settings, classes, layers, limits } = graph;
  const { anchors, pyramid, preNms, head } = settings;
  const layer = layerExporter(scope, layers);
  const neck = { maps, strides, settings: pyramid, layer: exporterWithin("neck", layer) };
  const { levels } = exportPyramid(scope, neck);
  const inHead = exporterWithin("bbox_head", layer);
  const predictions = levels.map((level) => {
    const branch = (stack: string) =>
      exportStack(scope, level, { depth: head.convs.length, layer: exporterWithin(stack, inHead) });
    return {
      logits: inHead("retina_cls", branch("cls_convs")),
      deltas: inHead("retina_reg", branch("reg_convs")),
    };
  });
  const best = exportBestAnchors(scope, predictions, {
    strides: pyramid.strides,
    anchors,
    classes,
    max: preNms,
  });
  const scores = scope.node("Sigmoid", [best.logits]);
  const candidates = exportClippedCandidates(scope, { scores, boxes: best.boxes }, limits);
  const selected = exportSelection(scope, candidates, {
    labels: best.classes,
    labelCount: classes,
    settings,
  });
  return exportDetections(scope, candidates, selected, rowsOfImages(scope, best.classes, selected.indices));
}
