import type { Command, Options } from "../arguments.js";
import { check } from "./check.js";
import { cocoEval } from "./coco-eval.js";
import { completionCommand } from "./completion.js";
import { convert } from "./convert.js";
import { doctor } from "./doctor.js";
import { exportModel } from "./export.js";
import { extract } from "./extract.js";
import { front } from "./front.js";
import { latency } from "./latency.js";
import { plan } from "./plan.js";
import { predict } from "./predict.js";
import { profile } from "./profile.js";
import { listRecipes } from "./recipes.js";
import { evaluate, run, search, train } from "./run.js";
import { listSpaces } from "./spaces.js";

/** All commands, in the order of the help. */
export const commands: readonly Command<Options>[] = [
  run,
  train,
  search,
  evaluate,
  front,
  plan,
  profile,
  latency,
  predict,
  exportModel,
  check,
  extract,
  convert,
  cocoEval,
  listRecipes,
  listSpaces,
  doctor,
  completionCommand(() => commands),
] as readonly unknown[] as readonly Command<Options>[];
