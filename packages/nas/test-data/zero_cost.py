"""Scores of untrained networks by their papers' definitions, plain and slow.

zero_cost.py IN.pth...

IN.pth holds the state dict of the network of zero-cost.test.ts, `images`, `labels` and `neighbors`. Prints a JSON list
with the scores of each.
"""

import json
import math
import sys

import torch
from torch.nn import functional as F


def network(x, state, norm=True, link=True, clip=True, units=None, deviations=None, features=None):
    """A stem, a residual block and a stride-2 depth-wise block, a pool and a linear layer."""

    def convolution(x, name, stride=1, groups=1):
        weight = state[f"backbone.{name}.weight"]
        return F.conv2d(x, weight, None, stride, weight.shape[-1] // 2, groups=groups)

    def batch_norm(x, name):
        if deviations is not None:
            deviations.append(x.var([0, 2, 3], unbiased=False).mean().sqrt())
        if not norm:
            return x
        return F.batch_norm(x, None, None, state[f"backbone.{name}.weight"], state[f"backbone.{name}.bias"], True)

    def rectified(x, most=math.inf):
        if units is not None:
            units.append((x > 0).flatten(1))
        return x.clamp(0, most if clip else math.inf)

    x = rectified(batch_norm(convolution(x, "stem.0", 2), "stem.1"))
    y = rectified(batch_norm(convolution(x, "block.body.0"), "block.body.1"), 6)
    y = batch_norm(convolution(y, "block.body.3"), "block.body.4")
    x = x + y if link else y
    x = rectified(batch_norm(convolution(x, "down.0", 2, groups=x.shape[1]), "down.1"))
    if features is not None:
        features.append(x)
    return F.linear(x.mean([2, 3]), state["fc.weight"], state["fc.bias"])


def synflow():
    doubles = {name: tensor.double().abs().requires_grad_(tensor.ndim > 1) for name, tensor in state.items()}
    image = torch.ones(1, *images.shape[1:], dtype=torch.float64)
    network(image, doubles, norm=False, clip=False).sum().backward()
    return sum((doubles[name] * doubles[name].grad).abs().sum().item() for name in weights)


def gradient_norm():
    leaves = {name: tensor.clone().requires_grad_(tensor.is_floating_point()) for name, tensor in state.items()}
    F.cross_entropy(network(images, leaves), labels).backward()
    return sum(leaves[name].grad.norm().item() for name in weights)


def naswot():
    units = []
    network(images, state, units=units)
    codes = torch.cat(units, 1)
    n = len(codes)
    agreeing = [[(codes[i] == codes[j]).sum().item() for j in range(n)] for i in range(n)]
    return torch.linalg.slogdet(torch.tensor(agreeing, dtype=torch.float64))[1].item()


def zen():
    deviations, features = [], []
    network(images, state, link=False, deviations=deviations, features=features)
    network(neighbors, state, link=False, features=features)
    distance = (features[0] - features[1]).flatten(1).norm(dim=1).mean().item()
    return math.log(distance) + sum(math.log(deviation) for deviation in deviations)


scores = []
for path in sys.argv[1:]:
    state = torch.load(path)
    images, labels, neighbors = (state.pop(name) for name in ("images", "labels", "neighbors"))
    weights = {name: tensor for name, tensor in state.items() if tensor.ndim > 1}
    scores.append({"synflow": synflow(), "gradient-norm": gradient_norm(), "naswot": naswot(), "zen": zen()})
print(json.dumps(scores))
