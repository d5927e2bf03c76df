"""Computes the results of PyTorch's layers, losses, optimizers and schedules and prints them as JSON.

The tests compare with vectors.json (`make_vectors.py > vectors.json`) and, if Python has torch, with a fresh
run of this script.
"""

import inspect
import json

import torch
from torch import nn
from torch.nn import functional as F


def pack(tensor):
    tensor = tensor.detach()
    values = [float(f"{v:.9g}") for v in tensor.flatten().tolist()]
    return {"dtype": str(tensor.dtype)[6:], "shape": list(tensor.shape), "values": values}


def pack_all(named):
    return {name: pack(tensor) for name, tensor in named}


def layer(name, module, shape, train=True, steps=1, scale=1):
    torch.manual_seed(1)
    module.train(train)
    with torch.no_grad():
        for tensor in [*module.parameters(), *(b for b in module.buffers() if b.is_floating_point())]:
            tensor.copy_(torch.rand_like(tensor) + 0.25)
    before = pack_all(module.state_dict().items())
    inputs, outputs = [], []
    for _ in range(steps):
        x = (torch.randn(shape) * scale).requires_grad_()
        y = module(x)
        inputs.append(x)
        outputs.append(y)
    cotangent = torch.randn(y.shape)
    module.zero_grad()
    (y * cotangent).sum().backward()
    return {
        "name": name,
        "train": train,
        "state": before,
        "inputs": [pack(x) for x in inputs],
        "outputs": [pack(y) for y in outputs],
        "cotangent": pack(cotangent),
        "inputGradient": pack(x.grad),
        "gradients": {name: pack(p.grad) for name, p in module.named_parameters()},
        "stateAfter": pack_all(module.state_dict().items()),
    }


def layers():
    return [
        layer("conv", nn.Conv2d(3, 4, 3, stride=2, padding=1), (2, 3, 5, 5)),
        layer("depthwise", nn.Conv2d(4, 4, (3, 1), padding=(2, 0), dilation=(2, 1), groups=4, bias=False), (1, 4, 4, 3)),
        layer("linear", nn.Linear(5, 3), (2, 2, 5)),
        layer("linearNoBias", nn.Linear(5, 3, bias=False), (2, 5)),
        layer("batchNorm", nn.BatchNorm2d(3), (4, 3, 2, 2), steps=3),
        layer("batchNorm", nn.BatchNorm2d(3), (4, 3, 2, 2), train=False),
        layer("batchNormCumulative", nn.BatchNorm2d(3, momentum=None), (4, 3, 2, 2), steps=3),
        layer("batchNormPlain", nn.BatchNorm2d(3, affine=False, track_running_stats=False), (4, 3, 2, 2), train=False),
        layer("groupNorm", nn.GroupNorm(2, 4), (2, 4, 3, 2)),
        layer("layerNorm", nn.LayerNorm(6, eps=1e-6), (2, 3, 6)),
        layer("relu", nn.ReLU(), (3, 4)),
        layer("relu6", nn.ReLU6(), (3, 4), scale=20),
        layer("gelu", nn.GELU(), (3, 4)),
        layer("geluTanh", nn.GELU(approximate="tanh"), (3, 4)),
        layer("sigmoid", nn.Sigmoid(), (3, 4), scale=3),
        layer("silu", nn.SiLU(), (3, 4), scale=3),
        layer("hardsigmoid", nn.Hardsigmoid(), (3, 4), scale=3),
        layer("hardswish", nn.Hardswish(), (3, 4), scale=3),
        layer("identity", nn.Identity(), (3, 4)),
        layer("maxPool", nn.MaxPool2d(3, 2, padding=1), (1, 2, 5, 4)),
        layer("maxPoolCeil", nn.MaxPool2d(2, ceil_mode=True), (1, 2, 5, 5)),
        layer("avgPool", nn.AvgPool2d(3, stride=1, padding=1), (1, 2, 4, 4)),
        layer("avgPoolExclude", nn.AvgPool2d(2, padding=1, count_include_pad=False), (1, 2, 4, 4)),
        layer("adaptiveAvgPool", nn.AdaptiveAvgPool2d((2, 3)), (1, 2, 5, 4)),
        layer("flatten", nn.Flatten(), (2, 2, 3, 2)),
        layer("dropout", nn.Dropout(0.5), (3, 4), train=False),
    ]


def loss(name, function, *inputs):
    x = inputs[0].clone().requires_grad_()
    value = function(x, *inputs[1:])
    value.sum().backward()
    return {"name": name, "inputs": [pack(t) for t in inputs], "value": pack(value), "gradient": pack(x.grad)}


def losses():
    torch.manual_seed(2)
    logits, labels = torch.randn(4, 5), torch.tensor([0, 4, 2, 2])
    weight = torch.rand(5)
    a, b = torch.randn(3, 4) * 2, torch.randn(3, 4)
    target, positive = torch.rand(3, 4), torch.rand(4)
    return [
        loss("crossEntropy", lambda x, y: F.cross_entropy(x, y), logits, labels),
        loss("crossEntropySum", lambda x, y: F.cross_entropy(x, y, reduction="sum"), logits, labels),
        loss("crossEntropyNone", lambda x, y: F.cross_entropy(x, y, reduction="none"), logits, labels),
        loss("crossEntropySmooth", lambda x, y: F.cross_entropy(x, y, label_smoothing=0.1), logits, labels),
        loss("crossEntropyIgnore", lambda x, y: F.cross_entropy(x, y, ignore_index=2), logits, labels),
        loss("crossEntropyWeight", lambda x, y, w: F.cross_entropy(x, y, w), logits, labels, weight),
        loss("smoothL1", lambda x, y: F.smooth_l1_loss(x, y), a, b),
        loss("smoothL1Beta", lambda x, y: F.smooth_l1_loss(x, y, beta=1 / 9, reduction="sum"), a, b),
        loss("bce", lambda x, y: F.binary_cross_entropy_with_logits(x, y), a, target),
        loss("bceNone", lambda x, y: F.binary_cross_entropy_with_logits(x, y, reduction="none"), a, target),
        loss("bcePositive", lambda x, y, p: F.binary_cross_entropy_with_logits(x, y, pos_weight=p), a, target, positive),
    ]


def trajectory(name, make, steps=6):
    """Two groups. The second parameter of the second group has a gradient only in every other step."""
    torch.manual_seed(3)
    params = [torch.randn(3, 2), torch.randn(2), torch.randn(4)]
    start = [pack(p) for p in params]
    params = [nn.Parameter(p) for p in params]
    optimizer = make(params)
    gradients, results = [], []
    for step in range(steps):
        row = [torch.randn_like(p) if i < 2 or step % 2 else None for i, p in enumerate(params)]
        for p, g in zip(params, row):
            p.grad = None if g is None else g.clone()
        optimizer.step()
        gradients.append([None if g is None else pack(g) for g in row])
        results.append([pack(p) for p in params])
    return {"name": name, "start": start, "gradients": gradients, "results": results}


def trajectories():
    def groups(p, decay):
        return [{"params": [p[0]], "weight_decay": decay}, {"params": p[1:], "weight_decay": 0}]

    sgd, adamw = torch.optim.SGD, torch.optim.AdamW
    return [
        trajectory("sgd", lambda p: sgd(p, 0.1)),
        trajectory("sgdDecay", lambda p: sgd(groups(p, 0.1), 0.1)),
        trajectory("sgdMomentum", lambda p: sgd(p, 0.1, momentum=0.9, weight_decay=0.05)),
        trajectory("sgdNesterov", lambda p: sgd(groups(p, 0.05), 0.1, momentum=0.9, nesterov=True)),
        trajectory("adamw", lambda p: adamw(groups(p, 0.1), 0.05)),
        trajectory("adamwBetas", lambda p: adamw(p, 0.05, betas=(0.8, 0.9), eps=1e-4, weight_decay=0)),
    ]


def clip(limit):
    torch.manual_seed(4)
    params = [nn.Parameter(torch.zeros(3, 2)), nn.Parameter(torch.zeros(4))]
    for p in params:
        p.grad = torch.randn_like(p)
    before = [pack(p.grad) for p in params]
    norm = nn.utils.clip_grad_norm_(params, limit)
    return {"limit": limit, "before": before, "norm": float(norm), "after": [pack(p.grad) for p in params]}


def averages(decay, steps=6):
    """AveragedModel over a module whose state is resampled at each step. Buffers are averaged too."""
    module = nn.BatchNorm2d(3)
    average = torch.optim.swa_utils.AveragedModel(
        module,
        avg_fn=lambda mean, new, n: mean + (new - mean) * (1 - min(decay, 1 - (1 + int(n)) ** (-2 / 3))),
        use_buffers=True,
    )
    states, results = [], []
    for step in range(steps):
        torch.manual_seed(step)
        with torch.no_grad():
            for tensor in module.state_dict().values():
                tensor.copy_(torch.randn(tensor.shape) if tensor.is_floating_point() else step)
        states.append(pack_all(module.state_dict().items()))
        average.update_parameters(module)
        floating = [(k, v) for k, v in average.module.state_dict().items() if v.is_floating_point()]
        results.append(pack_all(floating))
    return {"decay": decay, "states": states, "results": results}


def initials():
    def seeded(fill):
        torch.manual_seed(5)
        return pack(fill(torch.empty(6, 4, 2, 2)))

    init = nn.init
    torch.manual_seed(5)
    modules = nn.Sequential(nn.Conv2d(3, 4, 3), nn.Linear(4, 5), nn.BatchNorm2d(3), nn.LayerNorm(2))
    result = {
        "layers": pack_all(modules.state_dict().items()),
        "kaimingUniform": seeded(lambda t: init.kaiming_uniform_(t, nonlinearity="relu")),
        "kaimingNormalOut": seeded(lambda t: init.kaiming_normal_(t, mode="fan_out", nonlinearity="relu")),
        "kaimingSlope": seeded(lambda t: init.kaiming_normal_(t, a=0.3)),
        "xavierUniform": seeded(init.xavier_uniform_),
        "xavierNormal": seeded(lambda t: init.xavier_normal_(t, gain=init.calculate_gain("tanh"))),
        "normal": seeded(lambda t: init.normal_(t, 0.5, 0.01)),
    }
    # PyTorch 2.14 samples by rejection, so it has other values for the same seed.
    if "erfinv" in inspect.getsource(init):
        result["truncatedNormal"] = seeded(lambda t: init.trunc_normal_(t, std=0.02))
        result["truncatedNormalNear"] = seeded(lambda t: init.trunc_normal_(t, mean=0.1, std=1.0, a=-0.5, b=1.5))
    return result


def rates(make, iterations=14):
    optimizer = torch.optim.SGD([nn.Parameter(torch.zeros(1))], 1.0)
    scheduler = make(optimizer)
    factors = []
    for _ in range(iterations):
        factors.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step()
    return factors


def schedules():
    rate = torch.optim.lr_scheduler
    return {
        "polynomial": rates(lambda o: rate.PolynomialLR(o, 10)),
        "polynomialSquare": rates(lambda o: rate.PolynomialLR(o, 10, power=2)),
        "cosine": rates(lambda o: rate.CosineAnnealingLR(o, 10, eta_min=0.1), iterations=11),
        "multiStep": rates(lambda o: rate.MultiStepLR(o, [3, 8], gamma=0.2)),
        "warmupOnly": rates(lambda o: rate.LinearLR(o, 0.1, total_iters=5)),
    }


torch.set_num_threads(1)
print(
    json.dumps(
        {
            "layers": layers(),
            "losses": losses(),
            "trajectories": trajectories(),
            "clips": [clip(0.5), clip(100.0)],
            "averages": [averages(0.4), averages(0.999)],
            "initials": initials(),
            "schedules": schedules(),
        },
        separators=(",", ":"),
    )
)
