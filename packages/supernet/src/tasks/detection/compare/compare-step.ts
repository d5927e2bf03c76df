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
import { buildModel } from "../detector-steps.js";
import { readResults, resultsFile } from "../results.js";
import type { DetectionContext } from "../settings.js";
import { type DetectionSplit, evaluateSubnet } from "../training.js";
import {
  type Contestant,
  type Entrant,
  entrants,
  type Scores,
  sameNetwork,
  summarize,
} from "./comparison.js";
import { trainAlone, weightsAlone } from "./standalone-training.js";

/**
 * The comparison: the found subnet beside the best of a random search with as many candidates (the baseline of Li
 * and Talwalkar, 2019), a hand-made network, and random subnets, all trained alike.
 */
export async function compare(context: DetectionContext): Promise<void> {
  const { recipe, device, host, space } = context;
  const { compare: settings, search } = recipe.steps;
  if (settings === null) throw new Error("compare: the recipe asks for no comparison");
  const problem = await searchProblem(context.run);
  using data = await openDetection(context);
  const shared = await buildModel(context, data, "finetune");
  loadWeights(context, "finetune", shared.detector);
  const scoreOn = async (subnet: Subnet, split: DetectionSplit): Promise<number> => {
    await stopCheck(host)();
    const result = await evaluateSubnet(shared, subnet, split, data.calibration, search.batchNorm, device);
    return result.metrics.AP;
  };

  // As many as the search scores, on as many images in all, drawn apart from the subnets with which it and the test began.
  const candidates = randomCandidates(search.strategy);
  const apart = { ...problem, seed: Random.of(recipe.seed, "compare").uint32() };
  let progress: Progress | undefined;
  const random = await scoreRandomSubnets(context, apart, candidates, {
    evaluate: (subnet) => scoreOn(subnet, data.search),
    begin(done) {
      progress = new Progress("random search", done, candidates);
    },
    onCandidate: (_, index) => progress?.update(index + 1, ""),
  });
  const all = entrants(space, readSubnet(context), random, settings);
  host.begin(0, all.length);
  const contestants: Contestant[] = [];
  for (const [i, entrant] of all.entries()) {
    const folder = join(context.folder(), `${i}-${entrant.origin.replaceAll(" ", "-")}`);
    const title = `${i + 1}/${all.length} ${entrant.origin},`;
    const { searchAP, sharedAP, ownAP } =
      sameNetwork(space, entrant, contestants) ??
      (await once(folder, async () => ({
        searchAP: await scoreOn(entrant.subnet, data.search),
        sharedAP: await scoreOn(entrant.subnet, data.test),
        ownAP: await ownScore(context, entrant, () =>
          trainAlone(context, entrant.subnet, data, { folder, title }),
        ),
      })));
    const { flops, params } = problem.measure(entrant.subnet) as { flops: number; params: number };
    contestants.push({ ...entrant, flops, params, searchAP, sharedAP, ownAP });
    host.record({ iteration: i + 1, origin: entrant.origin, flops, searchAP, sharedAP, ownAP });
    context.log(
      `  ${title} AP ${(100 * ownAP).toFixed(1)} alone, ${(100 * sharedAP).toFixed(1)} in the supernet`,
    );
  }
  const comparison = summarize(contestants, random.length);
  writeJson(resultsFile(context.folder()), comparison);
}

/** The found subnet was trained alone by the run itself. */
async function ownScore(
  context: DetectionContext,
  { origin }: Entrant,
  trainNow: () => Promise<number>,
): Promise<number> {
  const found = origin === "found" ? readResults(context.folder("test")) : undefined;
  return found ? found.metrics.AP : trainNow();
}

/** What `make` gives, from its file where it was made before; where that or weights beside it are damaged, made again. */
async function once(folder: string, make: () => Promise<Scores>): Promise<Scores> {
  const path = join(folder, "scores.json");
  const before = existsSync(path) ? parseChecksummedJson(readFileSync(path, "utf8")) : undefined;
  if (before && weightsAlone(folder).every((weights) => !existsSync(weights) || hasValidChecksum(weights)))
    return before as unknown as Scores;
  const made = await make();
  writeFileAtomic(path, checksummedJson(made));
  return made;
}
