import type { RecipeInputs } from "../tasks/index.js";

/** Debian's copy of Fashion-MNIST, with 32 x 32 pixels and the light augmentation that suits short trainings. */
export const FASHION_MNIST = {
  data: "/usr/share/datasets/fashion-mnist",
  imageSize: 32,
  evalResize: null,
  evalImages: 2000,
  interpolation: null,
  augmentation: {
    repeats: 1,
    crop: { kind: "shifted", shift: 2 },
    flip: 0.5,
    policy: null,
    colorJitter: null,
    erasing: null,
    mix: null,
  },
  mean: [0.286, 0.286, 0.286],
  std: [0.353, 0.353, 0.353],
} satisfies RecipeInputs["detection"]["classification"];
