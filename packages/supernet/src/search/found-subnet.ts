import { existsSync } from "node:fs";
import { writeFileAtomic } from "@supernet/base";
import { formatSubnet, parseSubnet, type Subnet } from "@supernet/nas";
import { readSubnetFile, subnetIn } from "../network/subnet-file.js";
import { requireStep } from "../task/run-context.js";
import type { StepContext, StepKind } from "../task/task.js";

/** Kinds of steps that choose a subnet, the last one first. */
const CHOOSING: readonly StepKind[] = ["front", "calibration"];

/**
 * Returns the step whose subnet later steps use: the last one that has chosen one. It is the front, once it has chosen a
 * member, the calibration, or the search.
 * @param context the run, and what returns the folder of a step
 */
export function foundStep({ run, recipe, folder }: Pick<StepContext, "run" | "recipe" | "folder">): string {
  const steps = run.task.steps(recipe);
  const chosen = CHOOSING.flatMap((kind) => steps.find((step) => step.kind === kind) ?? []);
  return chosen.find(({ name }) => existsSync(subnetIn(folder(name))))?.name ?? "search";
}

/**
 * Reads the subnet that the search found, or the member of its front that was chosen. With several ranks, all must call
 * this: rank 0 sends it to the others.
 * @throws UserError if the file cannot be read or does not contain a subnet of the space
 * @example
 * const model = new SpaceClassifier(context.space, 10, readSubnet(context));
 */
export function readSubnet(context: StepContext): Subnet {
  requireStep("readSubnet: context", context);
  const { space, world } = context;
  const local =
    !world || world.isMainRank
      ? readSubnetFile(space, subnetIn(context.folder(foundStep(context))))
      : undefined;
  if (!world) return local!;
  return parseSubnet(
    space,
    world.group.broadcastText(local ? formatSubnet(space, local) : ""),
    "rank 0's subnet",
  );
}

/** Writes the found subnet to the current step's folder, for later steps, and to the work-dir, for the user. */
export function writeSubnet(context: StepContext, subnet: Subnet): void {
  for (const folder of [context.folder(), context.root])
    writeFileAtomic(subnetIn(folder), formatSubnet(context.space, subnet));
}
