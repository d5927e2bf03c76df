import { defineRecipe } from "./define.js";
import { detnasQuickstart } from "./detnas-quickstart.js";

const { steps } = detnasQuickstart;

/**
 * The networks of the quickstart on a few hundred photographs in COCO layout. They are trained long enough to rank
 * subnets, and compared with others that are trained in the same way. Takes 20 to 40 minutes on two cores, mostly for
 * the comparison.
 */
export const detnasPhotographs = defineRecipe({
  ...detnasQuickstart,
  name: "detnas-photographs",
  description: "DetNAS and its comparison on your own photographs: --set detection.data=DIR, in COCO layout",
  detection: { ...detnasQuickstart.detection, data: "data/photographs" },
  steps: {
    ...steps,
    finetune: { ...steps.finetune, epochs: 30 },
    detector: { ...steps.detector!, epochs: 40 },
    calibrate: {
      candidates: 8,
      batch: 4,
      training: { ...steps.detector!, start: "inherited", epochs: 15 },
    },
    compare: { randomSubnets: 12, handMade: "shuffle_3x3" },
  },
});
