import { callable, parseOptions } from "@supernet/base";
import { exportClassifier } from "@supernet/nas/onnx";
import { z } from "zod";
import type { ImageShape } from "../../network/model.js";
import { classifierModel } from "../../network/space-models.js";
import type { Recipe } from "../../recipe/common.js";
import { searchedSpace } from "../../task/run-context.js";
import {
  type NetworkWeights,
  type RunContext,
  type TaskNetwork,
  weightsStepsShape,
} from "../../task/task.js";
import type { LabeledRecipe } from "./labeled-images.js";

export interface ClassifierNetworkOptions<R extends Recipe> {
  /** Number of classes, or of other outputs. */
  outputs(run: RunContext<R>): number | Promise<number>;
  /** Shape of the images that it sees. */
  input(recipe: R): ImageShape;
  /** What turns pixels into what it sees: (value / 255 - mean) / std for red, green and blue. */
  normalization(recipe: R): { readonly mean: readonly number[]; readonly std: readonly number[] };
  /** Steps that leave weights in it. */
  readonly steps: Pick<NetworkWeights, "subnetSteps" | "supernetSteps">;
  /** Whether the search's limits are on it. */
  readonly searched: boolean;
}

const optionsSchema = z.strictObject({
  outputs: callable,
  input: callable,
  normalization: callable,
  steps: z.strictObject(weightsStepsShape),
  searched: z.boolean(),
});

/** A space's classifier as a network of a task: measured, profiled, exported and extracted. */
export function classifierNetwork<R extends Recipe>(options: ClassifierNetworkOptions<R>): TaskNetwork<R> {
  parseOptions("classifierNetwork", optionsSchema, options);
  const { outputs, input, normalization, steps, searched } = options;
  const open = async (run: RunContext<R>) =>
    classifierModel(await run.get(searchedSpace), await outputs(run));
  return {
    name: "classifier",
    ...(searched && { search: { prefix: "", open } }),
    async profile(run) {
      const { recipe } = run;
      const model = await open(run);
      const classes = await outputs(run);
      const title = `classifier of ${recipe.name} on ${model.space.name}, ${classes} classes`;
      return { title, model, input: input(recipe) };
    },
    weights: {
      ...steps,
      async load(run, file, subnet) {
        const { loadClassifier } = await import("../../network/load.js");
        const classifier = loadClassifier(await run.get(searchedSpace), file, subnet);
        return { network: classifier, searched: classifier };
      },
    },
    onnx: { input, normalization, export: exportClassifier },
  };
}

/** The number of classes of a run's labeled images. */
export async function labeledClasses(run: RunContext<LabeledRecipe>): Promise<number> {
  // The module loads the engine: it is imported when a network is opened.
  const { labeledImages } = await import("./labeled-images.js");
  return run.get(labeledImages).classes.length;
}
