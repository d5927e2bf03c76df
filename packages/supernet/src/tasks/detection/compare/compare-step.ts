import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { checksummedJson, parseChecksummedJson, Random, writeFileAtomic, writeJson } from "@supernet/base";
import type { Subnet } from "@supernet/nas";
import { randomCandidates } from "../../../recipe/strategy.js";
import { Progress } from "../../../run/progress.js";
import { readSubnet } from "../../../search/found-subnet.js";
import { stopCheck } from "../../../search/open-scorer.js";
import { searchProblem } from "../../../search/problem.js";
import { scoreRandomSubnets } from "../../../search/run-search.js";
import { loadWeights } from "../../../task/step-context.js";
import { hasValidChecksum } from "../../../training/checkpoints.js";
import { openDetection } from "../data.js";
import { readResults, resultsFile } from "../results.js";
import type { DetectionContext } from "../settings.js";
import { buildModel, evaluateSubnet } from "../training.js";
import {
  type ComparisonEntry,
  comparisonEntries,
  findSameNetwork,
  type ScoredEntry,
  type Scores,
  summarize,
} from "./comparison.js";
import { standaloneWeights, trainStandalone } from "./standalone-training.js";

/**
 * Compares the found subnet with a hand-made network, random subnets, and the best of a random search with as many
 * candidates, the baseline of Li and Talwalkar (https://arxiv.org/abs/1902.07638). All are trained in the same way.
 */
export async function compare(context: DetectionContext): Promise<void> {
  const { recipe, device, host, space } = context;
  const { compare: settings, search } = recipe.steps;
  if (settings === null) throw new Error("compare: steps.compare is null");
  const problem = await searchProblem(context.run, context.folder);
  using data = await openDetection(context);
  const shared = await buildModel(context, { step: "finetune", data });
  loadWeights(context, "finetune", shared.detector);
  const { batchNorm } = search;
  const scoreOn = async (subnet: Subnet, on: "search" | "test"): Promise<number> => {
    await stopCheck(host)();
    const { [on]: split, calibration } = data.of(subnet);
    const { metrics } = await evaluateSubnet(shared, subnet, { split, calibration, batchNorm, device });
    return metrics.AP;
  };

  // As many candidates and images in total as the search scores, with a seed that neither the search nor the test uses.
  const candidates = randomCandidates(search.strategy);
  const unseenProblem = { ...problem, seed: Random.of(recipe.seed, "compare").uint32() };
  let progress: Progress | undefined;
  const random = await scoreRandomSubnets(context, unseenProblem, {
    count: candidates,
    evaluate: (subnet) => scoreOn(subnet, "search"),
    begin(done) {
      progress = new Progress("random search", done, candidates);
    },
    onCandidate: (_, index) => progress?.update(index + 1, ""),
  });
  const entries = comparisonEntries(space, settings, { found: readSubnet(context), random });
  host.begin(0, entries.length);
  const scored: ScoredEntry[] = [];
  for (const [i, entry] of entries.entries()) {
    const folder = join(context.folder(), `${i}-${entry.origin.replaceAll(" ", "-")}`);
    const title = `${i + 1}/${entries.length} ${entry.origin},`;
    const { searchAP, sharedAP, ownAP } =
      findSameNetwork(space, entry, scored) ??
      (await reuseScores(folder, standaloneWeights(recipe, folder), async () => ({
        searchAP: await scoreOn(entry.subnet, "search"),
        sharedAP: await scoreOn(entry.subnet, "test"),
        ownAP: await standaloneScore(context, entry, () =>
          trainStandalone(context, entry.subnet, { data, folder, title }),
        ),
      })));
    const { flops, params } = problem.measure(entry.subnet) as { flops: number; params: number };
    scored.push({ ...entry, flops, params, searchAP, sharedAP, ownAP });
    host.record({ iteration: i + 1, origin: entry.origin, flops, searchAP, sharedAP, ownAP });
    context.log(
      `  ${title} AP ${(100 * ownAP).toFixed(1)} standalone, ${(100 * sharedAP).toFixed(1)} in the supernet`,
    );
  }
  const comparison = summarize(scored, random.length);
  writeJson(resultsFile(context.folder()), comparison);
}

/** Returns the AP after standalone training. The run itself has already trained the found subnet. */
async function standaloneScore(
  context: DetectionContext,
  { origin }: ComparisonEntry,
  train: () => Promise<number>,
): Promise<number> {
  const found = origin === "found" ? readResults(context.folder("test")) : undefined;
  return found ? found.metrics.AP : train();
}

/**
 * Reads the scores in a folder. If they are missing, or they or weights in `files` are corrupt, computes and saves them.
 */
async function reuseScores(
  folder: string,
  files: readonly string[],
  compute: () => Promise<Scores>,
): Promise<Scores> {
  const path = join(folder, "scores.json");
  const saved = existsSync(path) ? parseChecksummedJson(readFileSync(path, "utf8")) : undefined;
  if (saved && files.every((weights) => !existsSync(weights) || hasValidChecksum(weights)))
    return saved as unknown as Scores;
  const scores = await compute();
  writeFileAtomic(path, checksummedJson(scores));
  return scores;
}
