import { crossFieldCheck } from "@supernet/base";
import { z } from "zod";
import { initSchema } from "../../recipe/weights.js";
import { samplingSchema } from "../../training/sampling.settings.js";
import { consistent, trainingShape } from "../../training/settings.js";
import { teacherSchema } from "./teacher.settings.js";

const classifierShape = {
  ...trainingShape,
  labelSmoothing: z
    .number()
    .min(0)
    .lt(1)
    .describe("Label smoothing: fraction of the target that is spread evenly over all classes."),
  teacher: teacherSchema,
};

export const classifierTrainingSchema = z.strictObject(classifierShape).superRefine(consistent);

/** Training of a supernet as a classifier. */
export const classifierSupernetSchema = z
  .strictObject({
    ...classifierShape,
    init: initSchema,
    sampling: samplingSchema.describe(
      "Subnets that each training iteration runs. Their gradients are summed.",
    ),
    candidates: z
      .enum(["independent", "aligned"])
      .describe(
        "Initialization of the candidates of a choice block: `independent`, as published, or `aligned` to nearly the " +
          "same function, which makes short pre-training more effective.",
      ),
  })
  .superRefine(consistent)
  .superRefine(
    crossFieldCheck(({ sampling, teacher }, addIssue) => {
      if (teacher !== undefined && sampling.kind === "sandwich" && sampling.distillation)
        addIssue(["sampling", "distillation"], "false, because the subnets learn from the teacher");
    }),
  );

export type ClassifierTraining = z.infer<typeof classifierTrainingSchema>;
export type ClassifierSupernetTraining = z.infer<typeof classifierSupernetSchema>;
