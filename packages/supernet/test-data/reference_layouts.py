"""Networks with the names and the arithmetic of other projects' code, written from descriptions of them.

reference_layouts.py save FOLDER SPECS
    SPECS is JSON: for each network its `name`, `kind`, `sizes`, and `subnets` to run. Writes NAME.pth with random weights,
    in a checkpoint as the project's training leaves it, and NAME.out.pth with `images`, and the outputs of subnet i as
    `i.0`, `i.1`, ... (logits, then maps).
reference_layouts.py check FOLDER SPECS
    Loads NAME.back.pth strictly, and prints the largest relative difference of its outputs from NAME.out.pth, by name.
"""

import argparse
import collections
import json
import sys

import torch
from torch import nn
from torch.nn import functional as F

# --- AutoFormer (microsoft/Cream) ---


class Tables(nn.Module):
    def __init__(self):
        super().__init__()
        self.embeddings_table_v = nn.Parameter(torch.randn(30, 64) * 0.2)
        self.embeddings_table_h = nn.Parameter(torch.randn(30, 64) * 0.2)

    def forward(self, side):
        place = torch.arange(side * side)
        rows, columns = place // side, place % side
        index = [((at[None, :] - at[:, None]).clamp(-14, 14) + 15) for at in (rows, columns)]
        v, h = (F.pad(i, (1, 0, 1, 0)) for i in index)
        return self.embeddings_table_v[v] + self.embeddings_table_h[h]


class CreamAttention(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.qkv = nn.Linear(width, 3 * width)
        self.rel_pos_embed_k = Tables()
        self.rel_pos_embed_v = Tables()
        self.proj = nn.Linear(width, width)

    def forward(self, x, heads):
        n, tokens, width = x.shape
        inner = 64 * heads
        weight = self.qkv.weight[:, :width]
        weight = torch.cat([weight[i : 3 * inner : 3] for i in range(3)])
        qkv = F.linear(x, weight, self.qkv.bias[: 3 * inner])
        q, k, v = qkv.reshape(n, tokens, 3, heads, 64).permute(2, 0, 3, 1, 4)
        side = int((tokens - 1) ** 0.5)
        keys, values = self.rel_pos_embed_k(side), self.rel_pos_embed_v(side)
        scores = (q @ k.transpose(-2, -1) + torch.einsum("bhid,ijd->bhij", q, keys)) * 64**-0.5
        shares = scores.softmax(-1)
        x = shares @ v + torch.einsum("bhij,ijd->bhid", shares, values)
        x = x.transpose(1, 2).reshape(n, tokens, inner)
        return F.linear(x, self.proj.weight[:width, :inner], self.proj.bias[:width])


def cut_norm(x, norm):
    width = x.shape[-1]
    return F.layer_norm(x, (width,), norm.weight[:width], norm.bias[:width], norm.eps)


class CreamBlock(nn.Module):
    def __init__(self, width, ratio):
        super().__init__()
        self.attn = CreamAttention(width)
        self.attn_layer_norm = nn.LayerNorm(width)
        self.ffn_layer_norm = nn.LayerNorm(width)
        self.fc1 = nn.Linear(width, int(ratio * width))
        self.fc2 = nn.Linear(int(ratio * width), width)

    def forward(self, x, heads, ratio):
        width = x.shape[-1]
        hidden = int(width * ratio)
        x = x + self.attn(cut_norm(x, self.attn_layer_norm), heads)
        y = F.linear(cut_norm(x, self.ffn_layer_norm), self.fc1.weight[:hidden, :width], self.fc1.bias[:hidden])
        return x + F.linear(F.gelu(y), self.fc2.weight[:width, :hidden], self.fc2.bias[:width])


class CreamEmbedding(nn.Module):
    def __init__(self, width, patch):
        super().__init__()
        self.proj = nn.Conv2d(3, width, patch, patch)


class Cream(nn.Module):
    """The sizes are those of SUPERNET: embed_dim, depth, mlp_ratio."""

    def __init__(self, embed_dim, depth, mlp_ratio, image, patch):
        super().__init__()
        self.patch = patch
        self.patch_embed_super = CreamEmbedding(embed_dim, patch)
        self.blocks = nn.ModuleList(CreamBlock(embed_dim, mlp_ratio) for _ in range(depth))
        self.pos_embed = nn.Parameter(torch.randn(1, (image // patch) ** 2 + 1, embed_dim) * 0.2)
        self.cls_token = nn.Parameter(torch.randn(1, 1, embed_dim) * 0.2)
        self.norm = nn.LayerNorm(embed_dim)
        self.head = nn.Linear(embed_dim, 7)

    def forward(self, x, subnet):
        width = subnet["width"]
        proj = self.patch_embed_super.proj
        x = F.conv2d(x, proj.weight[:width], proj.bias[:width], stride=self.patch).flatten(2).transpose(1, 2)
        x = torch.cat([self.cls_token[..., :width].expand(len(x), -1, -1), x], 1) + self.pos_embed[..., :width]
        for block in range(subnet["depth"]):
            x = self.blocks[block](x, subnet[f"blocks.{block}.heads"], subnet[f"blocks.{block}.ratio"])
        x = cut_norm(x, self.norm)[:, 1:].mean(1)
        return [F.linear(x, self.head.weight[:, :width], self.head.bias)]


# --- ViT (timm) ---


class TimmAttention(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.heads = width // 64
        self.qkv = nn.Linear(width, 3 * width)
        self.proj = nn.Linear(width, width)

    def forward(self, x):
        n, tokens, width = x.shape
        q, k, v = self.qkv(x).reshape(n, tokens, 3, self.heads, 64).permute(2, 0, 3, 1, 4)
        x = ((q @ k.transpose(-2, -1)) * 64**-0.5).softmax(-1) @ v
        return self.proj(x.transpose(1, 2).reshape(n, tokens, width))


class TimmBlock(nn.Module):
    def __init__(self, width, ratio, eps):
        super().__init__()
        self.norm1 = nn.LayerNorm(width, eps=eps)
        self.attn = TimmAttention(width)
        self.norm2 = nn.LayerNorm(width, eps=eps)
        self.mlp = nn.ModuleDict({"fc1": nn.Linear(width, int(ratio * width)), "fc2": nn.Linear(int(ratio * width), width)})

    def forward(self, x):
        x = x + self.attn(self.norm1(x))
        return x + self.mlp["fc2"](F.gelu(self.mlp["fc1"](self.norm2(x))))


class Timm(nn.Module):
    """Its output is what a classifier that reads the mean of the patches would have."""

    def __init__(self, embed_dim, depth, mlp_ratio, image, patch, eps):
        super().__init__()
        self.cls_token = nn.Parameter(torch.randn(1, 1, embed_dim) * 0.2)
        self.pos_embed = nn.Parameter(torch.randn(1, (image // patch) ** 2 + 1, embed_dim) * 0.2)
        self.patch_embed = nn.ModuleDict({"proj": nn.Conv2d(3, embed_dim, patch, patch)})
        self.blocks = nn.Sequential(*(TimmBlock(embed_dim, mlp_ratio, eps) for _ in range(depth)))
        self.norm = nn.LayerNorm(embed_dim, eps=eps)
        self.head = nn.Linear(embed_dim, 7)

    def forward(self, x, subnet):
        x = self.patch_embed["proj"](x).flatten(2).transpose(1, 2)
        x = torch.cat([self.cls_token.expand(len(x), -1, -1), x], 1) + self.pos_embed
        return [self.head(self.norm(self.blocks(x))[:, 1:].mean(1))]


# --- ShuffleNetV2 ---

CHOICES = ["shuffle_3x3", "shuffle_5x5", "shuffle_7x7", "shuffle_xception"]
KERNELS = dict(zip(CHOICES, (3, 5, 7, 3)))


def split_first(x):
    """channel_shuffle1"""
    n, c, h, w = x.shape
    return x.view(n, 2, c // 2, h, w).transpose(1, 2).reshape(n, c, h, w).chunk(2, 1)


def split_second(x):
    """channel_shuffle2"""
    return x[:, ::2], x[:, 1::2]


def conv(inputs, outputs, kernel=1, stride=1, depthwise=False, bias=False):
    groups = inputs if depthwise else 1
    return nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, groups=groups, bias=bias)


class SposBlock(nn.Module):
    def __init__(self, choice, inputs, outputs, stride, affine):
        super().__init__()
        kernel, middle = KERNELS[choice], outputs // 2
        entering = inputs if stride == 2 else inputs // 2
        leaving = outputs - inputs if stride == 2 else outputs // 2
        norm = lambda channels: nn.BatchNorm2d(channels, affine=affine)  # noqa: E731
        layers = []
        if choice == "shuffle_xception":
            for i, (a, b) in enumerate([(entering, middle), (middle, middle), (middle, leaving)]):
                layers += [conv(a, a, 3, stride if i == 0 else 1, True), norm(a), conv(a, b), norm(b), nn.ReLU()]
        else:
            layers += [conv(entering, middle), norm(middle), nn.ReLU()]
            layers += [conv(middle, middle, kernel, stride, True), norm(middle), conv(middle, leaving), norm(leaving), nn.ReLU()]
        self.branch_main = nn.Sequential(*layers)
        if stride == 2:
            self.branch_proj = nn.Sequential(
                conv(inputs, inputs, kernel, 2, True), norm(inputs), conv(inputs, inputs), norm(inputs), nn.ReLU()
            )

    def forward(self, x):
        passed, worked = (self.branch_proj(x), x) if hasattr(self, "branch_proj") else split_second(x)
        return torch.cat([passed, self.branch_main(worked)], 1)


def separable(path, tag, inputs, outputs, kernel, stride, with_relu):
    """A Sequential with DetNAS's names of modules."""
    layers = collections.OrderedDict()
    layers[f"interstellar{tag}_s"] = conv(inputs, inputs, kernel, stride, True)
    layers[f"interstellar{tag}_s_bn"] = nn.BatchNorm2d(inputs)
    layers[f"interstellar{tag}"] = conv(inputs, outputs)
    layers[f"bn{tag}"] = nn.BatchNorm2d(outputs)
    if with_relu:
        layers[f"relu{tag}"] = nn.ReLU()
    return nn.Sequential(layers)


class DetNasBlock(nn.Module):
    def __init__(self, choice, inputs, outputs, stride, name, shuffle):
        super().__init__()
        self.split = split_first if shuffle == 1 else split_second
        op = ["shufflenet_3x3", "shufflenet_5x5", "shufflenet_7x7", "xception_3x3"][CHOICES.index(choice)]
        tag, kernel, middle = f"{name}_{op}_branch2", KERNELS[choice], outputs // 2
        entering = inputs if stride == 2 else inputs // 2
        leaving = outputs - inputs if stride == 2 else outputs // 2
        if choice == "shuffle_xception":
            self.conv = nn.Sequential(
                separable("", tag + "a", entering, middle, 3, stride, True),
                separable("", tag + "b", middle, middle, 3, 1, True),
                separable("", tag + "c", middle, leaving, 3, 1, False),
            )
        else:
            first = collections.OrderedDict()
            first[f"interstellar{tag}a"] = conv(entering, middle)
            first[f"bn{tag}a"] = nn.BatchNorm2d(middle)
            first[f"relu{tag}a"] = nn.ReLU()
            self.conv = nn.Sequential(
                nn.Sequential(first), separable("", tag + "b", middle, leaving, kernel, stride, False)
            )
        if stride == 2:
            self.proj_conv = separable("", f"{name}_proj", inputs, inputs, kernel, 2, True)

    def forward(self, x):
        passed, worked = (self.proj_conv(x), x) if hasattr(self, "proj_conv") else self.split(x)
        return torch.cat([passed, F.relu(self.conv(worked))], 1)


class ConvModule(nn.Module):
    """mmcv's: a convolution, a norm, and perhaps a ReLU."""

    def __init__(self, *args, relu=True, **kwargs):
        super().__init__()
        self.conv = conv(*args, **kwargs)
        self.bn = nn.BatchNorm2d(self.conv.out_channels)
        self.relu = relu

    def forward(self, x):
        x = self.bn(self.conv(x))
        return F.relu(x) if self.relu else x


class Separable(nn.Module):
    """mmcv's DepthwiseSeparableConvModule."""

    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.depthwise_conv = ConvModule(inputs, inputs, 3, stride, True, relu=False)
        self.pointwise_conv = ConvModule(inputs, outputs)

    def forward(self, x):
        return self.pointwise_conv(self.depthwise_conv(x))


class MMRazorBlock(nn.Module):
    def __init__(self, choice, inputs, outputs, stride):
        super().__init__()
        half, kernel = outputs // 2, KERNELS[choice]
        entering = inputs if stride == 2 else half
        if stride == 2:
            self.branch1 = nn.Sequential(
                ConvModule(inputs, inputs, kernel, 2, True, relu=False), ConvModule(inputs, half)
            )
        if choice == "shuffle_xception":
            self.branch2 = nn.Sequential(
                Separable(entering, half, stride), Separable(half, half, 1), Separable(half, half, 1)
            )
        else:
            self.branch2 = nn.Sequential(
                ConvModule(entering, half), ConvModule(half, half, kernel, stride, True, relu=False), ConvModule(half, half)
            )

    def forward(self, x):
        passed, worked = (self.branch1(x), x) if hasattr(self, "branch1") else x.chunk(2, 1)
        x = torch.cat([passed, self.branch2(worked)], 1)
        n, c, h, w = x.shape
        return x.view(n, 2, c // 2, h, w).transpose(1, 2).reshape(n, c, h, w)


def places(blocks, channels, stem):
    """Stage, index, input and output channels and stride of each block."""
    inputs = stem
    for stage, (count, outputs) in enumerate(zip(blocks, channels)):
        for i in range(count):
            yield stage, i, inputs, outputs, 2 if i == 0 else 1
            inputs = outputs


class Spos(nn.Module):
    """A supernet, or the subnet of `choices`."""

    def __init__(self, stem, blocks, channels, last, choices=None):
        super().__init__()
        self.blocks, affine = blocks, choices is not None
        norm = lambda channels: nn.BatchNorm2d(channels, affine=affine)  # noqa: E731
        self.first_conv = nn.Sequential(conv(3, stem, 3, 2), norm(stem), nn.ReLU())
        make = lambda choice, place: SposBlock(choice, *place[2:], affine)  # noqa: E731
        every = list(places(blocks, channels, stem))
        if choices is None:
            self.features = nn.ModuleList(nn.ModuleList(make(c, place) for c in CHOICES) for place in every)
        else:
            self.features = nn.Sequential(*(make(c, place) for c, place in zip(choices, every)))
        self.conv_last = nn.Sequential(conv(channels[-1], last), norm(last), nn.ReLU())
        self.classifier = nn.Sequential(nn.Linear(last, 7, bias=False))

    def forward(self, x, subnet):
        x, maps, at = self.first_conv(x), [], 0
        for count in self.blocks:
            for _ in range(count):
                block = self.features[at]
                x = block[CHOICES.index(subnet[at])](x) if isinstance(block, nn.ModuleList) else block(x)
                at += 1
            maps.append(x)
        return [self.classifier(self.conv_last(x).mean((2, 3))), *maps]


class ConvBNReLU(nn.Module):
    def __init__(self, inputs, outputs, kernel, stride):
        super().__init__()
        self.conv = conv(inputs, outputs, kernel, stride, bias=True)
        self.bn = nn.BatchNorm2d(outputs)

    def forward(self, x):
        return F.relu(self.bn(self.conv(x)))


class Head(nn.Module):
    def __init__(self, inputs):
        super().__init__()
        self.fc = nn.Linear(inputs, 7)

    def forward(self, x):
        return self.fc(x)


class DetNas(nn.Module):
    def __init__(self, stem, blocks, channels, last, shuffle, choices=None):
        super().__init__()
        self.blocks = blocks
        self.first_conv = ConvBNReLU(3, stem, 3, 2)
        every = list(places(blocks, channels, stem))

        def make(choice, place):
            return DetNasBlock(choice, *place[2:], f"{place[0] + 1}{chr(ord('a') + place[1])}", shuffle)

        if choices is None:
            self.features = nn.Sequential(*(nn.ModuleList(make(c, place) for c in CHOICES) for place in every))
        else:
            self.features = nn.Sequential(*(make(c, place) for c, place in zip(choices, every)))
        self.last_conv = ConvBNReLU(channels[-1], last, 1, 1)
        self.fc = Head(last)

    def forward(self, x, subnet):
        x, maps, at = self.first_conv(x), [], 0
        for count in self.blocks:
            for _ in range(count):
                block = self.features[at]
                x = block[CHOICES.index(subnet[at])](x) if isinstance(block, nn.ModuleList) else block(x)
                at += 1
            maps.append(x)
        return [self.fc(self.last_conv(x).mean((2, 3))), *maps]


class Mutable(nn.Module):
    def __init__(self, candidates, name):
        super().__init__()
        self.add_module(name, nn.ModuleDict(candidates))


class MMRazorBackbone(nn.Module):
    def __init__(self, stem, blocks, channels, last, candidates, choices):
        super().__init__()
        self.blocks, self.candidates = blocks, candidates
        self.conv1 = ConvModule(3, stem, 3, 2)
        self.layers = nn.ModuleList(nn.Sequential() for _ in blocks)
        for at, (stage, i, *sizes) in enumerate(places(blocks, channels, stem)):
            kept = CHOICES if choices is None else [choices[at]]
            self.layers[stage].add_module(str(i), Mutable({c: MMRazorBlock(c, *sizes) for c in kept}, candidates))
        self.layers.append(ConvModule(channels[-1], last))

    def forward(self, x, subnet):
        x, maps, at = self.conv1(x), [], 0
        for stage in self.layers[:-1]:
            for block in stage:
                x = getattr(block, self.candidates)[subnet[at]](x)
                at += 1
            maps.append(x)
        return maps, self.layers[-1](x)


class MMRazorClassifier(nn.Module):
    def __init__(self, candidates="_candidates", choices=None, **sizes):
        super().__init__()
        self.backbone = MMRazorBackbone(**sizes, candidates=candidates, choices=choices)
        self.head = Head(sizes["last"])

    def forward(self, x, subnet):
        maps, last = self.backbone(x, subnet)
        return [self.head(last.mean((2, 3))), *maps]


# --- torchvision's own networks, which also return their maps ---


def resnet(depths, bottleneck, classes=7):
    from torchvision.models.resnet import Bottleneck, ResNet

    class Network(ResNet):
        def forward(self, x, subnet):
            x, maps = self.maxpool(self.relu(self.bn1(self.conv1(x)))), []
            for i, stage in enumerate((self.layer1, self.layer2, self.layer3, self.layer4)):
                x = stage[: subnet.get(f"stages.{i}.depth")](x)
                maps.append(x)
            return [self.fc(self.avgpool(x).flatten(1)), *maps]

    return Network(Bottleneck, depths, num_classes=classes, width_per_group=bottleneck)


KINDS = {
    "cream": Cream,
    "timm": Timm,
    "spos": Spos,
    "detnas": DetNas,
    "mmrazor": MMRazorClassifier,
    "resnet": resnet,
}


def randomize(network):
    for name, tensor in network.state_dict().items():
        if name.endswith("running_var"):
            tensor.uniform_(0.5, 1.5)
        elif name.endswith("running_mean"):
            tensor.normal_(0, 0.2)
        elif tensor.dim() == 1 and name.endswith("weight"):
            tensor.uniform_(0.5, 1.5)
        elif name.endswith("bias"):
            tensor.normal_(0, 0.2)


def checkpoint(kind, network):
    """Saves as the project's training does."""
    state = network.state_dict()
    if kind == "cream":
        average = {name: tensor.clone() for name, tensor in state.items()}
        zeros = {name: tensor * 0 for name, tensor in state.items()}
        args = argparse.Namespace(lr=0.1, distributed=True)
        return {"model": zeros, "model_ema": average, "optimizer": {"state": {}}, "epoch": 3, "args": args}
    if kind == "timm":
        return {"model": state}
    if kind == "resnet":
        return state
    if kind == "mmrazor":
        prefixed = {f"architecture.{name}": tensor for name, tensor in state.items()}
        return {"meta": {"epoch": 3}, "state_dict": prefixed, "message_hub": {"log": [torch.tensor(1.0)]}}
    return {"state_dict": {f"module.{name}": tensor for name, tensor in state.items()}}


def outputs(network, images, subnets):
    with torch.no_grad():
        every = [network.eval()(images, subnet) for subnet in subnets]
    return {f"{i}.{j}": output for i, found in enumerate(every) for j, output in enumerate(found)}


def main(how, folder, specs):
    for seed, spec in enumerate(json.loads(specs)):
        torch.manual_seed(seed)
        network = KINDS[spec["kind"]](**spec["sizes"])
        if how == "save":
            randomize(network)
            images = torch.randn(2, 3, spec["image"], spec["image"])
            torch.save(checkpoint(spec["kind"], network), f"{folder}/{spec['name']}.pth")
            torch.save({"images": images, **outputs(network, images, spec["subnets"])}, f"{folder}/{spec['name']}.out.pth")
            continue
        network.load_state_dict(torch.load(f"{folder}/{spec['name']}.back.pth"))
        expected = torch.load(f"{folder}/{spec['name']}.out.pth")
        found = outputs(network, expected.pop("images"), spec["subnets"])
        errors = [float((found[name] - own).abs().max() / own.abs().max()) for name, own in expected.items()]
        print(spec["name"], max(errors))


main(*sys.argv[1:])
