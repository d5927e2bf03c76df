"""Runs torchvision's detectors, for comparison with supernet.

Usage: torchvision_detectors.py FOLDER NAME

Writes seeded weights to FOLDER/NAME.theirs.pth, and their output for FOLDER/batch.pth to FOLDER/NAME.theirs.out.pth.
Then reads weights from FOLDER/NAME.ours.pth, and writes their output to FOLDER/NAME.ours.out.pth.

The batch has `images` ([N, 3, H, W], resized and normalized), `sizes` ([N, 2]), and for each image i `boxes.i` and
`labels.i` in torchvision's format. The output has the pyramid's levels, proposals, detections, losses and gradients.
"""

import sys

import torch
from torchvision.models import detection
from torchvision.models.detection.image_list import ImageList
from torchvision.ops import remove_small_boxes

CLASSES = 4
EVERYTHING = 1_000_000
ARGUMENTS = {
    # Samplers use all boxes, so nothing is random.
    "fasterrcnn_resnet50_fpn": {
        "rpn_pre_nms_top_n_train": 300,
        "rpn_pre_nms_top_n_test": 200,
        "rpn_post_nms_top_n_train": 150,
        "rpn_post_nms_top_n_test": 100,
        "rpn_batch_size_per_image": EVERYTHING,
        "box_batch_size_per_image": EVERYTHING,
    },
    "retinanet_resnet50_fpn": {"detections_per_img": EVERYTHING},
    "fcos_resnet50_fpn": {"detections_per_img": EVERYTHING},
}


class AsGiven(torch.nn.Module):
    """Replaces the transform, because the images are already resized and normalized."""

    def __init__(self, sizes):
        super().__init__()
        self.sizes = sizes

    def forward(self, images, targets=None):
        return ImageList(images, self.sizes), targets

    def postprocess(self, result, image_shapes, original_image_sizes):
        return result


def build(name):
    make = getattr(detection, name)
    return make(weights=None, weights_backbone=None, num_classes=CLASSES, **ARGUMENTS[name])


def randomize(model):
    for module in model.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            torch.nn.init.uniform_(module.weight, 0.5, 1.0)
            torch.nn.init.normal_(module.bias, 0, 0.2)
            module.running_mean.normal_(0, 0.2)
            module.running_var.uniform_(0.8, 2)
    # The initial weights of heads are tiny. Scores would be nearly equal, and boxes would equal their anchors.
    for part, module in model.named_modules():
        if isinstance(module, torch.nn.GroupNorm):
            torch.nn.init.uniform_(module.weight, 0.5, 1.0)
            torch.nn.init.normal_(module.bias, 0, 0.1)
        elif "head" in part and hasattr(module, "weight") and not part.startswith("backbone"):
            torch.nn.init.kaiming_uniform_(module.weight, a=2 if "bbox" in part else 1)
            torch.nn.init.normal_(module.bias, 0, 0.1)


def run(model, batch):
    images = batch["images"]
    sizes = [tuple(size) for size in batch["sizes"].tolist()]
    targets = [{key: batch[f"{key}.{i}"] for key in ("boxes", "labels")} for i in range(len(sizes))]
    model.transform = AsGiven(sizes)
    out = {}

    def keep_levels(module, inputs, levels):
        out.update({f"level.{i}": level for i, level in enumerate(levels.values())})

    def keep_proposals(module, inputs, outputs):
        out.update({f"proposals.{i}": boxes for i, boxes in enumerate(outputs[0])})

    hooks = [model.backbone.register_forward_hook(keep_levels)]
    if hasattr(model, "rpn"):
        hooks.append(model.rpn.register_forward_hook(keep_proposals))
    # Evaluates first, because a forward pass in training mode updates the running statistics.
    with torch.no_grad():
        detections = model.eval()(images)
    for i, found in enumerate(detections):
        # torchvision also returns boxes in the padding, which have no area after clipping.
        real = remove_small_boxes(found["boxes"], 1e-2)
        out.update({f"{key}.{i}": value[real] for key, value in found.items()})
    for hook in hooks:
        hook.remove()
    model.zero_grad(set_to_none=True)
    losses = model.train()(images, targets)
    sum(losses.values()).backward()
    out.update({f"loss.{key}": value.detach() for key, value in losses.items()})
    out.update({f"gradient.{key}": value.grad for key, value in model.named_parameters()})
    return out


folder, name = sys.argv[1:]
batch = torch.load(f"{folder}/batch.pth")
torch.manual_seed(5)
model = build(name)
randomize(model)
torch.save(model.state_dict(), f"{folder}/{name}.theirs.pth")
torch.save(run(model, batch), f"{folder}/{name}.theirs.out.pth")
model.load_state_dict(torch.load(f"{folder}/{name}.ours.pth", weights_only=True))
torch.save(run(model, batch), f"{folder}/{name}.ours.out.pth")
