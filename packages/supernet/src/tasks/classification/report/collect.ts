import { Random, readJson } from "@supernet/base";
import type { ClassificationSamples } from "@supernet/vision";
import type { Sharp } from "sharp";
import { readComparison } from "../../../compare/results.js";
import { collectRun } from "../../../report/run-data.js";
import type { RunPaths } from "../../../run/work-dir.js";
import { labeledImages, labeledVal } from "../../shared/labeled-images.js";
import { type Prediction, predictionsFile, readResults, testedNames } from "../results.js";
import type { ClassificationRun } from "../settings.js";
import type { ClassificationReport, LabeledPicture } from "./render.js";

/** Side of the square that a picture is fitted into, in pixels. */
const PICTURE_SIDE = 160;

/** Collects the data for the report of a finished run from its work-dir. */
export async function collectClassification(
  run: ClassificationRun,
  workDir: RunPaths,
): Promise<ClassificationReport> {
  const { recipe } = run;
  const test = workDir.stepFolder("test");
  const results = readResults(test);
  if (!results) throw new Error("collectClassification: the test has not finished");
  const { classes } = run.get(labeledImages);
  const predictions: Prediction[] = readJson(predictionsFile(test));
  const { sampleImages } = recipe.steps.test;
  const chosen = Random.of(recipe.seed, "report").sample(predictions, sampleImages);
  const images = run.get(labeledVal);
  return {
    ...(await collectRun(run, workDir)),
    results,
    tested: testedNames(run),
    comparison: recipe.steps.compare === null ? undefined : readComparison(workDir.stepFolder("compare")),
    pictures: await Promise.all(
      chosen.map(
        async ({ id, label, best }): Promise<LabeledPicture> => ({
          source: `data:image/jpeg;base64,${(await encodePicture(images, id)).toString("base64")}`,
          label: classes[label]!,
          predicted: classes[best[0]!]!,
        }),
      ),
    ),
  };
}

async function encodePicture(images: ClassificationSamples, id: string | number): Promise<Buffer> {
  const { default: sharp } = await import("sharp");
  const encode = (picture: Sharp, kernel: "lanczos3" | "nearest") =>
    picture.resize(PICTURE_SIDE, PICTURE_SIDE, { fit: "inside", kernel }).jpeg({ quality: 85 }).toBuffer();
  if (images.kind === "files") return encode(sharp(String(id)), "lanczos3");
  const { pixels, width, height, channels = 1 } = images;
  const size = width * height * channels;
  const own = pixels.slice(Number(id) * size, (Number(id) + 1) * size);
  return encode(sharp(own, { raw: { width, height, channels } }), "nearest");
}
