"""Runs the rounds of engine.mjs in PyTorch: reads lines "CASE COUNT" and prints the seconds of each."""
import json
import resource
import sys
import time

import torch

import transformer
from network import Supernet, parameter_groups

settings = json.loads(sys.argv[1])
torch.set_num_threads(settings["threads"])
torch.manual_seed(0)
model = Supernet()
optimizer = torch.optim.SGD(parameter_groups(model, 4e-5), lr=0.01, momentum=0.9, nesterov=True)
images = torch.randn(32, 3, 64, 64)
labels = torch.randint(0, 1000, (32,))
a, b, m = torch.tensor([1.0]), torch.tensor([2.0]), torch.randn(4, 4)
paths = settings["paths"]
at = {"train": 0, "eval": 0}
vit = transformer.Transformer(64)
vit_optimizer = torch.optim.AdamW(transformer.parameter_groups(vit, 0.05), lr=5e-4)


def train(count):
    model.train()
    for _ in range(count):
        optimizer.zero_grad(set_to_none=True)
        loss = torch.nn.functional.cross_entropy(model(images, paths[at["train"] % len(paths)]), labels)
        loss.backward()
        optimizer.step()
        loss.item()
        at["train"] += 1


def evaluate(count):
    model.eval()
    with torch.no_grad():
        for _ in range(count):
            model(images, paths[at["eval"] % len(paths)]).argmax(1).sum().item()
            at["eval"] += 1


def train_vit(count):
    vit.train()
    for _ in range(count):
        vit_optimizer.zero_grad(set_to_none=True)
        loss = torch.nn.functional.cross_entropy(vit(images), labels)
        loss.backward()
        vit_optimizer.step()
        loss.item()


def evaluate_vit(count):
    vit.eval()
    with torch.no_grad():
        for _ in range(count):
            vit(images).argmax(1).sum().item()


def repeat(body):
    def run(count):
        for _ in range(count):
            body()
    return run


cases = {
    "train": train,
    "eval": evaluate,
    "trainTransformer": train_vit,
    "evalTransformer": evaluate_vit,
    "add": repeat(lambda: a + b),
    "matmul": repeat(lambda: m @ m),
    "view": repeat(lambda: m.view(16)),
    "sum": repeat(lambda: m.sum()),
}
print(torch.__version__, flush=True)
for line in sys.stdin:
    name, count = line.split()
    if name == "memory":
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024, flush=True)
        continue
    start = time.perf_counter()
    cases[name](int(count))
    print(time.perf_counter() - start, flush=True)
