// A process that trains candidates for `CandidateTrainer`. Its only argument is the run's recipe as JSON.

import { serveCandidates } from "../candidates/candidate-process.js";
import { createRun } from "./load.js";
import { openTask } from "./open-task.js";

const recipe = JSON.parse(process.argv[2]!);
serveCandidates(createRun(recipe, await openTask(recipe)));
