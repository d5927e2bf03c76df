import { calibrate } from "../../candidates/calibrate.js";
import { readSubnet } from "../../search/found-subnet.js";
import { saveInherited } from "./search-step.js";
import type { ClassificationContext } from "./settings.js";

/** Calibrates the scores, and saves the weights that the found subnet inherits from the supernet. */
export async function calibrateScores(context: ClassificationContext): Promise<void> {
  await calibrate(context, context.recipe.steps.calibrate!);
  await saveInherited(context, readSubnet(context));
}
