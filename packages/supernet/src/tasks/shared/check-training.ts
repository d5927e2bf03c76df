import { UserError } from "@supernet/base";
import { featureParts, hasLayer, type NetworkSpace, separateDecisions } from "@supernet/nas";
import type { TrainingSettings } from "../../training/settings.js";

type NoDecay = TrainingSettings["optimizer"]["noDecay"][number];

/**
 * Kinds of parameters that only transformers have, with a check for each. Other kinds are always allowed, so that one
 * recipe can search any convolutional network, with depthwise convolutions or without.
 */
const TRANSFORMER_KINDS: Partial<Record<NoDecay, (space: NetworkSpace) => boolean>> = {
  token: (space) => hasLayer(space, "class-token"),
  position: (space) => hasLayer(space, "class-token") || hasLayer(space, "attention"),
};

/**
 * Checks the settings of a training against the space.
 * @throws UserError if a setting has no effect on the networks of the space
 */
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
      `steps.${step}.dropPath: ${space.name} has no branches to drop: set it to null, or use a ` +
        "transformer's space",
    );
  }
  const unused = optimizer.noDecay.find((kind) => TRANSFORMER_KINDS[kind]?.(space) === false);
  if (unused !== undefined) {
    throw new UserError(
      `steps.${step}.optimizer.noDecay: ${space.name} has no parameters of the kind ${unused}: remove it`,
    );
  }
}

/**
 * Checks that the candidates of a supernet can be initialized as its settings specify. Entangled candidates compute the
 * same function from the start. Candidates of choice blocks can be aligned if the space defines how.
 * @throws UserError if they cannot
 */
export function checkCandidates(
  space: NetworkSpace,
  step: string,
  { candidates }: { readonly candidates: "independent" | "aligned" },
): void {
  const separate = featureParts(space).some((part) => separateDecisions(part).length > 0);
  if (candidates === "independent" || space.alignment || !separate) return;
  throw new UserError(
    `steps.${step}.candidates: space ${space.name} does not define how to align its candidates: ` +
      "set it to independent, or add an alignment to the space",
  );
}
