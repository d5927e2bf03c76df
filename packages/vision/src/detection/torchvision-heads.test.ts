import assert from "node:assert/strict";
import { test } from "node:test";
import { arange } from "@supernet/torch";
import {
  assertClose,
  boxesOf,
  checkAgainstTorchvision,
  leaf,
  type Nested,
  renamed,
  sizeOf,
  tensorOf,
  truthOf,
} from "../testing/torchvision-vectors.js";
import { gridAnchors } from "./boxes/anchors.js";
import { decodeBoxes, PROPOSAL_WEIGHTS } from "./boxes/box-coder.js";
import { boxTensor, type Detections, indexTensor, joinBoxes } from "./boxes/boxes.js";
import { BoxHead, boxHeadLosses } from "./faster-rcnn/box-head.js";
import { rpnLosses, selectProposals } from "./faster-rcnn/rpn.js";
import { FcosHead, fcosDetections, fcosLosses } from "./fcos/fcos.js";
import { gridLocations } from "./fcos/locations.js";
import { selectDetections } from "./parts/select-detections.js";
import { RetinaHead, retinaDetections, retinaLosses } from "./retinanet/retinanet.js";
import { torchvisionDetectors } from "./torchvision.settings.js";

const { "faster-rcnn": fasterRcnn, retinanet: retinaNet, fcos } = torchvisionDetectors;

function assertFound(
  found: readonly Detections[],
  expected: { boxes: readonly Nested[]; scores: readonly Nested[]; labels: readonly (readonly number[])[] },
): void {
  for (const [image, own] of found.entries()) {
    assertClose(own.boxes, expected.boxes[image]!);
    assertClose(own.scores, expected.scores[image]!);
    assert.deepEqual(Array.from(own.labels), expected.labels[image]);
  }
}

checkAgainstTorchvision((vectors) => {
  test("proposals, losses and gradients of the region proposal network", () => {
    const c = vectors().rpn;
    const logits = leaf(c.logits);
    const deltas = leaf(c.deltas);
    const predictions = { logits: logits.unsqueeze(-1), deltas };
    const anchors = gridAnchors(c.sizes.map(sizeOf), c.strides, { scales: [2], ratios: [0.5, 1, 2] });
    const settings = {
      ...fasterRcnn.rpn,
      preNms: { train: 40, test: 1 },
      postNms: { train: 25, test: 1 },
      samplesPerImage: 100000,
    };
    const proposals = selectProposals(predictions, {
      anchors,
      sizes: c.shapes.map(sizeOf),
      settings,
      mode: "train",
    });
    for (const [image, expected] of c.proposals.entries()) assertClose(proposals[image]!, expected);
    const losses = rpnLosses(predictions, {
      anchors,
      groundTruth: c.truth.map((boxes) => truthOf(boxes)),
      settings,
      rngKey: [0],
    });
    assertClose([losses.classification.item(), losses.box.item()], c.losses);
    losses.classification.add(losses.box).backward();
    assertClose(logits.grad!, c.logitsGradient, 1e-6);
    assertClose(deltas.grad!, c.deltasGradient, 1e-6);
  });

  test("a box head of two fully connected layers with the same weights", () => {
    const c = vectors().boxHead;
    const head = new BoxHead(2, { ...fasterRcnn.head, roiSize: 3, fcs: [5, 5] }, 3);
    const names = {
      fc6: "shared_fcs.0",
      fc7: "shared_fcs.1",
      cls_score: "fc_cls",
      bbox_pred: "fc_reg",
    } as const;
    const state = renamed(c.weights, (name) => {
      const [module, kind] = name.split(".") as [keyof typeof names, string];
      return `${names[module]}.${kind}`;
    });
    // In torchvision the background is the first class, and also has a box.
    for (const kind of ["weight", "bias"]) {
      const logits = state.get(`fc_cls.${kind}`)!;
      state.set(`fc_cls.${kind}`, logits.roll([-1], [0]));
      const deltas = state.get(`fc_reg.${kind}`)!;
      state.set(`fc_reg.${kind}`, deltas.slice(0, 4));
    }
    head.loadStateDict(state);
    const { logits, deltas } = head.forward(tensorOf(c.pooled));
    assertClose(logits.roll([1], [1]), c.logits);
    assertClose(deltas.flatten(1), tensorOf(c.deltas).slice(1, 4).toArray() as Nested);
  });

  test("detections, losses and gradients of the box head", () => {
    const c = vectors().roiHead;
    const predictions = { logits: leaf(c.logits), deltas: leaf(c.deltas) };
    const regions = joinBoxes(c.proposals.map(boxesOf));
    const images = Int32Array.from(c.proposals.flatMap((own, image) => own.map(() => image)));
    const candidates = {
      scores: predictions.logits.softmax(1).slice(1, 0, 3),
      boxes: decodeBoxes(predictions.deltas, boxTensor(regions, "cpu").unsqueeze(1), PROPOSAL_WEIGHTS),
      images: indexTensor(images, "cpu").unsqueeze(1),
      labels: arange(0, 3),
    };
    const selection = { scoreThreshold: 0.1, nms: 0.3, detectionsPerImage: 6 };
    assertFound(selectDetections(candidates, c.shapes.map(sizeOf), selection), c);
    const targets = {
      regions: { boxes: regions, images, levelCounts: [images.length] },
      labels: Int32Array.from(c.targets),
      deltas: boxesOf(c.regression),
    };
    const losses = boxHeadLosses(predictions, targets, fasterRcnn.head);
    assertClose([losses.classification.item(), losses.box.item()], c.losses);
    losses.classification.add(losses.box).backward();
    assertClose(predictions.logits.grad!, c.logitsGradient, 1e-6);
    assertClose(predictions.deltas.grad!, c.deltasGradient, 1e-6);
  });

  test("RetinaNet's head with the same weights", () => {
    const c = vectors().retinaHead;
    const head = new RetinaHead(4, {
      settings: { ...retinaNet.head, convs: [4, 4, 4, 4] },
      anchorsPerPosition: 2,
      classes: c.classes,
    });
    const state = renamed(c.weights, (name) =>
      name
        .replace(/^\w+_head\./, "")
        .replace("cls_logits", "retina_cls")
        .replace("bbox_reg", "retina_reg")
        .replace(/^conv\.(\d)\.0/, `${name.startsWith("classification") ? "cls" : "reg"}_convs.$1.conv`),
    );
    head.loadStateDict(state);
    const { logits, deltas } = head.forward(c.maps.map(tensorOf));
    assertClose(logits, c.logits);
    assertClose(deltas, c.deltas);
  });

  test("RetinaNet's detections, losses and gradients", () => {
    const c = vectors().retinaNet;
    const predictions = { logits: leaf(c.logits), deltas: leaf(c.deltas) };
    const anchors = gridAnchors(c.sizes.map(sizeOf), c.strides, { scales: c.scales, ratios: c.ratios });
    const settings = { ...retinaNet, preNms: 40, scoreThreshold: 0.3, detectionsPerImage: 15 };
    assertFound(retinaDetections(predictions, anchors, c.shapes.map(sizeOf), settings), c);
    const truth = c.truth.map((boxes, image) => truthOf(boxes, c.truthLabels[image]!));
    const losses = retinaLosses(predictions, anchors, truth, settings.head);
    assertClose([losses.classification.item(), losses.box.item()], c.losses);
    losses.classification.add(losses.box).backward();
    assertClose(predictions.logits.grad!, c.logitsGradient, 1e-6);
    assertClose(predictions.deltas.grad!, c.deltasGradient, 1e-6);
  });

  test("FCOS's head with the same weights", () => {
    const c = vectors().fcosHead;
    const head = new FcosHead(6, { settings: { ...fcos.head, convs: [6, 6] }, classes: c.classes });
    const last = { cls_logits: "conv_cls", bbox_reg: "conv_reg", bbox_ctrness: "conv_centerness" } as const;
    const state = renamed(c.weights, (name) => {
      const [branch, module, ...rest] = name.split(".") as [string, string, ...string[]];
      if (module !== "conv") return [last[module as keyof typeof last], ...rest].join(".");
      // A convolution, a norm and a ReLU, in turn.
      const [index, kind] = [Number(rest[0]), rest[1]];
      const list = branch === "classification_head" ? "cls_convs" : "reg_convs";
      return [list, Math.floor(index / 3), index % 3 === 0 ? "conv" : "gn", kind].join(".");
    });
    head.loadStateDict(state);
    const { logits, distances, centerness } = head.forward(c.maps.map(tensorOf));
    assertClose(logits, c.logits);
    assertClose(distances, c.distances);
    assertClose(centerness, c.centerness);
  });

  test("FCOS's detections, losses and gradients", () => {
    const c = vectors().fcos;
    const predictions = {
      logits: leaf(c.logits),
      distances: leaf(c.distances),
      centerness: leaf(c.centerness),
    };
    const locations = gridLocations(c.sizes.map(sizeOf), c.strides);
    const settings = { ...fcos, preNms: 40, scoreThreshold: 0.45, nms: 0.5, detectionsPerImage: 15 };
    assertFound(fcosDetections(predictions, locations, c.shapes.map(sizeOf), settings), c);
    const truth = c.truth.map((boxes, image) => truthOf(boxes, c.truthLabels[image]!));
    const losses = fcosLosses(predictions, locations, truth, settings.head);
    assertClose([losses.classification.item(), losses.box.item(), losses.centerness.item()], c.losses);
    losses.classification.add(losses.box).add(losses.centerness).backward();
    assertClose(predictions.logits.grad!, c.logitsGradient, 1e-6);
    assertClose(predictions.distances.grad!, c.distancesGradient, 1e-6);
    assertClose(predictions.centerness.grad!, c.centernessGradient, 1e-6);
  });
});
