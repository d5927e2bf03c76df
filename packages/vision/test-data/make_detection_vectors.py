"""Prints inputs and outputs of torchvision's detection operators as JSON.

Usage: python3 make_detection_vectors.py SEED > detection-vectors.json

The tests read the stored file, and also run this script with another seed if torchvision is installed.
"""

import json
import sys

import torch
from torchvision.models.detection import _utils, anchor_utils, faster_rcnn, fcos, retinanet, roi_heads, rpn
from torchvision.ops import FeaturePyramidNetwork, boxes as box_ops, feature_pyramid_network, poolers, roi_align
from torchvision.ops import generalized_box_iou_loss, sigmoid_focal_loss

DIGITS = 7


def plain(value):
    if isinstance(value, torch.Tensor):
        return plain(value.detach().tolist())
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return float(f"{value:.{DIGITS}g}") if isinstance(value, float) else value


def stored(tensor):
    """Rounds values to DIGITS, as in the JSON file, so both sides compute with the same values."""
    return torch.tensor(plain(tensor), dtype=tensor.dtype)


def normal(*shape):
    return stored(torch.randn(*shape))


def randomize(module):
    """Sets every weight to random values, and returns the weights by name. Running statistics do not change."""
    weights = {}
    with torch.no_grad():
        for name, value in module.named_parameters():
            weights[name] = value.copy_(stored(torch.rand_like(value) - (0.5 if value.dim() > 1 else 0.0)))
    return weights


def random_boxes(count, side, smallest=1.0):
    corner = torch.rand(count, 2) * side * 0.7
    extent = smallest + torch.rand(count, 2) * side * 0.5
    return stored(torch.cat([corner, corner + extent], dim=1))


def roi_align_cases():
    regions = torch.cat([torch.tensor([[0.0], [1.0], [1.0], [0.0], [1.0]]), random_boxes(5, 36)], dim=1)
    regions[3, 1:] = torch.tensor([-9.0, -5.0, 60.0, 44.0])
    regions[4, 1:] = torch.tensor([10.0, 10.0, 10.5, 12.0])
    for sampling_ratio in (0, 2):
        for aligned in (False, True):
            input = normal(2, 3, 7, 9).requires_grad_()
            output = roi_align(input, regions, (3, 2), 0.25, sampling_ratio, aligned)
            upstream = normal(*output.shape)
            output.backward(upstream)
            yield {
                "input": input,
                "rois": regions,
                "scale": 0.25,
                "samplingRatio": sampling_ratio,
                "aligned": aligned,
                "output": output,
                "upstream": upstream,
                "gradient": input.grad,
            }


def nms_case():
    boxes = stored((random_boxes(60, 40) / 2).round() * 2)
    scores = stored((torch.rand(60) * 10).round() / 10)
    groups = torch.randint(0, 4, (60,))
    thresholds = [0.0, 0.3, 0.5, 0.7]
    return {
        "boxes": boxes,
        "scores": scores,
        "groups": groups,
        "thresholds": thresholds,
        "kept": [box_ops.nms(boxes, scores, t) for t in thresholds],
        "keptInGroups": [box_ops._batched_nms_vanilla(boxes, scores, groups, t).sort()[0] for t in thresholds],
    }


def coder_case():
    weights = (10.0, 10.0, 5.0, 5.0)
    coder = _utils.BoxCoder(weights)
    references, targets = random_boxes(20, 100), random_boxes(20, 100)
    deltas = stored(torch.randn(20, 4) * 3)
    deltas[0] = torch.tensor([1.0, -1.0, 40.0, 21.0])
    return {
        "weights": weights,
        "references": references,
        "targets": targets,
        "encoded": coder.encode_single(targets, references),
        "deltas": deltas,
        "decoded": coder.decode_single(deltas, references),
    }


def grid(generator, sizes, strides):
    return generator.grid_anchors(sizes, [[torch.tensor(s), torch.tensor(s)] for s in strides])


def anchors_cases():
    scales, ratios, strides = [4, 6.5], [0.5, 1.0, 2.0], [4, 8, 10]
    generator = anchor_utils.AnchorGenerator(
        tuple(tuple(scale * stride for scale in scales) for stride in strides), (tuple(ratios),) * len(strides)
    )
    sizes = [(3, 4), (2, 2), (1, 2)]
    boxes = torch.cat(grid(generator, sizes, strides))
    yield {"scales": scales, "ratios": ratios, "strides": strides, "sizes": sizes, "boxes": boxes}
    scales, strides = [4 * 2 ** (octave / 3) for octave in range(3)], [8, 16, 32, 64, 128]
    sizes = [(2, 3), (1, 2), (1, 1), (1, 1), (1, 1)]
    boxes = torch.cat(grid(retinanet._default_anchorgen(), sizes, strides))
    yield {"scales": scales, "ratios": ratios, "strides": strides, "sizes": sizes, "boxes": boxes}


def matcher_case():
    boxes, truth = random_boxes(80, 60, 10), random_boxes(5, 60, 10)
    boxes[7] = boxes[3]
    iou = box_ops.box_iou(truth, boxes)
    return {
        "boxes": boxes,
        "truth": truth,
        "iou": iou,
        "lowQuality": _utils.Matcher(0.7, 0.3, True)(iou),
        "plain": _utils.Matcher(0.5, 0.5, False)(iou),
        "retinaNet": _utils.Matcher(0.5, 0.4, True)(iou),
    }


def level_case():
    boxes = random_boxes(40, 700)
    boxes[0] = torch.tensor([0.0, 0.0, 112.0, 112.0])
    return {"boxes": boxes, "levels": poolers.LevelMapper(2, 5)([boxes])}


def fpn_cases():
    channels, out = [2, 3, 5], 4
    for norm, extra in (
        ("batch", feature_pyramid_network.LastLevelMaxPool()),
        ("none", feature_pyramid_network.LastLevelP6P7(channels[-1], out)),
        ("none", feature_pyramid_network.LastLevelP6P7(out, out)),
    ):
        layer = torch.nn.BatchNorm2d if norm == "batch" else None
        network = FeaturePyramidNetwork(channels, out, extra, norm_layer=layer)
        weights = randomize(network)
        maps = [normal(1, c, *size) for c, size in zip(channels, [(7, 6), (4, 3), (2, 2)])]
        output = network({str(i): x for i, x in enumerate(maps)})
        yield {
            "channels": channels,
            "norm": norm,
            "extraLevels": {True: "conv-on-output", False: "conv-on-input"}.get(getattr(extra, "use_P5", None), "pool"),
            "weights": weights,
            "maps": maps,
            "levels": list(output.values()),
        }


def rpn_case():
    sizes, strides, per_place = [(6, 7), (3, 4)], [8, 16], 3
    generator = anchor_utils.AnchorGenerator(((16,), (32,)), ((0.5, 1.0, 2.0),) * 2)
    anchors = torch.cat(grid(generator, sizes, strides))
    counts = [h * w * per_place for h, w in sizes]
    top = {"training": 40, "testing": 40}
    network = rpn.RegionProposalNetwork(generator, None, 0.7, 0.3, 100000, 0.5, top, {"training": 25, "testing": 25}, 0.7)
    logits = normal(2, sum(counts)).requires_grad_()
    deltas = stored(torch.randn(2, sum(counts), 4) * 0.3).requires_grad_()
    shapes = [(48, 56), (40, 50)]
    decoded = network.box_coder.decode(deltas.detach().reshape(-1, 4), [anchors, anchors]).view(2, -1, 4)
    proposals, _ = network.filter_proposals(decoded, logits, shapes, counts)
    truth = [random_boxes(3, 40, 8), random_boxes(2, 40, 8)]
    labels, matched = network.assign_targets_to_anchors([anchors, anchors], [{"boxes": t} for t in truth])
    regression = network.box_coder.encode(matched, [anchors, anchors])
    losses = network.compute_loss(logits.flatten().unsqueeze(1), deltas.reshape(-1, 4), labels, regression)
    sum(losses).backward()
    return {
        "sizes": sizes,
        "strides": strides,
        "logits": logits,
        "deltas": deltas,
        "shapes": shapes,
        "proposals": proposals,
        "truth": truth,
        "losses": losses,
        "logitsGradient": logits.grad,
        "deltasGradient": deltas.grad,
    }


def roi_head_case():
    """Writes classes 0 .. 2 with the background last, as in supernet. In torchvision it is first."""
    classes, counts = 3, [7, 5]
    proposals = [random_boxes(count, 40, 4) for count in counts]
    logits = stored(torch.randn(sum(counts), classes + 1) * 2).requires_grad_()
    deltas = normal(sum(counts), classes, 4).requires_grad_()
    theirs_logits = torch.cat([logits[:, -1:], logits[:, :-1]], dim=1)
    theirs_deltas = torch.cat([torch.zeros(sum(counts), 1, 4), deltas], dim=1).flatten(1)
    head = roi_heads.RoIHeads(None, None, None, 0.5, 0.5, 512, 0.25, None, 0.1, 0.3, 6)
    shapes = [(36, 38), (40, 30)]
    boxes, scores, labels = head.postprocess_detections(theirs_logits, theirs_deltas, proposals, shapes)
    targets = torch.randint(0, classes + 1, (sum(counts),))
    regression = normal(sum(counts), 4)
    losses = roi_heads.fastrcnn_loss(theirs_logits, theirs_deltas, [(targets + 1) % (classes + 1)], [regression])
    sum(losses).backward()
    return {
        "proposals": proposals,
        "logits": logits,
        "deltas": deltas,
        "shapes": shapes,
        "boxes": boxes,
        "scores": scores,
        "labels": [own - 1 for own in labels],
        "targets": targets,
        "regression": regression,
        "losses": losses,
        "logitsGradient": logits.grad,
        "deltasGradient": deltas.grad,
    }


def box_head_case():
    """Two fully connected layers. The background is first in torchvision, and last in supernet."""
    channels, side, width, classes = 2, 3, 5, 3
    head = faster_rcnn.TwoMLPHead(channels * side * side, width)
    predictor = faster_rcnn.FastRCNNPredictor(width, classes + 1)
    weights = {**randomize(head), **randomize(predictor)}
    pooled = normal(4, channels, side, side)
    logits, deltas = predictor(head(pooled))
    return {"weights": weights, "pooled": pooled, "logits": logits, "deltas": deltas}


def focal_cases():
    for gamma, alpha in ((2.0, 0.25), (0.0, 0.5), (1.5, 0.75)):
        logits = stored(torch.randn(7, 3) * 3).requires_grad_()
        targets = (torch.rand(7, 3) < 0.3).float()
        loss = sigmoid_focal_loss(logits, targets, alpha, gamma, reduction="sum")
        loss.backward()
        yield {
            "gamma": gamma,
            "alpha": alpha,
            "logits": logits,
            "targets": targets,
            "loss": loss,
            "gradient": logits.grad,
        }


def retina_head_case():
    classes, per_place, channels = 3, 2, 4
    head = retinanet.RetinaNetHead(channels, per_place, classes)
    weights = randomize(head)
    maps = [normal(2, channels, 3, 2), normal(2, channels, 2, 1)]
    output = head(maps)
    return {
        "classes": classes,
        "weights": weights,
        "maps": maps,
        "logits": output["cls_logits"],
        "deltas": output["bbox_regression"],
    }


def retina_net_case():
    """Small deltas, so no box is entirely outside its image. torchvision keeps such boxes, without area."""
    sizes, strides, classes = [(4, 5), (2, 3)], [8, 16], 3
    scales, ratios = [2, 2.5], [0.5, 1.0, 2.0]
    generator = anchor_utils.AnchorGenerator(
        tuple(tuple(int(scale * stride) for scale in scales) for stride in strides), (tuple(ratios),) * 2
    )
    levels = grid(generator, sizes, strides)
    counts = [len(level) for level in levels]
    backbone = torch.nn.Identity()
    backbone.out_channels = 1
    network = retinanet.RetinaNet(
        backbone,
        classes,
        anchor_generator=generator,
        score_thresh=0.3,
        nms_thresh=0.5,
        detections_per_img=15,
        topk_candidates=40,
    )
    logits = normal(2, sum(counts), classes).requires_grad_()
    deltas = stored(torch.randn(2, sum(counts), 4) * 0.08).requires_grad_()
    shapes = [(32, 40), (28, 36)]
    outputs = {"cls_logits": logits, "bbox_regression": deltas}
    split = {name: list(value.detach().split(counts, dim=1)) for name, value in outputs.items()}
    found = network.postprocess_detections(split, [levels, levels], shapes)
    truth = [random_boxes(3, 32, 8), random_boxes(2, 32, 8)]
    labels = [torch.randint(0, classes, (len(boxes),)) for boxes in truth]
    targets = [{"boxes": b, "labels": l} for b, l in zip(truth, labels)]
    losses = network.compute_loss(targets, outputs, [torch.cat(levels)] * 2)
    losses = [losses["classification"], losses["bbox_regression"]]
    sum(losses).backward()
    return {
        "sizes": sizes,
        "strides": strides,
        "scales": scales,
        "ratios": ratios,
        "logits": logits,
        "deltas": deltas,
        "shapes": shapes,
        "boxes": [own["boxes"] for own in found],
        "scores": [own["scores"] for own in found],
        "labels": [own["labels"] for own in found],
        "truth": truth,
        "truthLabels": labels,
        "losses": losses,
        "logitsGradient": logits.grad,
        "deltasGradient": deltas.grad,
    }


def distances_case():
    coder = _utils.BoxLinearCoder(normalize_by_size=True)
    references, targets = random_boxes(20, 100), random_boxes(20, 100)
    distances = normal(20, 4)
    return {
        "references": references,
        "targets": targets,
        "encoded": coder.encode(references, targets),
        "distances": distances,
        "decoded": coder.decode(distances, references),
    }


def giou_case():
    boxes, targets = random_boxes(30, 40), random_boxes(30, 40)
    boxes[0] = torch.tensor([5.0, 5.0, 5.0, 9.0])
    boxes[1] = targets[1]
    boxes.requires_grad_()
    loss = generalized_box_iou_loss(boxes, targets, reduction="sum")
    loss.backward()
    return {"boxes": boxes, "targets": targets, "loss": loss, "gradient": boxes.grad}


def fcos_head_case():
    """The groups of the norm are those of supernet for this number of channels."""
    classes, channels, convs = 3, 6, 2
    norm = lambda channels: torch.nn.GroupNorm(2, channels)
    head = torch.nn.Module()
    head.classification_head = fcos.FCOSClassificationHead(channels, 1, classes, convs, norm_layer=norm)
    head.regression_head = fcos.FCOSRegressionHead(channels, 1, convs, norm_layer=norm)
    weights = randomize(head)
    maps = [normal(2, channels, 3, 2), normal(2, channels, 2, 1)]
    distances, centerness = head.regression_head(maps)
    return {
        "classes": classes,
        "weights": weights,
        "maps": maps,
        "logits": head.classification_head(maps),
        "distances": distances,
        "centerness": centerness,
    }


def fcos_case():
    """Every box has an area in its image. torchvision keeps others."""
    sizes, strides, classes = [(8, 10), (4, 5), (2, 3)], [8, 16, 32], 3
    generator = anchor_utils.AnchorGenerator(tuple((stride,) for stride in strides), ((1.0,),) * 3)
    levels = grid(generator, sizes, strides)
    counts = [len(level) for level in levels]
    backbone = torch.nn.Identity()
    backbone.out_channels = 32
    network = fcos.FCOS(
        backbone,
        classes,
        anchor_generator=generator,
        score_thresh=0.45,
        nms_thresh=0.5,
        detections_per_img=15,
        topk_candidates=40,
    )
    logits = normal(2, sum(counts), classes).requires_grad_()
    distances = stored(torch.rand(2, sum(counts), 4) * 3 + 0.01).requires_grad_()
    centerness = normal(2, sum(counts), 1).requires_grad_()
    shapes = [(64, 80), (56, 72)]
    outputs = {"cls_logits": logits, "bbox_regression": distances, "bbox_ctrness": centerness}
    split = {name: list(value.detach().split(counts, dim=1)) for name, value in outputs.items()}
    found = network.postprocess_detections(split, [levels, levels], shapes)
    truth = [random_boxes(6, 72, 8), random_boxes(3, 72, 8)]
    # Small, large and overlapping boxes, which are those of all levels, and two boxes of the same area.
    truth[0][0] = torch.tensor([1.0, 2.0, 79.0, 63.0])
    truth[0][1] = torch.tensor([30.0, 20.0, 50.0, 40.0])
    truth[0][2] = torch.tensor([32.0, 22.0, 52.0, 42.0])
    labels = [torch.randint(0, classes, (len(boxes),)) for boxes in truth]
    targets = [{"boxes": b, "labels": l} for b, l in zip(truth, labels)]
    losses = network.compute_loss(targets, outputs, [torch.cat(levels)] * 2, counts)
    losses = [losses[key] for key in ("classification", "bbox_regression", "bbox_ctrness")]
    sum(losses).backward()
    return {
        "sizes": sizes,
        "strides": strides,
        "logits": logits,
        "distances": distances,
        "centerness": centerness,
        "shapes": shapes,
        "boxes": [own["boxes"] for own in found],
        "scores": [own["scores"] for own in found],
        "labels": [own["labels"] for own in found],
        "truth": truth,
        "truthLabels": labels,
        "losses": losses,
        "logitsGradient": logits.grad,
        "distancesGradient": distances.grad,
        "centernessGradient": centerness.grad,
    }


def main():
    torch.manual_seed(int(sys.argv[1]))
    vectors = {
        "roiAlign": list(roi_align_cases()),
        "nms": nms_case(),
        "coder": coder_case(),
        "anchors": list(anchors_cases()),
        "matcher": matcher_case(),
        "levels": level_case(),
        "fpn": list(fpn_cases()),
        "rpn": rpn_case(),
        "roiHead": roi_head_case(),
        "boxHead": box_head_case(),
        "focal": list(focal_cases()),
        "retinaHead": retina_head_case(),
        "retinaNet": retina_net_case(),
        "distances": distances_case(),
        "giou": giou_case(),
        "fcosHead": fcos_head_case(),
        "fcos": fcos_case(),
    }
    json.dump(plain(vectors), sys.stdout, separators=(",", ":"))
    print()


main()
