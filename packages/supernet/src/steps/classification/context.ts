import type { ClassificationRecipe } from "../../recipe/schema.js";
import type { StepContext } from "../common/context.js";

/** What the steps of a search for a classifier share. */
export type ClassificationContext = StepContext<ClassificationRecipe>;
