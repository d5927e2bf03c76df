import { readFileSync } from "node:fs";
import { join } from "node:path";
import { outline, parseSubnet, type SearchState, spaceSize, subnetKey } from "@supernet/nas";
import { engineInfo, getNumThreads } from "@supernet/torch";
import type { CocoDetection, DetectionSet } from "@supernet/vision";
import sharp from "sharp";
import { openSpace } from "../recipe/open-space.js";
import { recipeToYaml } from "../recipe/print.js";
import type { Recipe } from "../recipe/schema.js";
import { readJson } from "../run/json.js";
import { readMetrics } from "../run/metrics.js";
import { type Step, stepSeconds } from "../run/pipeline.js";
import type { WorkDir } from "../run/work-dir.js";
import { readComparison } from "../steps/compare/comparison.js";
import { detectionSets } from "../steps/data.js";
import { detnasSteps } from "../steps/plan.js";
import { searchConstraints, searchProblem } from "../steps/problem.js";
import { readResults } from "../steps/results.js";
import type { DrawnBox, Picture } from "./pictures.js";
import type { Curve, ReportData } from "./render.js";
import { resourceText } from "./scale.js";

/** Detections that score less are left out of the pictures. */
const DRAWN_SCORE = 0.3;
/** Longer side of a picture in the report, in pixels. */
const PICTURE_SIDE = 480;

/** Gathers the report of a finished run from its work-dir. */
export async function collectReport(recipe: Recipe, workDir: WorkDir): Promise<ReportData> {
  const steps = detnasSteps(recipe);
  const test = workDir.stepFolder("test");
  const results = readResults(test);
  if (!results) throw new Error("collectReport: the test is not done");
  const detections: CocoDetection[] = readJson(join(test, "detections.json"));
  const state: SearchState = readJson(join(workDir.stepFolder("search"), "checkpoint"));
  const space = await openSpace(recipe.space);
  const subnetFile = readFileSync(join(workDir.path, "subnet.yaml"), "utf8");
  const subnet = parseSubnet(space, subnetFile, join(workDir.path, "subnet.yaml"));
  const key = subnetKey(space, subnet);
  const { flops, params } = (await searchProblem(recipe, space)).measure(subnet);
  const { version, cudaDevices } = engineInfo();
  const sets = await detectionSets(recipe, workDir.stepFolder("scenes"));
  const constraints = Object.entries(searchConstraints(recipe)).flatMap(([name, { min, max }]) => [
    ...(min === undefined ? [] : [`${name} at least ${resourceText(name, min)}`]),
    ...(max === undefined ? [] : [`${name} at most ${resourceText(name, max)}`]),
  ]);
  return {
    name: recipe.name,
    description: recipe.description,
    environment: [
      ["seed", String(recipe.seed)],
      ["libtorch", version],
      ["threads", String(getNumThreads())],
      ["device", recipe.device === "auto" ? (cudaDevices > 0 ? "cuda:0" : "cpu") : recipe.device],
    ],
    steps: stepSeconds(steps, workDir).map(({ step, seconds }) => ({
      title: steps.find(({ name }) => name === step)?.title ?? step,
      seconds,
    })),
    space: { name: space.name, subnets: String(spaceSize(space)), constraints },
    found: {
      flops: flops!,
      params: params!,
      limited: results.limited,
      blocks: outline(space, subnet).map(({ choices, ...block }) => ({
        ...block,
        // A block's kind is told without its family: 3x3 of shuffle_3x3.
        labels: choices.map(({ decision, choice }) =>
          decision === "" ? String(choice).replace(/^[a-z]+_/, "") : `${decision} ${choice}`,
        ),
      })),
    },
    flopsLimit: recipe.steps.search.constraints.flops?.max,
    candidates: state.history.map((candidate) => ({
      x: candidate.resources.flops!,
      y: candidate.score ?? Number.NaN,
      generation: candidate.generation,
      found: subnetKey(space, candidate.subnet) === key,
    })),
    curves: curvesOf(steps, workDir),
    metrics: results.metrics,
    onSupernet: results.onSupernet,
    comparison: (recipe.steps.compare && readComparison(workDir.stepFolder("compare"))) ?? undefined,
    pictures: await pictures(sets.test, detections, recipe.steps.test.sampleImages),
    subnet: subnetFile,
    recipe: recipeToYaml(recipe),
  };
}

/** The loss of each training step, and its evaluation where there are several. */
function curvesOf(steps: readonly Step[], workDir: WorkDir): Curve[] {
  const records = readMetrics(workDir.metrics);
  return steps.flatMap(({ name, title }) => {
    const own = records.filter(({ step }) => step === name);
    return ["loss", "accuracy", "AP"].flatMap((figure) => {
      const points = own
        .filter((record) => typeof record[figure] === "number")
        .map((record) => ({ x: record.iteration, y: record[figure] as number }));
      const isTraining = own.some((record) => record.lr !== undefined);
      return isTraining && points.length > 1 ? [{ title, yLabel: figure, points }] : [];
    });
  });
}

async function pictures(
  set: DetectionSet,
  detections: readonly CocoDetection[],
  count: number,
): Promise<Picture[]> {
  const nameOf = new Map(set.categoryIds.map((id, i) => [id, set.classes[i]!]));
  return Promise.all(
    set.samples.slice(0, count).map(async ({ id, file, width, height, annotations }): Promise<Picture> => {
      const image = await sharp(file)
        .resize(PICTURE_SIDE, PICTURE_SIDE, { fit: "inside", withoutEnlargement: true })
        .jpeg({ quality: 85 })
        .toBuffer();
      const draw = (category: number, box: readonly number[]): DrawnBox => ({
        box,
        label: nameOf.get(category) ?? "",
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
