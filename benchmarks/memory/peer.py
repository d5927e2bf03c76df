"""Runs one case of memory.mjs in PyTorch: peer.py SETTINGS EPOCHS STEPS. The output is that of own.mjs."""
import json
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))
import torch

import network
import transformer

settings, epochs, steps = json.loads(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
torch.set_num_threads(1)


def resident(key):
    with open("/proc/self/status") as status:
        return 1024 * int(re.search(rf"{key}:\s+(\d+) kB", status.read()).group(1))


torch.randn(64, 64) @ torch.randn(64, 64)
loaded = resident("VmRSS")
if settings["model"] == "supernet":
    model = network.Supernet(**settings["sizes"], classes=settings["classes"])
    optimizer = torch.optim.SGD(network.parameter_groups(model, 4e-5), lr=0.01, momentum=0.9, nesterov=True)
    forward = lambda images, step: model(images, settings["paths"][step % len(settings["paths"])])
else:
    model = transformer.Transformer(settings["size"])
    optimizer = torch.optim.AdamW(transformer.parameter_groups(model, 0.05), lr=5e-4)
    forward = lambda images, step: model(images)
images = torch.randn(settings["batch"], 3, settings["size"], settings["size"])
labels = torch.randint(0, settings["classes"], (settings["batch"],))


def train(step):
    loss = torch.nn.functional.cross_entropy(forward(images, step), labels)
    loss.backward()
    optimizer.step()
    optimizer.zero_grad(set_to_none=True)
    loss.item()


peaks, ended = [], []
for _ in range(epochs):
    for step in range(steps):
        train(step)
    peaks.append(resident("VmHWM") - loaded)
    ended.append(resident("VmRSS") - loaded)
print(json.dumps({"loaded": loaded, "peaks": peaks, "ended": ended, "version": torch.__version__}))
