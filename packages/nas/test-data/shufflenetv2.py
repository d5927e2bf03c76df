"""Computes the feature maps of ShuffleNetV2 backbones as SPOS, DetNAS and MMRazor wire them.

usage: shufflenetv2.py IN.pth OUT.pth SETTINGS
For each network, prints the number of parameters and, for one image, what MMRazor counts as FLOPs: multiply-accumulates
of convolutions, two per element of a batch-norm, and one per element of a ReLU.

IN.pth contains `images` and, for each network i, its state dict under `i.`. SETTINGS is a JSON list of
{wiring, stem, blocks, channels, choices} per network. OUT.pth contains the maps as `i.0`, `i.1`, ..., in evaluation
mode.
"""

import json
import sys

import torch
from torch import nn


def shuffle1(x):
    """DetNAS's supernet: a shuffle in two groups, then the two halves."""
    n, c, h, w = x.shape
    x = x.view(n, 2, c // 2, h, w).transpose(1, 2).reshape(n, c, h, w)
    return x.chunk(2, dim=1)


def shuffle2(x):
    """SPOS: the channels in pairs; the first of each pair, and the second."""
    n, c, h, w = x.shape
    x = x.reshape(n * c // 2, 2, h * w).permute(1, 0, 2).reshape(2, -1, c // 2, h, w)
    return x[0], x[1]


def halves(x):
    return x.chunk(2, dim=1)


def shuffle_groups(x, groups=2):
    """MMRazor's shuffle of a block's output."""
    n, c, h, w = x.shape
    return x.view(n, groups, c // groups, h, w).transpose(1, 2).contiguous().view(n, -1, h, w)


def pointwise(inputs, outputs):
    return [nn.Conv2d(inputs, outputs, 1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU()]


def depthwise(channels, kernel, stride):
    return [
        nn.Conv2d(channels, channels, kernel, stride, kernel // 2, groups=channels, bias=False),
        nn.BatchNorm2d(channels),
    ]


class Block(nn.Module):
    def __init__(self, wiring, choice, inputs, outputs, stride):
        super().__init__()
        self.wiring = wiring
        self.stride = stride
        kernel = {"shuffle_3x3": 3, "shuffle_5x5": 5, "shuffle_7x7": 7, "shuffle_xception": 3}[choice]
        middle = outputs // 2
        if stride == 1:
            entering, leaving = inputs // 2, outputs // 2
        else:
            proj = outputs // 2 if wiring == "mmrazor" else inputs
            entering, leaving = inputs, outputs - proj
            self.branch_proj = nn.Sequential(*depthwise(inputs, kernel, 2), *pointwise(inputs, proj))
        if choice == "shuffle_xception":
            layers = [*depthwise(entering, 3, stride), *pointwise(entering, middle)]
            layers += [*depthwise(middle, 3, 1), *pointwise(middle, middle)]
            layers += [*depthwise(middle, 3, 1), *pointwise(middle, leaving)]
        else:
            layers = [*pointwise(entering, middle), *depthwise(middle, kernel, stride), *pointwise(middle, leaving)]
        self.branch_main = nn.Sequential(*layers)

    def forward(self, x):
        if self.stride == 2:
            y = torch.cat((self.branch_proj(x), self.branch_main(x)), dim=1)
        else:
            split = {"channel_shuffle1": shuffle1, "channel_shuffle2": shuffle2, "mmrazor": halves}[self.wiring]
            passed, worked = split(x)
            y = torch.cat((passed, self.branch_main(worked)), dim=1)
        return shuffle_groups(y) if self.wiring == "mmrazor" else y


class Backbone(nn.Module):
    def __init__(self, wiring, stem, blocks, channels, choices):
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(3, stem, 3, 2, 1, bias=False), nn.BatchNorm2d(stem), nn.ReLU())
        self.layers = nn.ModuleList()
        chosen = iter(choices)
        inputs = stem
        for count, outputs in zip(blocks, channels):
            stage = nn.ModuleList()
            for i in range(count):
                stage.append(Block(wiring, next(chosen), inputs, outputs, 2 if i == 0 else 1))
                inputs = outputs
            self.layers.append(stage)

    def forward(self, x):
        maps = []
        x = self.stem(x)
        for stage in self.layers:
            for block in stage:
                x = block(x)
            maps.append(x)
        return maps


def count(network, images):
    total = 0

    def add(module, inputs, output):
        nonlocal total
        if isinstance(module, nn.Conv2d):
            total += output.numel() * module.weight[0].numel()
        elif isinstance(module, nn.BatchNorm2d):
            total += 2 * output.numel()
        elif isinstance(module, nn.ReLU):
            total += output.numel()

    hooks = [module.register_forward_hook(add) for module in network.modules()]
    network(images)
    for hook in hooks:
        hook.remove()
    return total


def main(source, target, settings):
    given = torch.load(source)
    results = {}
    for i, setting in enumerate(json.loads(settings)):
        network = Backbone(**setting)
        prefix = f"{i}."
        network.load_state_dict({k[len(prefix) :]: v for k, v in given.items() if k.startswith(prefix)})
        with torch.no_grad():
            for j, map in enumerate(network.eval()(given["images"])):
                results[f"{i}.{j}"] = map
            print(sum(parameter.numel() for parameter in network.parameters()), count(network, given["images"][:1]))
    torch.save(results, target)


main(*sys.argv[1:])
