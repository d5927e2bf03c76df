import { callable, parseOptions } from "@supernet/base";
import type { Subnet } from "@supernet/nas";
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
  /** Returns the number of classes, or of other outputs. */
  outputs(run: RunContext<R>): number | Promise<number>;
  /**
   * Returns the shape of the input image: [channels, height, width].
   * @param subnet subnet, if the shape depends on it. Without it, the largest shape is returned.
   */
  input(recipe: R, subnet?: Subnet): ImageShape;
  /** Returns the normalization of pixels, (value / 255 - mean) / std, for red, green and blue. */
  normalization(recipe: R): { readonly mean: readonly number[]; readonly std: readonly number[] };
  /** Steps that save the weights of such a network. */
  readonly steps: Pick<NetworkWeights, "subnetSteps" | "supernetSteps">;
  /** Whether the search's limits apply to it. */
  readonly searched: boolean;
}

const optionsSchema = z.strictObject({
  outputs: callable,
  input: callable,
  normalization: callable,
  steps: z.strictObject(weightsStepsShape),
  searched: z.boolean(),
});

/**
 * Defines a space's classifier as a network of a task, so that it can be measured, profiled, exported and extracted.
 * @example
 * const network = classifierNetwork<CountingRecipe>({
 *   outputs: () => 1,
 *   input: ({ imageSize }) => [3, imageSize, imageSize],
 *   normalization: () => ({ mean: [0.5, 0.5, 0.5], std: [0.25, 0.25, 0.25] }),
 *   steps: { subnetSteps: ["search"], supernetSteps: ["train"] },
 *   searched: true,
 * });
 */
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
      return { title, model, inputOf: (subnet) => input(recipe, subnet) };
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

/** Returns the number of classes of a run's labeled images. */
export async function labeledClasses(run: RunContext<LabeledRecipe>): Promise<number> {
  // Imported only when a network is opened, because the module loads the engine.
  const { labeledImages } = await import("./labeled-images.js");
  return run.get(labeledImages).classes.length;
}
