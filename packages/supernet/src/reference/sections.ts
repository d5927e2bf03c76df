/** A section of the recipe reference. */
export interface Section {
  readonly title: string;
  readonly introduction: string;
  /** Paths in recipes, if there are several for the path in the headings. */
  readonly paths?: readonly string[];
}

/** Sections of the recipe reference in order, by path. The path "" has the keys that no other section has. */
export const SECTIONS: Readonly<Record<string, Section>> = {
  "": { title: "General", introduction: "Every recipe has these keys." },
  space: {
    title: "Search space",
    introduction:
      "The sizes of a built-in space default to the published ones. " +
      "[Search spaces](../guide/search-spaces.md) describes the spaces, and how to define your own.",
  },
  classification: {
    title: "Images with labels",
    introduction:
      "Images for training classifiers. In detection, the supernet is pre-trained on them, and they may be `null`.",
  },
  detection: { title: "Images with boxes", introduction: "Images for training detectors." },
  detector: {
    title: "Detector",
    introduction:
      "The detector whose backbone is searched. [Its sizes can be searched too](../guide/whole-detectors.md).",
  },
  "steps.STEP": {
    title: "Training steps",
    introduction: "Replace `STEP` with the name of a training step.",
    paths: [
      "steps.pretrain",
      "steps.train",
      "steps.finetune",
      "steps.calibrate.training",
      "steps.front.finetune",
      "steps.retrain",
      "steps.detector",
    ],
  },
  "steps.search": {
    title: "Search",
    introduction: "[Strategies](../guide/strategies.md) compares the strategies.",
  },
  "steps.calibrate": {
    title: "Calibration",
    introduction: "An optional step: [calibrated scores](../guide/strategies.md#calibrated-scores).",
  },
  "steps.front": {
    title: "Front",
    introduction:
      "An optional step of recipes for detection: [ready detectors](../guide/whole-detectors.md).",
  },
  "steps.test": {
    title: "Test",
    introduction: "Every recipe ends with a test, and optionally a comparison.",
  },
  "steps.compare": {
    title: "Comparison",
    introduction:
      "An optional step: [what a search gains](../guide/comparison.md#measure-what-your-search-gains).",
  },
};
