"""Runs torchvision's classifiers, for comparison with supernet.

Usage: torchvision_classifiers.py FOLDER NAME...

For each NAME, writes seeded weights to FOLDER/NAME.theirs.pth, and their logits for FOLDER/images.pth to
FOLDER/NAME.theirs.out.pth. Then reads weights from FOLDER/NAME.ours.pth, and writes their logits to
FOLDER/NAME.ours.out.pth.

NAME is torchvision's name. With the suffix _frozen, batch-norms are those of torchvision's published detectors.
"""

import sys

import torch
import torchvision
from torchvision.models.detection._utils import overwrite_eps
from torchvision.ops import FrozenBatchNorm2d

CLASSES = 7


def build(name):
    frozen = name.endswith("_frozen")
    options = {"norm_layer": FrozenBatchNorm2d} if frozen else {}
    model = getattr(torchvision.models, name.removesuffix("_frozen"))(num_classes=CLASSES, **options)
    overwrite_eps(model, 0.0)
    for module in model.modules():
        if isinstance(module, torch.nn.Dropout):
            module.p = 0.0
    return model


def randomize(model):
    for module in model.modules():
        if isinstance(module, (torch.nn.BatchNorm2d, FrozenBatchNorm2d)):
            torch.nn.init.uniform_(module.weight, 0.5, 1.5)
            torch.nn.init.normal_(module.bias, 0, 0.2)
            module.running_mean.normal_(0, 0.2)
            module.running_var.uniform_(0.05, 2)


@torch.no_grad()
def classify(model, images):
    # Evaluates first, because a forward pass in training mode updates the running statistics.
    return {"eval": model.eval()(images), "train": model.train()(images)}


folder, *names = sys.argv[1:]
images = torch.load(f"{folder}/images.pth")["images"]
for name in names:
    torch.manual_seed(len(name))
    model = build(name)
    randomize(model)
    torch.save(model.state_dict(), f"{folder}/{name}.theirs.pth")
    torch.save(classify(model, images), f"{folder}/{name}.theirs.out.pth")
    model.load_state_dict(torch.load(f"{folder}/{name}.ours.pth", weights_only=True))
    torch.save(classify(model, images), f"{folder}/{name}.ours.out.pth")
