"""AutoFormer as its paper defines it, plain and slow: subnets cut out of a supernet's weights by slicing.

autoformer.py IN.pth OUT.pth SETTINGS

IN.pth holds the supernet's state dict, `labels`, and `images.SIZE` of each size; SETTINGS are JSON: patch, outputScale,
the largest heads and ratio, and `subnets`, each with imageSize, width, depth, and heads and ratio by block. The
positions are those of the largest size. OUT.pth gets, for subnet i, `i.logits` and the gradients of the mean cross entropy as `i.NAME`, for the whole of each of the supernet's weights.
"""

import json
import math
import sys

import torch
from torch.nn import functional as F

HEAD = 64
FURTHEST = 14


def relative(tokens_a_side, vertical, horizontal):
    """The vector of each pair of tokens, the class token first: [tokens, tokens, HEAD]."""
    def index(difference):
        return max(-FURTHEST, min(FURTHEST, difference)) + FURTHEST + 1

    count = tokens_a_side ** 2 + 1
    rows = []
    for i in range(count):
        row = []
        for j in range(count):
            v = h = 0
            if i > 0 and j > 0:
                (row_i, column_i), (row_j, column_j) = divmod(i - 1, tokens_a_side), divmod(j - 1, tokens_a_side)
                v, h = index(row_j - row_i), index(column_j - column_i)
            row.append((v, h))
        rows.append(row)
    pairs = torch.tensor(rows)
    return vertical[pairs[..., 0]] + horizontal[pairs[..., 1]]


def attention(x, weights, heads, side, factor):
    batch, tokens, width = x.shape
    inner = heads * HEAD
    joint, bias = weights("qkv.weight")[: 3 * inner, :width], weights("qkv.bias")[: 3 * inner]
    # Rows 0, 3, 6, ... are the queries', 1, 4, 7, ... the keys', 2, 5, 8, ... the values'.
    q, k, v = (x @ joint[m::3].t() + bias[m * inner : (m + 1) * inner] for m in range(3))
    to_keys, to_values = (
        relative(side, weights(f"rel_pos_embed_{of}.embeddings_table_v"), weights(f"rel_pos_embed_{of}.embeddings_table_h"))
        for of in "kv"
    )
    outputs = []
    for head in range(heads):
        part = slice(head * HEAD, (head + 1) * HEAD)
        q_h, k_h, v_h = q[..., part], k[..., part], v[..., part]
        scores = torch.einsum("bid,bjd->bij", q_h, k_h) + torch.einsum("bid,ijd->bij", q_h, to_keys)
        shares = torch.softmax(scores / math.sqrt(HEAD), -1)
        outputs.append(torch.einsum("bij,bjd->bid", shares, v_h) + torch.einsum("bij,ijd->bid", shares, to_values))
    joined = torch.cat(outputs, -1) * factor
    return joined @ weights("proj.weight")[:width, :inner].t() + weights("proj.bias")[:width]


def norm(x, weights, name):
    width = x.shape[-1]
    return F.layer_norm(x, (width,), weights(f"{name}weight")[:width], weights(f"{name}bias")[:width], 1e-5)


def resized(positions, side):
    """Positions for another grid, as in DeiT."""
    token, grid = positions[:, :1], positions[:, 1:]
    before = math.isqrt(grid.shape[1])
    if before == side:
        return positions
    grid = grid.reshape(1, before, before, -1).permute(0, 3, 1, 2)
    grid = F.interpolate(grid, size=(side, side), mode="bicubic", align_corners=False)
    return torch.cat([token, grid.permute(0, 2, 3, 1).flatten(1, 2)], 1)


def forward(state, images, subnet, settings):
    width, patch = subnet["width"], settings["patch"]
    side = subnet["imageSize"] // patch
    whole = lambda name: state[name]  # noqa: E731
    x = F.conv2d(
        images,
        whole("backbone.patch_embed.proj.weight")[:width],
        whole("backbone.patch_embed.proj.bias")[:width],
        stride=patch,
    )
    x = x.flatten(2).transpose(1, 2)
    token = whole("backbone.tokens.cls_token")[..., :width].expand(len(images), 1, width)
    x = torch.cat([token, x], 1) + resized(whole("backbone.tokens.pos_embed"), side)[..., :width]
    for block in range(subnet["depth"]):
        heads, ratio = subnet["heads"][block], subnet["ratio"][block]
        base = f"backbone.blocks.{block}."
        if f"{base}layer.0.body.0.weight" in state:
            base += "layer."
        first = lambda name: whole(f"{base}0.body.{name}")  # noqa: E731
        second = lambda name: whole(f"{base}1.body.{name}")  # noqa: E731
        scale = settings["outputScale"]
        factor = settings["heads"] / heads if scale else 1
        x = x + attention(norm(x, first, "0."), lambda name: first(f"1.{name}"), heads, side, factor)
        hidden = int(width * ratio)
        y = norm(x, second, "0.") @ second("1.weight")[:hidden, :width].t() + second("1.bias")[:hidden]
        y = F.gelu(y) @ second("3.weight")[:width, :hidden].t() + second("3.bias")[:width]
        x = x + y * (settings["ratio"] / ratio if scale else 1)
    x = norm(x, whole, "norm.")[:, 1:].mean(1)
    return x @ whole("fc.weight")[:, :width].t() + whole("fc.bias")


source, target, settings = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
state = torch.load(source)
labels = state.pop("labels")
images = {name: state.pop(name) for name in list(state) if name.startswith("images.")}
results = {}
for i, subnet in enumerate(settings["subnets"]):
    weights = {name: tensor.clone().requires_grad_() for name, tensor in state.items()}
    logits = forward(weights, images[f"images.{subnet['imageSize']}"], subnet, settings)
    F.cross_entropy(logits, labels).backward()
    results[f"{i}.logits"] = logits.detach()
    for name, tensor in weights.items():
        if tensor.grad is not None:
            results[f"{i}.{name}"] = tensor.grad
torch.save(results, target)
