"""Writes small.pth and small-legacy.pth, which the tests of the reader use if Python does not have torch."""

import collections
import pathlib

import torch

base = torch.arange(12.0)
state = collections.OrderedDict(
    [
        ("plain", base.view(3, 4)),
        ("transposed", base.view(3, 4).t()),
        ("offset", base[5:8]),
        ("parameter", torch.nn.Parameter(torch.tensor([1.5, -2.0], dtype=torch.float16))),
        ("bfloat16", torch.tensor([1.0, -0.5], dtype=torch.bfloat16)),
        ("count", torch.tensor(7)),
        ("flags", torch.tensor([True, False, True])),
    ]
)
saved = {"state_dict": state, "epoch": 3, "size": torch.Size([1, 2])}
folder = pathlib.Path(__file__).parent
torch.save(saved, folder / "small.pth")
torch.save(saved, folder / "small-legacy.pth", _use_new_zipfile_serialization=False)
