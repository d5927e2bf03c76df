import type { ThreadSpec } from "../search/open-scorer.js";
import { scoreOnThread } from "../search/open-scorer.js";
import { createRun } from "./load.js";
import { openTask } from "./open-task.js";

/** Scores candidates on a separate thread. */
export default async (spec: ThreadSpec) =>
  scoreOnThread(createRun(spec.recipe, await openTask(spec.recipe)), spec);
