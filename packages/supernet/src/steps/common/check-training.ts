import { hasLayer, type NetworkSpace } from "@supernet/nas";
import { UserError } from "@supernet/torch/errors";
import type { TrainingSettings } from "../../recipe/training-schema.js";

/** @throws UserError where a setting of a training has no effect on the networks of the space */
export function checkTraining(space: NetworkSpace, step: string, { dropPath }: TrainingSettings): void {
  if (dropPath !== null && !hasLayer(space, "drop-path")) {
    throw new UserError(
      `steps.${step}.dropPath: ${space.name} has no branches that could be left out: set it to null, or take a ` +
        "transformer's space",
    );
  }
}
