import { requireString, UserError } from "@supernet/base";
import { isCocoFolder, openCoco } from "./coco.js";
import type { DetectionSplits } from "./detection-set.js";
import { isVocFolder, openVoc } from "./pascal-voc.js";
import { isYoloFolder, openYolo } from "./yolo.js";

const FORMATS = [
  { matches: isCocoFolder, open: openCoco },
  { matches: isYoloFolder, open: openYolo },
  { matches: isVocFolder, open: openVoc },
];

/**
 * Opens a data set of images with boxes, in the layout of COCO, YOLO or Pascal VOC: {@link openCoco}, {@link openYolo},
 * {@link openVoc}. The first of these that the folder has is used.
 *
 * @example
 * const { train, val } = openDetectionFolder("photos/cells");
 * @throws UserError naming what is missing or wrong, and how to fix it
 */
export function openDetectionFolder(folder: string): DetectionSplits {
  requireString("openDetectionFolder: folder", folder);
  const format = FORMATS.find(({ matches }) => matches(folder));
  if (format) return format.open(folder);
  throw new UserError(
    `${folder} does not contain a data set with boxes: expected annotations/instances_train.json with images/train ` +
      "(COCO), data.yaml with images and labels (YOLO), or Annotations with JPEGImages (Pascal VOC)",
  );
}
