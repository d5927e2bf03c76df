import type { DetectionSet } from "./detection-set.js";

/** Object in an image. */
export interface AnnotatedObject {
  /** Class, 0 to classes - 1. */
  readonly label: number;
  /** XYXY in pixels, with an area inside the image. */
  readonly box: readonly [number, number, number, number];
  /** Whether the object is neither trained on nor evaluated, like a crowd of COCO. Default: false. */
  readonly ignored?: boolean;
}

/** Image with the objects that its annotation file lists. */
export interface AnnotatedImage {
  readonly file: string;
  /** Size in pixels. */
  readonly width: number;
  readonly height: number;
  readonly objects: readonly AnnotatedObject[];
}

/**
 * Creates a set from images of a format without ids: images and classes are numbered from 1 in their order, as in COCO.
 * Boxes are clipped to their images.
 */
export function annotatedSet(classes: readonly string[], images: readonly AnnotatedImage[]): DetectionSet {
  let annotationId = 0;
  return {
    classes,
    categoryIds: classes.map((_, i) => i + 1),
    samples: images.map(({ file, width, height, objects }, i) => {
      const id = i + 1;
      const clipped = objects.map(({ box: [x1, y1, x2, y2] }) => [
        Math.max(0, x1),
        Math.max(0, y1),
        Math.min(width, x2),
        Math.min(height, y2),
      ]);
      return {
        ...{ id, file, width, height },
        boxes: Float32Array.from(clipped.flat()),
        labels: Int32Array.from(objects, ({ label }) => label),
        crowd: Uint8Array.from(objects, ({ ignored = false }) => Number(ignored)),
        annotations: objects.map(({ label, box: [x1, y1, x2, y2], ignored = false }) => ({
          id: ++annotationId,
          image_id: id,
          category_id: label + 1,
          bbox: [x1, y1, x2 - x1, y2 - y1],
          area: (x2 - x1) * (y2 - y1),
          iscrowd: Number(ignored),
        })),
      };
    }),
  };
}

/** Returns what is wrong with a box, or undefined if some of it is inside its image. */
export function boxProblem(
  [x1, y1, x2, y2]: AnnotatedObject["box"],
  { width, height }: Pick<AnnotatedImage, "width" | "height">,
): string | undefined {
  if (x2 <= x1 || y2 <= y1) return "the box has no area";
  if (x1 >= width || y1 >= height || x2 <= 0 || y2 <= 0)
    return `the box is outside the image of ${width} x ${height} pixels`;
  return undefined;
}
