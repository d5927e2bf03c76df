import { z } from "zod";
import { classifierSamplingSchema } from "../../training/sampling.settings.js";
import { consistent, trainingShape } from "../../training/settings.js";

const classifierShape = {
  ...trainingShape,
  /** Part of the target that is spread evenly over all classes. */
  labelSmoothing: z.number().min(0).lt(1),
};

export const classifierTrainingSchema = z.strictObject(classifierShape).superRefine(consistent);

/** Training of a supernet as a classifier. */
export const classifierSupernetSchema = z
  .strictObject({
    ...classifierShape,
    sampling: classifierSamplingSchema,
    /**
     * Whether the candidates of a choice block begin unrelated, as published, or as nearly the same function, by
     * which a short pre-training gets much further.
     */
    candidates: z.enum(["independent", "aligned"]),
  })
  .superRefine(consistent);

export type ClassifierTraining = z.infer<typeof classifierTrainingSchema>;
export type ClassifierSupernetTraining = z.infer<typeof classifierSupernetSchema>;
