import { defineRecipe } from "./define.js";
import { detnasQuickstart } from "./detnas-quickstart.js";

const { steps } = detnasQuickstart;

/**
 * The quickstart's networks on a few hundred photographs in COCO layout, trained for long enough to tell networks
 * apart, and compared with others that are trained alike. Some 20 to 40 minutes on two cores, most of them the
 * comparison's.
 */
export const detnasPhotographs = defineRecipe({
  ...detnasQuickstart,
  name: "detnas-photographs",
  description:
    "DetNAS and its comparison on a few hundred photographs of your own: --set detection.data=DIR, in COCO layout",
  detection: { ...detnasQuickstart.detection, data: "data/photographs" },
  steps: {
    ...steps,
    finetune: { ...steps.finetune, epochs: 30 },
    detector: { ...steps.detector, epochs: 40 },
    compare: { randomSubnets: 12, handMade: "shuffle_3x3" },
  },
});
