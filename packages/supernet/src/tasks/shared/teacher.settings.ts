import { positive } from "@supernet/base";
import { z } from "zod";

/** A trained classifier whose predictions a training learns from too. */
export const teacherSchema = z
  .strictObject({
    file: z
      .string()
      .min(1)
      .describe(
        "Weights of a classifier that supernet trained: of any built-in space, for the same classes and normalization. A " +
          "subnet, not a supernet: see `supernet extract`.",
      ),
    kind: z
      .enum(["soft", "hard"])
      .describe("Target: the teacher's probabilities (`soft`), or the class with the highest one (`hard`)."),
    weight: positive
      .max(1)
      .describe("Weight of the loss with the teacher. That with the labels has the rest."),
    temperature: positive
      .optional()
      .describe(
        "Divisor of the logits of both, only for `soft`. The loss is multiplied by its square. Default: 1.",
      ),
  })
  .refine(({ kind, temperature }) => kind === "soft" || temperature === undefined, {
    path: ["temperature"],
    message: "no value, because the target is hard",
  })
  .optional()
  .describe(
    "Network that the training also learns from (https://arxiv.org/abs/1503.02531; DeiT, " +
      "https://arxiv.org/abs/2012.12877). Default: none.",
  );

/** Undefined if a training has no teacher. */
export type TeacherRecipe = z.infer<typeof teacherSchema>;
