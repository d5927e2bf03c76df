"""Computes the results of PyTorch's autocast to bfloat16 on the CPU and prints them as JSON.

The tests compare with autocast-vectors.json (`make_autocast_vectors.py > autocast-vectors.json`) and, if Python
has torch, with a fresh run of this script.
"""

import json

import torch
from torch import nn
from torch.nn import functional as F


def pack(tensor):
    tensor = tensor.detach()
    values = [float(f"{v:.9g}") for v in tensor.flatten().tolist()]
    return {"dtype": str(tensor.dtype)[6:], "shape": list(tensor.shape), "values": values}


def autocast():
    return torch.autocast("cpu", dtype=torch.bfloat16)


def operators():
    """Returns the output type of each operator for float32 inputs."""
    images = torch.randn(2, 4, 6, 6)
    kernel = torch.randn(4, 4, 3, 3)
    rows = torch.randn(4, 4)
    labels = torch.tensor([0, 1, 2, 3])
    with autocast():
        results = {
            "conv": F.conv2d(images, kernel),
            "depthwise": F.conv2d(images, kernel[:, :1], groups=4),
            "linear": F.linear(rows, rows),
            "matmul": rows @ rows,
            "bmm": torch.bmm(rows[None], rows[None]),
            "relu": rows.relu(),
            "reluOfMatmul": (rows @ rows).relu(),
            "add": rows + rows,
            "addOfMatmul": rows + rows @ rows,
            "sumOfMatmul": (rows @ rows).sum(),
            "softmax": rows.softmax(1),
            "softmaxOfMatmul": (rows @ rows).softmax(1),
            "catOfBoth": torch.cat([rows, rows @ rows]),
            "batchNormOfConv": F.batch_norm(F.conv2d(images, kernel), None, None, training=True),
            "maxPoolOfConv": F.max_pool2d(F.conv2d(images, kernel), 2),
            "crossEntropyOfMatmul": F.cross_entropy(rows @ rows, labels),
            "smoothL1OfMatmul": F.smooth_l1_loss(rows @ rows, rows),
            "withLogitsOfMatmul": F.binary_cross_entropy_with_logits(rows @ rows, rows),
        }
    return {name: str(result.dtype)[6:] for name, result in results.items()}


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3, padding=1, bias=False)
        self.norm = nn.BatchNorm2d(8)
        self.depthwise = nn.Conv2d(8, 8, 3, padding=1, groups=8, bias=False)
        self.point = nn.Conv2d(8, 16, 1)
        self.fc = nn.Linear(16, 5)

    def forward(self, x):
        x = self.depthwise(self.norm(self.conv(x)).relu())
        return self.fc(self.point(x).relu().mean((2, 3)))


def network():
    torch.manual_seed(1)
    net = Net()
    images, labels = torch.randn(4, 3, 10, 10), torch.tensor([0, 1, 2, 3])
    state = {name: pack(tensor) for name, tensor in net.state_dict().items()}
    loss = lambda: F.cross_entropy(net(images), labels, label_smoothing=0.1)
    with torch.no_grad():
        exact = loss()
    with autocast():
        cast = loss()
    cast.backward()
    return {
        "images": pack(images),
        "state": state,
        "float32Loss": pack(exact),
        "loss": pack(cast),
        "gradients": {name: pack(p.grad) for name, p in net.named_parameters()},
    }


torch.set_num_threads(1)
print(json.dumps({"operators": operators(), "network": network()}, separators=(",", ":")))
