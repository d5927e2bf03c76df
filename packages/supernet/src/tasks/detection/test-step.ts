import { existsSync } from "node:fs";
import { join } from "node:path";
import { writeFileAtomic, writeJson } from "@supernet/base";
import type { SearchProblem, Subnet } from "@supernet/nas";
import { exportFound } from "../../export/export.js";
import { readSubnet } from "../../search/found-subnet.js";
import { searchProblem } from "../../search/problem.js";
import { reportLatency } from "../../search/report-latency.js";
import { scoreRandomSubnets } from "../../search/run-search.js";
import { loadWeights, weightsFile } from "../../task/step-context.js";
import { type DetectionData, openDetection } from "./data.js";
import { type OnSupernet, resultsFile, type TestResults } from "./results.js";
import type { DetectionContext } from "./settings.js";
import { buildModel, evaluateDetector, evaluateSubnet } from "./training.js";

/** Last step: tests the found subnet's detector on unseen images. */
export async function test(context: DetectionContext): Promise<void> {
  const { recipe, device, host } = context;
  const { randomSubnets } = recipe.steps.test;
  using data = await openDetection(context);
  const subnet = readSubnet(context);

  // Without training of its own, the found detector is a member of the front.
  const trained = recipe.steps.detector === null ? "front" : "detector";
  const standalone = await buildModel(context, { step: trained, data, subnet });
  loadWeights(context, trained, standalone.detector);
  const { metrics, detections } = await evaluateDetector(standalone.detector, data.of(subnet).test, device);
  writeFileAtomic(join(context.folder(), "detections.json"), JSON.stringify(detections));

  const problem = await searchProblem(context.run, context.folder);
  const resources = problem.measure(subnet);
  const hasSupernet = existsSync(weightsFile(context, "finetune"));
  const results: TestResults = {
    metrics,
    limited: Object.fromEntries(Object.keys(problem.constraints).map((name) => [name, resources[name]!])),
    onSupernet: hasSupernet ? await testOnSupernet(context, subnet, { data, problem }) : null,
  };
  // Recorded last, so a run that resumes after the random subnets records it again.
  host.record({ iteration: randomSubnets + 1, ...metrics });
  await exportFound(context);
  await reportLatency(context);
  writeJson(resultsFile(context.folder()), results);
}

/** Tests the found subnet with the supernet's weights, and random ones within the search's limits. */
async function testOnSupernet(
  context: DetectionContext,
  subnet: Subnet,
  { data, problem }: { readonly data: DetectionData; readonly problem: SearchProblem },
): Promise<OnSupernet> {
  const { recipe, device, host } = context;
  const { randomSubnets } = recipe.steps.test;
  const { batchNorm } = recipe.steps.search;
  const shared = await buildModel(context, { step: "finetune", data });
  loadWeights(context, "finetune", shared.detector);
  const evaluate = async (candidate: Subnet) => {
    const { test: split, calibration } = data.of(candidate);
    const { metrics } = await evaluateSubnet(shared, candidate, { split, calibration, batchNorm, device });
    return metrics.AP;
  };
  // The search itself uses another seed.
  const unseen = { ...problem, seed: recipe.seed + 1 };
  const scored = await scoreRandomSubnets(context, unseen, {
    count: randomSubnets,
    evaluate,
    begin: (done) => host.begin(done, randomSubnets),
    onCandidate: (_, index) => host.progress(index + 1, "random subnets"),
  });
  const random = scored.map(({ score }) => score ?? 0);
  return {
    found: await evaluate(subnet),
    random,
    randomMean: random.reduce((sum, score) => sum + score, 0) / Math.max(1, random.length),
  };
}
