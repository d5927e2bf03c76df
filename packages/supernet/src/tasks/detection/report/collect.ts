import { join } from "node:path";
import { readJson } from "@supernet/base";
import type { CocoDetection, DetectionSet } from "@supernet/vision";
import { readComparison } from "../../../compare/results.js";
import { collectRun } from "../../../report/run-data.js";
import type { RunPaths } from "../../../run/work-dir.js";
import { detectionSets } from "../data.js";
import { memberWeights, readFrontResults, testedDetector } from "../front/members.js";
import { readResults } from "../results.js";
import type { DetectionRecipe, DetectionRun } from "../settings.js";
import type { FrontMembers } from "./front-section.js";
import type { DetectionReport, DrawnBox, Picture } from "./render.js";

/** Minimum score of the detections in the pictures. */
const DRAWN_SCORE = 0.3;
/** Longer side of a picture in the report, in pixels. */
const PICTURE_SIDE = 480;

/** Collects the data for the report of a finished run from its work-dir. */
export async function collectDetection(run: DetectionRun, workDir: RunPaths): Promise<DetectionReport> {
  const { recipe } = run;
  const test = workDir.stepFolder("test");
  const results = readResults(test);
  if (!results) throw new Error("collectDetection: the test has not finished");
  const detections: CocoDetection[] = readJson(join(test, "detections.json"));
  const sets = await detectionSets(run, workDir.stepFolder("scenes"));
  return {
    ...(await collectRun(run, workDir)),
    ...results,
    tested: testedDetector(run),
    members: collectMembers(recipe, workDir),
    comparison: (recipe.steps.compare && readComparison(workDir.stepFolder("compare"))) ?? undefined,
    pictures: await collectPictures(sets.test, detections, recipe.steps.test.sampleImages),
  };
}

function collectMembers({ steps }: DetectionRecipe, workDir: RunPaths): FrontMembers | undefined {
  if (steps.front === null) return undefined;
  const results = readFrontResults(workDir.stepFolder("front"));
  return results && { title: `Detectors ${memberWeights(steps)}`, results };
}

async function collectPictures(
  set: DetectionSet,
  detections: readonly CocoDetection[],
  count: number,
): Promise<Picture[]> {
  const { default: sharp } = await import("sharp");
  const classNames = new Map(set.categoryIds.map((id, i) => [id, set.classes[i]!]));
  return Promise.all(
    set.samples.slice(0, count).map(async ({ id, file, width, height, annotations }): Promise<Picture> => {
      const image = await sharp(file)
        .resize(PICTURE_SIDE, PICTURE_SIDE, { fit: "inside", withoutEnlargement: true })
        .jpeg({ quality: 85 })
        .toBuffer();
      const draw = (category: number, box: readonly number[]): DrawnBox => ({
        box,
        label: classNames.get(category) ?? "",
      });
      return {
        source: `data:image/jpeg;base64,${image.toString("base64")}`,
        width,
        height,
        truth: annotations.map(({ category_id, bbox }) => draw(category_id, bbox)),
        found: detections
          .filter(({ image_id, score }) => image_id === id && score >= DRAWN_SCORE)
          .map(({ category_id, bbox, score }) => ({ ...draw(category_id, bbox), score })),
      };
    }),
  );
}
