import type { DetectionRecipe } from "../../recipe/schema.js";
import type { StepContext } from "../common/context.js";

/** What the steps of DetNAS share. */
export type DetectionContext = StepContext<DetectionRecipe>;
