import type { AddIssue } from "@supernet/base";
import { z } from "zod";
import type { TrainingSettings } from "../../training/settings.js";

/** Images that the found network is trained on. */
export const trainedOnSchema = z
  .enum(["train", "train+search"])
  .optional()
  .describe(
    "Images to train on: the training images (default), or also those that the search scored candidates on (`train+search`), as " +
      "published: the search is over, and the test has images of its own. There is then no evaluation before the test.",
  );

export type TrainedOn = z.infer<typeof trainedOnSchema>;

/** Checks that a training is not evaluated on images that it trains on. */
export function checkTrainedOn(
  { data, evaluateEvery }: Pick<TrainingSettings, "evaluateEvery"> & { readonly data?: TrainedOn },
  addIssue: AddIssue,
): void {
  if (data === "train+search" && evaluateEvery !== null)
    addIssue(["evaluateEvery"], "null, because data: train+search leaves no images to evaluate on");
}
