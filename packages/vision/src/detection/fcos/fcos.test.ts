import assert from "node:assert/strict";
import { test } from "node:test";
import { zeros } from "@supernet/torch";
import { truth } from "../../testing/drawn-images.js";
import { smallDetectors } from "../../testing/small-detectors.js";
import { TinyBackbone } from "../../testing/tiny-backbone.js";
import { IGNORED, NEGATIVE } from "../boxes/matcher.js";
import { Fcos, FcosHead, fcosLosses } from "./fcos.js";
import { fcosSchema } from "./fcos.settings.js";
import { gridLocations, matchLocations } from "./locations.js";

const settings = smallDetectors.fcos;

/** Levels of strides 8, 16 and 32 for an image of 128 x 128 pixels. */
const MAPS = [16, 8, 4].map((side) => ({ height: side, width: side }));
const STRIDES = [8, 16, 32];
const LOCATIONS = gridLocations(MAPS, STRIDES);

/** Returns the coordinates and the level of the locations with a match. */
function locationsWith(match: number, matched: Int32Array): string[] {
  return MAPS.flatMap(({ width, height }, level) => {
    const first = MAPS.slice(0, level).reduce((sum, map) => sum + map.width * map.height, 0);
    return Array.from({ length: width * height }, (_, i) => i)
      .filter((i) => matched[first + i] === match)
      .map(
        (i) =>
          `${STRIDES[level]}: ${(i % width) * STRIDES[level]!}, ${Math.floor(i / width) * STRIDES[level]!}`,
      );
  });
}

test("the initial probability of every class is the prior", () => {
  const head = new FcosHead(4, { settings: settings.head, classes: 2 });
  const { logits, distances, centerness } = head.forward([zeros([1, 4, 2, 3])]);
  const scores = logits.sigmoid().toTypedArray() as Float32Array;
  assert.ok(scores.every((score) => Math.abs(score - settings.head.prior) < 1e-6));
  assert.deepEqual(
    [logits.shape, distances.shape, centerness.shape],
    [
      [1, 6, 2],
      [1, 6, 4],
      [1, 6, 1],
    ],
  );
});

test("locations near the center of a box are positive on the level of its size", () => {
  const small = matchLocations(LOCATIONS, truth([[20, 20, 44, 44]], [0]), 1.5);
  // The center is (32, 32). At a distance of 12 pixels, which is the radius, locations are negative.
  const around = [24, 32, 40].flatMap((y) => [24, 32, 40].map((x) => `8: ${x}, ${y}`));
  assert.deepEqual(locationsWith(0, small), around);
  const wide = matchLocations(LOCATIONS, truth([[20, 20, 44, 44]], [0]), 0.5);
  assert.deepEqual(locationsWith(0, wide), ["8: 32, 32"]);
  // The farthest side is 70 pixels away: 4 to 8 strides of the second level.
  const large = matchLocations(LOCATIONS, truth([[0, 60, 140, 68]], [0]), 0.6);
  assert.deepEqual(locationsWith(0, large), ["16: 64, 64"]);
  // Longer than 8 strides of every level, but the last one has no upper limit.
  const huge = matchLocations(LOCATIONS, truth([[-400, -400, 528, 528]], [0]), 1);
  assert.deepEqual(locationsWith(0, huge), ["32: 64, 64"]);
});

test("a location in several boxes predicts the smallest, or the first of nearly equal ones", () => {
  const boxes = [
    [18, 18, 46, 46],
    [20, 20, 44, 44],
    [20, 20, 44, 43.9],
  ];
  const matched = matchLocations(LOCATIONS, truth(boxes, [0, 1, 1]), 1.5);
  assert.equal(locationsWith(0, matched).length, 0);
  assert.equal(locationsWith(1, matched).length, 9);
  assert.equal(locationsWith(2, matched).length, 0);
});

test("locations in a crowd are not background, and boxes in it are still found", () => {
  const boxes = [
    [17, 17, 47, 47],
    [28, 28, 36, 36],
  ];
  for (const order of [
    [0, 1],
    [1, 0],
  ]) {
    const crowded = {
      ...truth(
        order.map((i) => boxes[i]!),
        [0, 0],
      ),
      crowd: Uint8Array.from(order, (i) => (i === 0 ? 1 : 0)),
    };
    const matched = matchLocations(LOCATIONS, crowded, 1.5);
    assert.deepEqual(locationsWith(order.indexOf(1), matched), ["8: 32, 32"]);
    assert.deepEqual(locationsWith(IGNORED, matched), [
      ...["24, 24", "32, 24", "40, 24", "24, 32", "40, 32", "24, 40", "32, 40", "40, 40"].map(
        (at) => `8: ${at}`,
      ),
      "16: 32, 32",
      "32: 32, 32",
    ]);
    assert.equal(locationsWith(NEGATIVE, matched).length, 16 * 16 + 8 * 8 + 4 * 4 - 11);
  }
});

test("ignored locations have no gradient", () => {
  const locations = gridLocations([{ height: 1, width: 3 }], [8]);
  const logits = zeros([1, 3, 2], { requiresGrad: true });
  const known = {
    ...truth(
      [
        [-4, -4, 4, 4],
        [6, -2, 10, 2],
      ],
      [1, 0],
    ),
    crowd: Uint8Array.of(0, 1),
  };
  const predictions = { logits, distances: zeros([1, 3, 4]), centerness: zeros([1, 3, 1]) };
  fcosLosses(predictions, locations, [known], settings.head).classification.backward();
  const [positive, ignored, negative] = (logits.grad!.toArray() as number[][][])[0]!;
  assert.ok(positive![0]! > 0 && positive![1]! < 0);
  assert.deepEqual(ignored, [0, 0]);
  assert.ok(negative!.every((slope) => slope > 0));
});

test("convolutions have a bias before a group-norm, but not before a batch-norm, which would cancel it", () => {
  const names = (norm: "none" | "batch" | "group") =>
    [
      ...new FcosHead(4, { settings: { ...settings.head, norm, convs: [8] }, classes: 2 }).stateDict().keys(),
    ].filter((name) => name.startsWith("cls_convs") && !name.includes(".bn."));
  assert.deepEqual(names("none"), ["cls_convs.0.conv.weight", "cls_convs.0.conv.bias"]);
  assert.deepEqual(names("batch"), ["cls_convs.0.conv.weight"]);
  assert.deepEqual(names("group"), [
    "cls_convs.0.conv.weight",
    "cls_convs.0.conv.bias",
    "cls_convs.0.gn.weight",
    "cls_convs.0.gn.bias",
  ]);
});

test("a norm without convolutions is refused", () => {
  const { error } = fcosSchema.safeParse({ ...settings, head: { ...settings.head, convs: [] } });
  assert.deepEqual(
    error?.issues.map(({ path }) => path),
    [["head"]],
  );
});

test("the state dict has mmdet's names", () => {
  const names = new Set(new Fcos(new TinyBackbone(8), settings, 2).stateDict().keys());
  for (const name of [
    "backbone.stem.weight",
    "neck.lateral_convs.2.conv.weight",
    "neck.fpn_convs.3.conv.weight",
    "bbox_head.cls_convs.1.conv.weight",
    "bbox_head.cls_convs.1.gn.bias",
    "bbox_head.reg_convs.0.conv.bias",
    "bbox_head.conv_cls.weight",
    "bbox_head.conv_reg.bias",
    "bbox_head.conv_centerness.weight",
  ]) {
    assert.ok(names.has(name), name);
  }
});
