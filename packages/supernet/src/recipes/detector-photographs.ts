import { defineRecipe } from "./define.js";
import { detectorQuickstart } from "./detector-quickstart.js";

const { detection, steps } = detectorQuickstart;
const { calibrate, search } = steps;
const { strategy } = search;
if (calibrate === null) throw new Error("the quickstart calibrates its scores");
if (strategy.kind !== "predictor-front") throw new Error("the quickstart's strategy is predictor-front");

/**
 * A search of whole detectors on a few hundred photographs in COCO layout, within a latency: `--set detection.data=DIR
 * --set budget=20ms`. Takes about 20 minutes on two cores.
 */
export const detectorPhotographs = defineRecipe({
  ...detectorQuickstart,
  name: "detector-photographs",
  description: "Whole detectors on your own photographs: --set detection.data=DIR --set budget=20ms",
  detection: { ...detection, data: "data/photographs", size: { short: [128, 160, 192, 96], long: 264 } },
  steps: {
    ...steps,
    finetune: { ...steps.finetune, epochs: 120 },
    search: {
      ...steps.search,
      input: [3, 192, 256],
      strategy: { ...strategy, candidates: 480, initial: 240, batch: 48, pool: 5000 },
    },
    calibrate: { ...calibrate, candidates: 16, training: { ...calibrate.training, epochs: 20 } },
    front: { members: 8 },
    compare: { ...steps.compare!, randomSubnets: 0 },
  },
});
