import type { Scope, Value } from "@supernet/nas/onnx";
import { exportBestOfLevel, exportCorners, exportFlat } from "../onnx/dense-head.js";
import {
  type DetectorGraph,
  exporterWithin,
  type GraphDetections,
  layerExporter,
} from "../onnx/detector-graph.js";
import { concat, rowsOfImages } from "../onnx/operators.js";
import { exportPyramid } from "../onnx/pyramid.js";
import { exportClippedCandidates, exportDetections, exportSelection } from "../onnx/selection.js";
import { exportStack } from "../onnx/stack.js";
import type { FcosSettings } from "./fcos.settings.js";

/** Adds an FCOS to a graph. It detects the same as `Fcos.detect`. */
export function exportFcos(graph: DetectorGraph<FcosSettings>): GraphDetections {
  const { scope, maps, strides, settings, classes, layers, limits } = graph;
  const { pyramid, preNms, head } = settings;
  const layer = layerExporter(scope, layers);
  const neck = { maps, strides, settings: pyramid, layer: exporterWithin("neck", layer) };
  const { levels } = exportPyramid(scope, neck);
  const inHead = exporterWithin("bbox_head", layer);
  const best = levels.map((level, i) => {
    const branch = (stack: string) =>
      exportStack(scope, level, { depth: head.convs.length, layer: exporterWithin(stack, inHead) });
    const features = branch("reg_convs");
    const scores = exportScores(scope, {
      logits: inHead("conv_cls", branch("cls_convs")),
      centerness: inHead("conv_centerness", features),
    });
    const distances = inHead("conv_reg", features);
    const stride = pyramid.strides[i]!;
    const chosen = exportBestOfLevel(scope, scores, { perLocation: 1, classes, max: preNms });
    const positive = scope.add("Relu", [distances], distances.shape);
    const picked = rowsOfImages(scope, exportFlat(scope, positive, 4), chosen.indices);
    const signs = scope.constant("sides", [4], Float32Array.of(-stride, -stride, stride, stride));
    const shifts = scope.node("Mul", [picked, signs]);
    return {
      scores: chosen.scores,
      classes: chosen.classes,
      boxes: scope.node("Add", [exportCorners(scope, chosen, stride), shifts]),
    };
  });
  const joined = (key: "scores" | "classes" | "boxes") =>
    concat(
      scope,
      best.map((level) => level[key]),
      1,
    );
  const all = { scores: joined("scores"), boxes: joined("boxes") };
  const labels = joined("classes");
  const candidates = exportClippedCandidates(scope, all, limits);
  const selected = exportSelection(scope, candidates, { labels, labelCount: classes, settings });
  return exportDetections(scope, candidates, selected, rowsOfImages(scope, labels, selected.indices));
}

/** Adds the geometric mean of the probability of each class and the centerness: [N, classes, H, W]. */
function exportScores(
  scope: Scope,
  { logits, centerness }: { readonly logits: Value; readonly centerness: Value },
): Value {
  const probability = scope.add("Sigmoid", [logits], logits.shape);
  const center = scope.add("Sigmoid", [centerness], centerness.shape);
  const product = scope.add("Mul", [probability, center], logits.shape);
  return scope.add("Sqrt", [product], logits.shape);
}
