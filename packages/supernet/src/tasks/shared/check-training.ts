import { UserError } from "@supernet/base";
import { featureParts, hasLayer, type NetworkSpace, separateDecisions } from "@supernet/nas";
import type { TrainingSettings } from "../../training/settings.js";

type NoDecay = TrainingSettings["optimizer"]["noDecay"][number];

/**
 * Kinds of parameter that transformers alone have, and how to tell. Of convolutional networks any may be searched by the
 * same recipe, whether their convolutions are depth-wise or not.
 */
const KINDS: Partial<Record<NoDecay, (space: NetworkSpace) => boolean>> = {
  token: (space) => hasLayer(space, "class-token"),
  position: (space) => hasLayer(space, "class-token") || hasLayer(space, "attention"),
};

/** @throws UserError where a setting of a training has no effect on the networks of the space */
export function checkTraining(
  space: NetworkSpace,
  step: string,
  { dropPath, optimizer, syncBatchNorm }: Pick<TrainingSettings, "dropPath" | "optimizer" | "syncBatchNorm">,
): void {
  if (syncBatchNorm && !hasLayer(space, "batch-norm")) {
    throw new UserError(`steps.${step}.syncBatchNorm: ${space.name} has no batch-norm: set it to false`);
  }
  if (dropPath !== null && !hasLayer(space, "drop-path")) {
    throw new UserError(
      `steps.${step}.dropPath: ${space.name} has no branches that could be left out: set it to null, or take a ` +
        "transformer's space",
    );
  }
  const idle = optimizer.noDecay.find((kind) => KINDS[kind]?.(space) === false);
  if (idle !== undefined) {
    throw new UserError(
      `steps.${step}.optimizer.noDecay: ${space.name} has no parameters of the kind ${idle}: leave it out`,
    );
  }
}

/**
 * Entangled candidates are one function from the start; those of choice blocks begin alike where the space says how.
 * @throws UserError where the candidates of a supernet's training cannot begin as its setting says
 */
export function checkCandidates(
  space: NetworkSpace,
  step: string,
  { candidates }: { readonly candidates: "independent" | "aligned" },
): void {
  const separate = featureParts(space).some((part) => separateDecisions(part).length > 0);
  if (candidates === "independent" || space.alignment || !separate) return;
  throw new UserError(
    `steps.${step}.candidates: space ${space.name} does not say how to align its candidates: ` +
      "set it to independent, or give the space an alignment",
  );
}
