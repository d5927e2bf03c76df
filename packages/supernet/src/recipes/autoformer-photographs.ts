import { autoFormerTinyImageNet } from "./autoformer-imagenet.js";
import { autoFormerQuickstart } from "./autoformer-quickstart.js";
import { defineRecipe } from "./define.js";

const { steps, ...quickstart } = autoFormerQuickstart;
const published = autoFormerTinyImageNet;

/**
 * AutoFormer on a few hundred photographs per class, with 96 x 96 pixels in patches of 16. The published augmentation,
 * drop path and averaged weights keep it from overfitting so few images.
 */
export const autoFormerPhotographs = defineRecipe({
  ...quickstart,
  name: "autoformer-photographs",
  description:
    "AutoFormer on your own labeled photographs: --set classification.data=DIR, with train/CLASS and val/CLASS",
  space: {
    name: "autoformer-tiny",
    imageSize: 96,
    patch: 16,
    width: [96, 112, 128],
    depth: [4, 5, 6],
    heads: [2, 3],
    ratio: [2, 3, 4],
  },
  classification: {
    ...published.classification,
    data: "data/photographs",
    imageSize: 96,
    evalResize: 110,
    evalImages: null,
    heldOut: 0.2,
  },
  steps: {
    train: {
      ...steps.train,
      epochs: 100,
      emaDecay: 0.998,
      dropPath: 0.1,
      warmup: { epochs: 5, startFactor: 0.01 },
    },
    search: { ...steps.search, constraints: { params: { min: 600e3, max: 800e3 } }, images: null },
    retrain: { ...steps.retrain!, epochs: 50, emaDecay: 0.998, dropPath: 0.1 },
    test: { ...steps.test, batchSize: 64 },
  },
});
