import type { RunContext, TaskNetwork } from "../../task/task.js";
import { type ClassifierNetworkOptions, classifierNetwork } from "./classifier-network.js";
import { imageShapeOf } from "./image-sizes.js";
import type { LabeledRecipe } from "./labeled-images.js";

/** Defines the classifier of a recipe's labeled images. It can also predict, and its models contain what that needs. */
export function labeledClassifier<R extends LabeledRecipe>(
  options: Pick<ClassifierNetworkOptions<R>, "steps" | "searched">,
): TaskNetwork<R> {
  const network = classifierNetwork<R>({
    outputs: async (run) => (await classesOf(run)).length,
    input: imageShapeOf,
    normalization: ({ classification }) => classification!,
    ...options,
  });
  const onnx = network.onnx!;
  return {
    ...network,
    weights: {
      ...network.weights!,
      async trainedOn(run) {
        const { mean, std } = run.recipe.classification!;
        return { classes: await classesOf(run), mean, std };
      },
    },
    onnx: {
      ...onnx,
      async export(exported, run, images) {
        const { evaluationSettings } = await import("./labeled-images.js");
        const { evalResize, interpolation } = evaluationSettings(run.recipe, exported.subnet);
        const metadata = {
          ...exported.metadata,
          classes: JSON.stringify(await classesOf(run)),
          resize: JSON.stringify({ evalResize, interpolation }),
        };
        return onnx.export({ ...exported, metadata }, run, images);
      },
    },
    predict: {
      open: async (run, file, predictor) =>
        (await import("./classifier-predict.js")).openClassifier(run, file, predictor),
      async *trainingImages(run, { count }) {
        const { trainingSources } = await import("./labeled-images.js");
        yield* trainingSources(run, count);
      },
      exported: {
        outputs: ["logits"],
        open: async (model) => (await import("./classifier-predict.js")).openExportedClassifier(model),
      },
    },
  };
}

/** Returns the classes of a run's labeled images. */
async function classesOf(run: RunContext<LabeledRecipe>): Promise<readonly string[]> {
  // Imported only when a network is opened, because the module loads the engine.
  const { labeledImages } = await import("./labeled-images.js");
  return run.get(labeledImages).classes;
}
