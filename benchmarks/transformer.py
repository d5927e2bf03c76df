"""Published AutoFormer-T subnet in PyTorch for small images, the baseline of the speed comparison. The layers are those
of packages/nas/src/spaces/autoformer.ts."""
import torch
from torch import nn

WIDTH, HEAD, FURTHEST = 192, 64, 14
RATIO = [3.5, 3.5, 3, 3.5, 3, 3, 4, 4, 3.5, 4, 3.5, 4, 3.5]
HEADS = [3] * 10 + [4, 3, 3]


def pairs(grid):
    """Returns the vertical and horizontal table rows for each pair of tokens, 0 for the class token."""
    patch = torch.arange(grid * grid)
    between = lambda at: (at[None] - at[:, None]).clamp(-FURTHEST, FURTHEST) + FURTHEST + 1
    padded = lambda index: nn.functional.pad(index, (1, 0, 1, 0))
    return padded(between(patch // grid)), padded(between(patch % grid))


class Positions(nn.Module):
    def __init__(self, grid):
        super().__init__()
        self.vertical = nn.Parameter(torch.empty(2 * FURTHEST + 2, HEAD))
        self.horizontal = nn.Parameter(torch.empty(2 * FURTHEST + 2, HEAD))
        for table in (self.vertical, self.horizontal):
            nn.init.trunc_normal_(table, std=0.02)
        self.rows, self.columns = pairs(grid)

    def forward(self):
        return nn.functional.embedding(self.rows, self.vertical) + nn.functional.embedding(self.columns, self.horizontal)


class Attention(nn.Module):
    def __init__(self, heads, grid, factor):
        super().__init__()
        self.heads, self.factor = heads, factor
        self.qkv = nn.Linear(WIDTH, 3 * heads * HEAD)
        self.keys, self.values = Positions(grid), Positions(grid)
        self.proj = nn.Linear(heads * HEAD, WIDTH)

    def forward(self, x):
        b, n, _ = x.shape
        h = self.heads
        q, k, v = self.qkv(x).reshape(b, n, 3, h, HEAD).permute(2, 0, 3, 1, 4).unbind(0)
        scores = q @ k.transpose(-2, -1)
        by_token = q.permute(2, 0, 1, 3).reshape(n, b * h, HEAD) @ self.keys().transpose(1, 2)
        scores = scores + by_token.transpose(0, 1).reshape(b, h, n, n)
        weights = (scores * HEAD**-0.5).softmax(-1)
        by_token = weights.permute(2, 0, 1, 3).reshape(n, b * h, n) @ self.values()
        x = weights @ v + by_token.transpose(0, 1).reshape(b, h, n, HEAD)
        x = x.transpose(1, 2).reshape(b, n, h * HEAD)
        return self.proj(x if self.factor == 1 else x * self.factor)


class Block(nn.Module):
    def __init__(self, heads, ratio, grid):
        super().__init__()
        hidden = int(WIDTH * ratio)
        self.norm1, self.attention = nn.LayerNorm(WIDTH), Attention(heads, grid, 4 / heads)
        self.norm2, self.factor = nn.LayerNorm(WIDTH), 4 / ratio
        self.mlp = nn.Sequential(nn.Linear(WIDTH, hidden), nn.GELU(), nn.Linear(hidden, WIDTH))

    def forward(self, x):
        x = x + self.attention(self.norm1(x))
        y = self.mlp(self.norm2(x))
        return x + (y if self.factor == 1 else y * self.factor)


class Transformer(nn.Module):
    def __init__(self, image, patch=16, classes=1000):
        super().__init__()
        grid = image // patch
        self.embed = nn.Conv2d(3, WIDTH, patch, patch)
        self.cls_token = nn.Parameter(torch.empty(1, 1, WIDTH))
        self.pos_embed = nn.Parameter(torch.empty(1, grid * grid + 1, WIDTH))
        self.blocks = nn.Sequential(*(Block(h, r, grid) for h, r in zip(HEADS, RATIO)))
        self.norm = nn.LayerNorm(WIDTH)
        self.fc = nn.Linear(WIDTH, classes)
        for tensor in (self.cls_token, self.pos_embed, *(m.weight for m in self.modules() if isinstance(m, nn.Linear))):
            nn.init.trunc_normal_(tensor, std=0.02)
        for module in self.modules():
            if isinstance(module, nn.Linear):
                nn.init.zeros_(module.bias)

    def forward(self, x):
        x = self.embed(x).flatten(2).transpose(1, 2)
        x = torch.cat([self.cls_token.expand(len(x), -1, -1), x], 1) + self.pos_embed
        return self.fc(self.norm(self.blocks(x))[:, 1:].mean(1))


def parameter_groups(model, weight_decay):
    decayed, free = [], []
    for module in model.modules():
        for name, p in module.named_parameters(recurse=False):
            exempt = isinstance(module, (nn.LayerNorm, Positions)) or name in ("bias", "cls_token", "pos_embed")
            (free if exempt else decayed).append(p)
    return [{"params": decayed, "weight_decay": weight_decay}, {"params": free, "weight_decay": 0.0}]
