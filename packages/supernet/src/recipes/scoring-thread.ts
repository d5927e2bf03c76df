import type { ThreadSpec } from "../steps/common/scorer.js";
import { scoreOnThread } from "../steps/common/scorer.js";
import { createRun } from "./load.js";
import { openTask } from "./open-task.js";

/** Scores candidates on a thread of its own. */
export default async (spec: ThreadSpec) =>
  scoreOnThread(createRun(spec.recipe, await openTask(spec.recipe)), spec);
