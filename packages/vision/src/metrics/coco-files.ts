import { readText, requireArray, requireString, UserError } from "@supernet/base";
import { z } from "zod";

/** Ground truth in COCO's format. Boxes are [x, y, width, height] in pixels. */
export interface CocoGroundTruth {
  readonly images: readonly { readonly id: number; readonly file_name?: string }[];
  readonly annotations: readonly CocoAnnotation[];
  readonly categories: readonly { readonly id: number; readonly name?: string }[];
}

/** Object in an image, in COCO's format. */
export interface CocoAnnotation {
  readonly id: number;
  readonly image_id: number;
  readonly category_id: number;
  /** [x, y, width, height] in pixels. */
  readonly bbox: readonly number[];
  /** Area in pixels that determines the area range. It can differ from the box's area. */
  readonly area: number;
  /** 1 if the box is a crowd. */
  readonly iscrowd: number;
}

/** Detected object, in COCO's results format. */
export interface CocoDetection {
  readonly image_id: number;
  readonly category_id: number;
  /** [x, y, width, height] in pixels. */
  readonly bbox: readonly number[];
  readonly score: number;
}

const box = z.array(z.number()).length(4);

const groundTruthSchema = z.object({
  images: z.array(z.object({ id: z.number(), file_name: z.string().optional() })),
  annotations: z.array(
    z.object({
      id: z.number(),
      image_id: z.number(),
      category_id: z.number(),
      bbox: box,
      area: z.number(),
      iscrowd: z.number().default(0),
    }),
  ),
  categories: z.array(z.object({ id: z.number(), name: z.string().optional() })),
});

const detectionsSchema = z.array(
  z.object({ image_id: z.number(), category_id: z.number(), bbox: box, score: z.number() }),
);

/**
 * Checks that the lists exist, but not their many elements.
 * @throws TypeError if one is missing
 */
export function requireGroundTruth(name: string, truth: CocoGroundTruth): void {
  for (const key of ["images", "annotations", "categories"] as const)
    requireArray(`${name}.${key}`, truth?.[key]);
}

/**
 * Reads ground truth in COCO's format.
 * @throws UserError naming the file if it is missing, not JSON, or not COCO ground truth
 */
export function readGroundTruth(path: string): CocoGroundTruth {
  requireString("readGroundTruth: path", path);
  return parse(
    path,
    groundTruthSchema,
    "COCO ground truth (images, annotations, categories)",
  ) as CocoGroundTruth;
}

/**
 * Reads detections in COCO's results format, and checks that their images and categories are in the ground truth.
 * @throws UserError naming the file and the error
 */
export function readDetections(path: string, truth: CocoGroundTruth): CocoDetection[] {
  requireString("readDetections: path", path);
  requireGroundTruth("readDetections: truth", truth);
  const detections = parse(
    path,
    detectionsSchema,
    "COCO results: a list of {image_id, category_id, bbox, score}",
  );
  const images = new Set(truth.images.map(({ id }) => id));
  const categories = new Set(truth.categories.map(({ id }) => id));
  for (const [i, { image_id, category_id }] of detections.entries()) {
    const unknown = !images.has(image_id)
      ? `image ${image_id}`
      : !categories.has(category_id)
        ? `category ${category_id}`
        : undefined;
    if (unknown) {
      throw new UserError(
        `${path}: detection ${i} has ${unknown}, which is not in the ground truth: use the ground truth of the same data set`,
      );
    }
  }
  return detections;
}

function parse<T>(path: string, schema: z.ZodType<T>, what: string): T {
  const text = readText(path);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new UserError(
      `${path} is not valid JSON (${(error as Error).message.slice(0, 80)}): write the file again`,
    );
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0]!;
  throw new UserError(`${path} is not ${what}: ${issue.path.join(".") || "the file"}: ${issue.message}`);
}
