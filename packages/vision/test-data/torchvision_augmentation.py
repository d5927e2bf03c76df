"""Augments PIL images with the installed torchvision and Pillow. Reads a file of images and cases, and prints the bytes
of the results in base64."""
import base64
import json
import math
import sys

from PIL import Image
from torchvision.transforms import functional as F
from torchvision.transforms.functional import InterpolationMode

MODES = {"bilinear": InterpolationMode.BILINEAR, "bicubic": InterpolationMode.BICUBIC}


def affine(image, translate, shear, canvas, center=None):
    return F.affine(
        image,
        angle=0.0,
        translate=translate,
        scale=1.0,
        shear=shear,
        interpolation=MODES[canvas["interpolation"]],
        fill=canvas["fill"],
        center=center,
    )


def slope(value):
    return math.degrees(math.atan(value))


def solarize_add(image, add):
    return image.point([min(255, v + add) if v < 128 else v for v in range(256)] * 3)


OPERATIONS = {
    "autoContrast": lambda image, value, canvas: F.autocontrast(image),
    "brightness": lambda image, value, canvas: F.adjust_brightness(image, value),
    "color": lambda image, value, canvas: F.adjust_saturation(image, value),
    "contrast": lambda image, value, canvas: F.adjust_contrast(image, value),
    "equalize": lambda image, value, canvas: F.equalize(image),
    "invert": lambda image, value, canvas: F.invert(image),
    "posterize": lambda image, value, canvas: F.posterize(image, value),
    "rotate": lambda image, value, canvas: F.rotate(
        image, value, interpolation=MODES[canvas["interpolation"]], fill=canvas["fill"]
    ),
    "sharpness": lambda image, value, canvas: F.adjust_sharpness(image, value),
    "shearX": lambda image, value, canvas: affine(image, [0, 0], [slope(value), 0.0], canvas, [0, 0]),
    "shearY": lambda image, value, canvas: affine(image, [0, 0], [0.0, slope(value)], canvas, [0, 0]),
    "solarize": lambda image, value, canvas: F.solarize(image, value),
    "solarizeAdd": lambda image, value, canvas: solarize_add(image, value),
    # torchvision moves to the right and down. The papers and Pillow move in the opposite directions.
    "translateX": lambda image, value, canvas: affine(image, [-value, 0], [0.0, 0.0], canvas),
    "translateY": lambda image, value, canvas: affine(image, [0, -value], [0.0, 0.0], canvas),
    "hue": lambda image, value, canvas: F.to_pil_image(F.adjust_hue(F.pil_to_tensor(image), value)),
    "resize": lambda image, value, canvas: F.resized_crop(
        image, *value, interpolation=MODES[canvas["interpolation"]]
    ),
}

with open(sys.argv[1]) as file:
    given = json.load(file)
images = [
    Image.frombytes("RGB", (one["width"], one["height"]), base64.b64decode(one["pixels"]))
    for one in given["images"]
]
print(
    json.dumps(
        [
            base64.b64encode(
                OPERATIONS[case["name"]](images[case["image"]], case["value"], case["canvas"]).tobytes()
            ).decode()
            for case in given["cases"]
        ]
    )
)
