import { type NetworkSpace, requireImageSize, requireMaps } from "@supernet/nas";
import { checkPrefilter, checkStrategy } from "../../search/check-space.js";
import { checkCandidates, checkTraining } from "../shared/check-training.js";
import { handMadeSubnet } from "./compare/comparison.js";
import type { DetectionRecipe } from "./settings.js";

/** @throws UserError if a setting does not fit the space */
export function checkSpace({ classification, steps }: DetectionRecipe, space: NetworkSpace): void {
  requireMaps(space);
  requireImageSize(space, classification.imageSize, "classification.imageSize");
  for (const step of ["pretrain", "finetune", "retrain", "detector"] as const)
    checkTraining(space, step, steps[step]);
  checkCandidates(space, "pretrain", steps.pretrain);
  checkStrategy(space, steps.search.strategy);
  checkPrefilter(space, steps.search.prefilter);
  const handMade = steps.compare?.handMade ?? null;
  if (handMade !== null) handMadeSubnet(space, handMade);
}
