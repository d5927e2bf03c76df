import { readFileSync } from "node:fs";
import { fileError, requireArray, requireString, UserError } from "@supernet/base";
import { z } from "zod";

/** Ground truth in COCO's format. Boxes are [x, y, width, height] in pixels. */
export interface CocoGroundTruth {
  readonly images: readonly { readonly id: number }[];
  readonly annotations: readonly CocoAnnotation[];
  readonly categories: readonly { readonly id: number; readonly name?: string }[];
}

export interface CocoAnnotation {
  readonly id: number;
  readonly image_id: number;
  readonly category_id: number;
  readonly bbox: readonly number[];
  /** Area in pixels, which decides the area range. It can differ from the box's. */
  readonly area: number;
  readonly iscrowd: number;
}

export interface CocoDetection {
  readonly image_id: number;
  readonly category_id: number;
  readonly bbox: readonly number[];
  readonly score: number;
}

const box = z.array(z.number()).length(4);

const groundTruthSchema = z.object({
  images: z.array(z.object({ id: z.number() })),
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
 * Checks only that the lists exist. Their elements come from a model or a file, in large numbers.
 * @throws TypeError if one is missing
 */
export function requireGroundTruth(name: string, truth: CocoGroundTruth): void {
  for (const key of ["images", "annotations", "categories"] as const)
    requireArray(`${name}.${key}`, truth?.[key]);
}

/**
 * Reads COCO ground truth.
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
 * Reads detections in COCO's results format, and checks them against the ground truth that they are scored against.
 * @throws UserError naming the file and what does not fit
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
        `${path}: detection ${i} has ${unknown}, which the ground truth does not have: score it against its own ground truth`,
      );
    }
  }
  return detections;
}

function parse<T>(path: string, schema: z.ZodType<T>, what: string): T {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw fileError("read", path, error);
  }
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
