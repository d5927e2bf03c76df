"""SPOS ShuffleNetV2 supernet in PyTorch, the baseline of the speed comparison. The layers are those of
packages/nas/src/spaces/spos-shufflenetv2.ts."""
import torch
from torch import nn

CHOICES = ["shuffle_3x3", "shuffle_5x5", "shuffle_7x7", "shuffle_xception"]


def pointwise(i, o):
    return [nn.Conv2d(i, o, 1, bias=False), nn.BatchNorm2d(o)]


def depthwise(c, k, s):
    return [nn.Conv2d(c, c, k, s, k // 2, groups=c, bias=False), nn.BatchNorm2d(c)]


class Block(nn.Module):
    def __init__(self, i, o, stride, choice):
        super().__init__()
        main_in = i if stride == 2 else i // 2
        mid, main = o // 2, o - main_in
        k = 3 if choice in ("shuffle_3x3", "shuffle_xception") else int(choice[8])
        if choice == "shuffle_xception":
            layers = [*depthwise(main_in, 3, stride), *pointwise(main_in, mid), nn.ReLU(),
                      *depthwise(mid, 3, 1), *pointwise(mid, mid), nn.ReLU(),
                      *depthwise(mid, 3, 1), *pointwise(mid, main), nn.ReLU()]
        else:
            layers = [*pointwise(main_in, mid), nn.ReLU(), *depthwise(mid, k, stride), *pointwise(mid, main), nn.ReLU()]
        self.branch_main = nn.Sequential(*layers)
        self.branch_proj = None
        if stride == 2:
            self.branch_proj = nn.Sequential(*depthwise(i, k, 2), *pointwise(i, i), nn.ReLU())

    def forward(self, x):
        if self.branch_proj is not None:
            return torch.cat([self.branch_proj(x), self.branch_main(x)], 1)
        n, c, h, w = x.shape
        pairs = x.reshape(n, c // 2, 2, h, w)
        return torch.cat([pairs.select(2, 0), self.branch_main(pairs.select(2, 1))], 1)


class Supernet(nn.Module):
    def __init__(self, stem=16, blocks=(4, 4, 8, 4), channels=(64, 160, 320, 640), last=1024, classes=1000):
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(3, stem, 3, 2, 1, bias=False), nn.BatchNorm2d(stem), nn.ReLU())
        self.blocks = nn.ModuleList()
        i = stem
        for count, o in zip(blocks, channels):
            for b in range(count):
                self.blocks.append(nn.ModuleList(Block(i, o, 2 if b == 0 else 1, c) for c in CHOICES))
                i = o
        self.last_conv = nn.Sequential(*pointwise(i, last), nn.ReLU())
        self.fc = nn.Linear(last, classes)

    def forward(self, x, path):
        x = self.stem(x)
        for block, choice in zip(self.blocks, path):
            x = block[choice](x)
        return self.fc(self.last_conv(x).mean([2, 3]))


def parameter_groups(model, weight_decay):
    decayed, free = [], []
    for module in model.modules():
        for name, p in module.named_parameters(recurse=False):
            exempt = isinstance(module, nn.BatchNorm2d) or name == "bias" or getattr(module, "groups", 1) > 1
            (free if exempt else decayed).append(p)
    return [{"params": decayed, "weight_decay": weight_decay}, {"params": free, "weight_decay": 0.0}]
