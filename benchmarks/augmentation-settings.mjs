// Settings shared by the benchmarks of loading and augmentation.

export const normalization = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] };

export const plain = {
  repeats: 1,
  crop: { kind: "random-resized", scale: [0.08, 1], ratio: [3 / 4, 4 / 3] },
  flip: 0.5,
  policy: null,
  colorJitter: null,
  erasing: null,
  mix: null,
};

/** RandAugment settings of AutoFormer, as published. */
export const policy = {
  kind: "rand-augment",
  operations: 2,
  probability: 0.5,
  magnitude: 9,
  magnitudeStd: 0.5,
  increasing: true,
};
export const erasing = { probability: 0.25, area: [0.02, 1 / 3], ratio: [0.3, 1 / 0.3], fill: "noise" };
