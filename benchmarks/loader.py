"""Loads images with torchvision's transforms in PyTorch's DataLoader.

Reads a line of settings, then lines "CASE WORKERS ROUND", and prints the seconds of each round. "check CASE FILE"
writes the values of the first batch to a file instead.
"""
import json
import sys
import time

import PIL
import torch
import torchvision
from PIL import Image
from torch.utils.data import DataLoader, Dataset, Sampler, default_collate
from torchvision import transforms as T
from torchvision.transforms import InterpolationMode
from torchvision.transforms import functional as F

settings = json.loads(sys.stdin.readline())
torch.set_num_threads(1)
SIDE, MEAN, STD = 224, [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]
finish = [T.ToTensor(), T.Normalize(MEAN, STD)]


def one_operation():
    return T.RandomApply([T.RandAugment(1, 9, interpolation=InterpolationMode.BICUBIC, fill=[124, 116, 104])], 0.5)


def detection(image, flip=0.5):
    short, long = sorted(image.size)
    scale = min(800 / short, 1333 / long)
    image = F.resize(image, [round(image.height * scale), round(image.width * scale)])
    if torch.rand(1) < flip:
        image = F.hflip(image)
    return F.normalize(F.to_tensor(image), MEAN, STD)


def padded(items):
    images, labels = zip(*items)
    height, width = (-(-max(image.shape[d] for image in images) // 32) * 32 for d in (1, 2))
    batch = torch.zeros(len(images), 3, height, width)
    for target, image in zip(batch, images):
        target[:, : image.shape[1], : image.shape[2]].copy_(image)
    return batch, torch.tensor(labels)


def mixed(items):
    images, labels = default_collate(items)
    weight = torch.distributions.Beta(0.8, 0.8).sample()
    return images.mul_(weight).add_(images.flip(0) * (1 - weight)), labels


crop = [T.RandomResizedCrop(SIDE), T.RandomHorizontalFlip()]
bicubic = [T.RandomResizedCrop(SIDE, interpolation=InterpolationMode.BICUBIC), T.RandomHorizontalFlip()]
erasing = T.RandomErasing(0.25, scale=(0.02, 1 / 3), ratio=(0.3, 1 / 0.3), value="random")
cases = {
    "imagenet": (T.Compose([*crop, T.ColorJitter(0.4, 0.4, 0.4), *finish]), default_collate),
    "evaluation": (T.Compose([T.Resize(256), T.CenterCrop(SIDE), *finish]), default_collate),
    "autoformer": (T.Compose([*bicubic, one_operation(), one_operation(), *finish, erasing]), mixed),
    "detection": (detection, padded),
}


class Files(Dataset):
    """Repeats the list of files indefinitely."""

    def __init__(self, files, transform):
        self.files, self.transform = files, transform

    def __getitem__(self, index):
        return self.transform(Image.open(self.files[index % len(self.files)]).convert("RGB")), 0


class Rounds(Sampler):
    """Yields the indices of one round. Every round has different indices."""

    def __init__(self, count):
        self.count, self.round = count, 0

    def __len__(self):
        return self.count

    def __iter__(self):
        return iter(range(self.round * self.count, (self.round + 1) * self.count))


loaders = {}


def loader_of(case, workers):
    if (case, workers) not in loaders:
        own = settings["cases"][case]
        transform, collate = cases[case]
        loaders[case, workers] = DataLoader(
            Files(own["files"], transform),
            batch_size=own["batch"],
            sampler=Rounds(own["count"]),
            num_workers=workers,
            collate_fn=collate,
            persistent_workers=workers > 0,
        )
    return loaders[case, workers]


def check(case, path):
    own = settings["cases"][case]
    transform, collate = cases[case]
    if case == "detection":
        transform = lambda image: detection(image, 0)  # noqa: E731
    files = Files(own["files"], transform)
    batch, _ = collate([files[i] for i in range(own["batch"])])
    batch.contiguous().numpy().tofile(path)


print(f"torchvision {torchvision.__version__}, PyTorch {torch.__version__}, Pillow {PIL.__version__}", flush=True)
for line in sys.stdin:
    case, *rest = line.split()
    if case == "check":
        check(*rest)
        print(0, flush=True)
        continue
    workers, number = map(int, rest)
    loader = loader_of(case, workers)
    loader.sampler.round = number
    start = time.perf_counter()
    for images, _ in loader:
        pass
    print(time.perf_counter() - start, flush=True)
