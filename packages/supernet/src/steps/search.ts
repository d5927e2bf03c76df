import { join } from "node:path";
import {
  type Candidate,
  evolutionSearch,
  loadSearchState,
  type NetworkSpace,
  runSearch,
  type Strategy,
  saveSearchState,
} from "@supernet/nas";
import type { Recipe } from "../recipe/schema.js";
import { evaluateSubnet } from "../training/detection.js";
import { loadWeights, type StepContext } from "./context.js";
import { openDetection } from "./data.js";
import { detectorModel } from "./finetune.js";
import { searchProblem } from "./problem.js";
import { writeSubnet } from "./subnet.js";

export async function searchStrategy(recipe: Recipe, space: NetworkSpace): Promise<Strategy> {
  const { strategy } = recipe.steps.search;
  return evolutionSearch(await searchProblem(recipe, space), {
    population: strategy.populationSize,
    epochs: strategy.generations,
    topK: strategy.topK,
    mutations: strategy.mutations?.children ?? 0,
    mutationProbability: strategy.mutations?.probability ?? 0,
    mutationProbabilities: strategy.mutations?.perDecision ?? {},
    crossovers: strategy.crossovers,
    maxTries: strategy.maxTries,
  });
}

/** Step 3 of DetNAS: evolution search over the fine-tuned supernet, scored by box AP on held-out images. */
export async function search(context: StepContext): Promise<void> {
  const { recipe, device, host } = context;
  const { strategy: settings, batchNorm } = recipe.steps.search;
  const strategy = await searchStrategy(recipe, context.space);
  const checkpoint = join(host.folder, "checkpoint");
  const state = loadSearchState(checkpoint, strategy);
  using data = await openDetection(context);
  const model = detectorModel(context, data, "finetune");
  loadWeights(context, "finetune", model.detector);

  host.begin(state?.history.length ?? 0, settings.populationSize * settings.generations);
  let best: Candidate | undefined;
  const result = await runSearch({
    strategy,
    state,
    evaluate: async (subnet) => {
      if (await host.stopRequested()) throw host.interrupted();
      const { metrics } = await evaluateSubnet(
        model,
        subnet,
        data.search,
        data.calibration,
        batchNorm,
        device,
      );
      return metrics.AP;
    },
    save: (next) => saveSearchState(checkpoint, next),
    onCandidate: (candidate, index) => {
      if ((candidate.score ?? -1) > (best?.score ?? -1)) best = candidate;
      const { score, generation, resources } = candidate;
      host.record({ iteration: index + 1, generation, AP: score ?? -1, ...resources });
      host.progress(index + 1, `best AP ${((best?.score ?? 0) * 100).toFixed(1)}`);
    },
  });
  tellIfFewer(context, result.state.history.length, settings.populationSize * settings.generations);
  writeSubnet(context, result.best.subnet);
}

/** A space, or what the constraints leave of it, may have fewer subnets than a recipe asks for. */
export function tellIfFewer({ say }: Pick<StepContext, "say">, found: number, asked: number): void {
  if (found < asked) say(`only ${found} of ${asked} different subnets within the constraints were found`);
}
