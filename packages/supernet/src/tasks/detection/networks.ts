import { mapChannels, type NetworkSpace, requireMaps, type Subnet } from "@supernet/nas";
import { exportBackbone } from "@supernet/nas/onnx";
import type { Detector } from "@supernet/vision";
import type { ImageShape, NetworkModel } from "../../network/model.js";
import { backboneModel, featuresModel } from "../../network/space-models.js";
import { searchedSpace } from "../../task/run-context.js";
import type { TaskNetwork } from "../../task/task.js";
import { labeledClassifier } from "../shared/labeled-classifier.js";
import type { DetectionRecipe, DetectionRun } from "./settings.js";
import { imageSizeOf, imageSizes, openDecisions, searchInput } from "./space.js";

/** As many classes as COCO has. Published FLOPs of detectors are usually for COCO. */
const COCO_CLASSES = Array.from({ length: 80 }, (_, i) => `class ${i}`);

/** The classifier with and without its last layer, the backbone, and the complete detector. */
export const networks: readonly TaskNetwork<DetectionRecipe>[] = [
  {
    name: "features",
    search: { prefix: "", open: async (run) => featuresModel(await run.get(searchedSpace)) },
  },
  {
    name: "backbone",
    search: { prefix: "backbone", open: async (run) => backboneModel(await run.get(searchedSpace)) },
    weights: {
      subnetSteps: ["detector"],
      supernetSteps: [],
      contained: true,
      async load(run, file, subnet) {
        const { loadBackbone } = await import("../../network/load.js");
        const backbone = loadBackbone(await run.get(searchedSpace), file, subnet);
        return { network: backbone, searched: backbone };
      },
    },
    onnx: {
      input: searchInput,
      normalization: ({ detection }) => detection,
      export: exportBackbone,
    },
  },
  {
    name: "detector",
    search: {
      prefix: "detector",
      onDemand: true,
      async open(run) {
        const { detectionClasses } = await import("./data.js");
        return detectorModel(run, await run.get(searchedSpace), run.get(detectionClasses));
      },
    },
    async profile(run) {
      const { name, detector } = run.recipe;
      const space = await run.get(searchedSpace);
      return {
        title: `${detector.kind} of ${name} on ${space.name}`,
        model: await detectorModel(run, space, COCO_CLASSES),
        inputOf: (subnet) => largestImage(run.recipe, subnet),
      };
    },
    weights: {
      subnetSteps: ["front", "detector"],
      supernetSteps: ["finetune"],
      async trainedOn(run) {
        const { detectionClasses } = await import("./data.js");
        const { mean, std } = run.recipe.detection;
        return { classes: run.get(detectionClasses), mean, std };
      },
      async load(run, file, subnet) {
        const { loadDetector } = await import("./detector.js");
        return loadDetector(run, file, subnet);
      },
      async prepare(context, { network }, subnet) {
        const { openDetection } = await import("./data.js");
        const { recalibrate } = await import("./training.js");
        using data = await openDetection(context);
        if (context.recipe.steps.search.batchNorm.mode === "recalibrate")
          await recalibrate(network as Detector, data.of(subnet).calibration, context.device);
      },
    },
    onnx: {
      input: largestImage,
      anyImages: true,
      async export(options, run, images) {
        const { exportRunDetector } = await import("./export.js");
        return exportRunDetector(options, run, images);
      },
    },
    predict: {
      open: async (run, file, options) => (await import("./predict.js")).openDetector(run, file, options),
      async *trainingImages(run, { count, folder }) {
        const { trainingSources } = await import("./data.js");
        yield* trainingSources(run, { count, scenesFolder: folder("scenes") });
      },
      exported: {
        outputs: ["boxes", "scores", "labels", "counts"],
        open: async (model) => (await import("./predict.js")).openExportedDetector(model),
      },
    },
  },
  {
    ...labeledClassifier({
      steps: { subnetSteps: ["retrain"], supernetSteps: ["pretrain"] },
      searched: false,
    }),
    exists: ({ classification }) => classification !== null,
  },
];

/**
 * Describes the detector of each subnet: its backbone, and the rest with the largest workload that inference can have.
 */
async function detectorModel(
  run: DetectionRun,
  space: NetworkSpace,
  names: readonly string[],
): Promise<NetworkModel> {
  requireMaps(space);
  const { recipe } = run;
  const classes = names.length;
  const engine = async () => (await import("./detector.js")).detectorEngine(run, space, classes);
  const { wholeEstimator, wholeRun } = await import("./whole.js");
  const model: NetworkModel = {
    name: "detector",
    space,
    parts: space.backbone,
    forward: async (subnet) => (await engine()).forward(subnet),
    ...(recipe.detector.kind !== "file" && {
      run: wholeRun({ recipe, space, classes }),
      onnx: async (subnet) => (await import("./export.js")).exportUntrainedDetector(run, subnet, names),
    }),
  };
  if (openDecisions(recipe).length > 0)
    return { ...model, estimator: (input) => wholeEstimator({ recipe, space, classes, input }) };
  return {
    ...model,
    surroundings: {
      identity: {
        settings: recipe.detector,
        classes,
        input: recipe.steps.search.input,
        channels: mapChannels(space),
        strides: space.maps.map(({ stride }) => stride),
      },
      cost: async (input) => (await engine()).surroundingCost(input),
      wholeCost: async (subnet, input) => (await engine()).wholeCost(subnet, input),
      timed: async (input) => (await engine()).timedSurroundings(input),
    },
  };
}

/**
 * Returns the shape of the largest image, with padding.
 * @param subnet subnet whose image size counts. Default: the largest image size.
 */
export function largestImage(recipe: DetectionRecipe, subnet?: Subnet): ImageShape {
  const { padTo } = recipe.detection;
  const padded = (side: number) => Math.ceil(side / padTo) * padTo;
  const sizes = imageSizes(recipe);
  const own = subnet === undefined ? sizes : [sizes[imageSizeOf(recipe, subnet)]!];
  const max = (side: "short" | "long") => padded(Math.max(...own.map((size) => size[side])));
  return [3, max("short"), max("long")];
}
