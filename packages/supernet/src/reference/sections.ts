/** A part of the recipes of a task that a section of the reference describes. */
export interface Root {
  readonly task: string;
  /** Path in the recipe; "" is the recipe itself, without the parts of other sections. */
  readonly path: string;
}

/** A section of the recipe reference. */
export interface Section {
  readonly title: string;
  readonly introduction: string;
  readonly roots: readonly Root[];
  /** Path in the headings, if the roots have different ones. */
  readonly path?: string;
}

const inBothTasks = (path: string): Root[] => [
  { task: "detection", path },
  { task: "classification", path },
];

/** Sections of the recipe reference in order. */
export const SECTIONS: readonly Section[] = [
  {
    title: "General",
    introduction: "Every recipe has these keys.",
    roots: inBothTasks(""),
  },
  {
    title: "Search space",
    introduction:
      "The sizes of a built-in space default to the published ones. " +
      "[Search spaces](../spaces.md) describes the spaces, and how to define your own.",
    roots: inBothTasks("space"),
  },
  {
    title: "Images with labels",
    introduction: "Images for training classifiers. In detection, the supernet is pre-trained on them.",
    roots: inBothTasks("classification"),
  },
  {
    title: "Images with boxes",
    introduction: "Images for training detectors.",
    roots: [{ task: "detection", path: "detection" }],
  },
  {
    title: "Detector",
    introduction: "The detector that is searched, without its backbone.",
    roots: [{ task: "detection", path: "detector" }],
  },
  {
    title: "Training steps",
    introduction: "Replace `STEP` with the name of a training step.",
    path: "steps.STEP",
    roots: [
      { task: "detection", path: "steps.pretrain" },
      { task: "detection", path: "steps.finetune" },
      { task: "detection", path: "steps.retrain" },
      { task: "detection", path: "steps.detector" },
      { task: "classification", path: "steps.train" },
      { task: "classification", path: "steps.retrain" },
    ],
  },
  {
    title: "Search",
    introduction: "[Searching](../search.md) compares the strategies.",
    roots: inBothTasks("steps.search"),
  },
  {
    title: "Test",
    introduction: "The last step of every recipe, except for the comparison.",
    roots: inBothTasks("steps.test"),
  },
  {
    title: "Comparison",
    introduction: "An optional step of recipes for detection.",
    roots: [{ task: "detection", path: "steps.compare" }],
  },
];
