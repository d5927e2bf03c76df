"""Writes coco-vectors.json: ground truth, detections and the twelve box metrics that pycocotools computes for them.

Needs pycocotools and numpy:  python3 make_coco_vectors.py > coco-vectors.json
"""
import contextlib
import copy
import json
import random
import sys

from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

KEYS = ["AP", "AP50", "AP75", "APs", "APm", "APl", "AR1", "AR10", "AR100", "ARs", "ARm", "ARl"]


def expected(ground_truth, detections):
    with contextlib.redirect_stdout(sys.stderr):
        coco = COCO()
        coco.dataset = copy.deepcopy(ground_truth)
        coco.createIndex()
        evaluation = COCOeval(coco, coco.loadRes(copy.deepcopy(detections)), "bbox")
        evaluation.evaluate()
        evaluation.accumulate()
        evaluation.summarize()
    return dict(zip(KEYS, (float(v) for v in evaluation.stats)))


def ground(image_ids, category_ids, annotations, first_id=1):
    return {
        "images": [{"id": i, "width": 400, "height": 400, "file_name": f"{i}.jpg"} for i in image_ids],
        "categories": [{"id": c, "name": f"class {c}"} for c in category_ids],
        "annotations": [{"id": n + first_id, **a} for n, a in enumerate(annotations)],
    }


def truth(image, category, bbox, area=None, crowd=0):
    return {"image_id": image, "category_id": category, "bbox": bbox, "iscrowd": crowd,
            "area": bbox[2] * bbox[3] if area is None else area}


def found(image, category, bbox, score):
    return {"image_id": image, "category_id": category, "bbox": bbox, "score": score}


def box(rng, sizes, digits=1):
    w, h = (round(rng.uniform(*sizes), digits) for _ in "wh")
    return [round(rng.uniform(0, 400 - w), digits), round(rng.uniform(0, 400 - h), digits), w, h]


def jitter(rng, bbox, amount):
    x, y, w, h = bbox
    return [round(x + rng.uniform(-amount, amount) * w, 1), round(y + rng.uniform(-amount, amount) * h, 1),
            round(w * rng.uniform(1 - amount, 1 + amount), 1), round(h * rng.uniform(1 - amount, 1 + amount), 1)]


def random_case(seed, images, categories, objects, crowd, spread, score_digits, first_id=1):
    rng = random.Random(seed)
    annotations, detections = [], []
    for i in images:
        for _ in range(rng.choice(objects)):
            b = box(rng, rng.choice([(6, 40), (30, 110), (80, 250)]))
            area = round(b[2] * b[3] * rng.choice([1, 0.7]), 2)
            c = rng.choice(categories)
            annotations.append(truth(i, c, b, area, int(rng.random() < crowd)))
            for _ in range(rng.choice([0, 1, 1, 2, 3])):
                label = c if rng.random() < 0.9 else rng.choice(categories)
                detections.append(found(i, label, jitter(rng, b, spread), round(rng.random(), score_digits)))
        for _ in range(rng.choice([0, 0, 2])):
            detections.append(found(i, rng.choice(categories), box(rng, (5, 200)), round(rng.random(), score_digits)))
    rng.shuffle(detections)
    return ground(images, categories, annotations, first_id), detections


def many_detections():
    rng = random.Random(7)
    annotations, detections = [], []
    for i in (1, 2):
        for k in range(12):
            b = [30 * k, 20 * i, 25, 30]
            annotations.append(truth(i, 1, b))
            for _ in range(12):
                detections.append(found(i, 1, jitter(rng, b, 0.12), round(rng.random(), 2)))
    return ground([1, 2], [1], annotations), detections


def area_edges():
    annotations, detections = [], []
    sides = [31.9, 32, 32.1, 95.9, 96, 96.1]
    for n, side in enumerate(sides):
        annotations.append(truth(n + 1, 1, [10, 10, side, side]))
        annotations.append(truth(n + 1, 1, [200, 200, 64, 64], [1023.999, 1024, 1024.001, 9215.999, 9216, 9216.001][n]))
        detections += [found(n + 1, 1, [10, 10, side, side], 0.9 - n * 0.1),
                       found(n + 1, 1, [201, 200, 64, 64], 0.85 - n * 0.1),
                       found(n + 1, 1, [300, 10, side, side], 0.95 - n * 0.1)]
    return ground(range(1, 7), [1], annotations), detections


def recall_steps(count):
    rng = random.Random(count)
    annotations = [truth(1 + k // 50, 1, [(k % 50) * 8, 5, 7, 40 + k % 3]) for k in range(count)]
    detections = []
    for k, a in enumerate(annotations):
        good = rng.random() < 0.8
        b = a["bbox"] if good else [a["bbox"][0], 300, 7, 20]
        detections.append(found(a["image_id"], 1, b, round(1 - k / (count + 1), 4)))
    return ground(range(1, 2 + count // 50), [1], annotations), detections


def threshold_edges():
    annotations, detections = [], []
    for n, part in enumerate([50, 55, 60, 65, 70, 75, 80, 85, 90, 95]):
        annotations.append(truth(1, n + 1, [0, 0, 100, 100]))
        detections.append(found(1, n + 1, [0, 0, part, 100], 0.5))
    annotations.append(truth(1, 1, [200, 0, 100, 100]))
    annotations.append(truth(1, 1, [220, 0, 100, 100]))
    detections.append(found(1, 1, [210, 0, 100, 100], 0.5))
    detections.append(found(1, 1, [210, 0, 100, 100], 0.5))
    detections.append(found(1, 2, [0, 0, 0, 0], 0.7))
    return ground([1], range(1, 11), annotations), detections


def crowds():
    annotations = [truth(1, 1, [0, 0, 300, 300], crowd=1), truth(1, 1, [10, 10, 40, 40]), truth(2, 2, [0, 0, 90, 90], crowd=1)]
    detections = [found(1, 1, [9 + 20 * k, 9 + 20 * k, 40, 40], 0.9 - 0.05 * k) for k in range(14)]
    detections += [found(2, 2, [0, 0, 90, 90], 0.8), found(2, 1, [0, 0, 60, 60], 0.99)]
    return ground([1, 2], [1, 2, 3], annotations), detections


cases = {
    "random boxes, four classes": random_case(1, range(1, 15), [1, 2, 3, 4], [0, 1, 3, 6], 0.1, 0.15, 3),
    "tied scores, ids out of order": random_case(2, [9, 3, 70, 1, 25, 12], [17, 4, 90], [2, 5], 0.15, 0.1, 1),
    "tight boxes, rare crowd": random_case(3, range(100, 112), [5, 6], [1, 4], 0.03, 0.05, 2),
    "empty images and absent classes": random_case(4, range(1, 12), [1, 2, 3, 4, 5, 6, 7, 8], [0, 0, 3, 5], 0.2, 0.1, 2),
    "annotation id zero counts as no match": random_case(5, range(1, 5), [1], [2, 3], 0, 0.05, 2, first_id=0),
    "over a hundred detections of one class in an image": many_detections(),
    "areas at the edges of the ranges": area_edges(),
    "recall in steps of 1/100": recall_steps(100),
    "recall in steps of 1/50": recall_steps(50),
    "overlap at the thresholds": threshold_edges(),
    "crowds": crowds(),
    "only a crowd": (ground([1], [1], [truth(1, 1, [0, 0, 50, 50], crowd=1)]), [found(1, 1, [0, 0, 50, 50], 0.5)]),
    "no ground truth": (ground([1], [1], []), [found(1, 1, [0, 0, 50, 50], 0.5)]),
}
json.dump([{"name": name, "groundTruth": gt, "detections": dt, "expected": expected(gt, dt)} for name, (gt, dt) in cases.items()],
          sys.stdout, separators=(",", ":"))
