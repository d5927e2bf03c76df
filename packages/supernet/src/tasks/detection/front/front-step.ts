import { readFileSync } from "node:fs";
import { join } from "node:path";
import { makeFolder, writeFileAtomic, writeJson } from "@supernet/base";
import { firstSubnet, formatSubnet, type SearchProblem, type Subnet, subnetKey } from "@supernet/nas";
import { scoredStep } from "../../../candidates/calibrate.js";
import { calibratedSubnets, reuseWeights } from "../../../candidates/reuse.js";
import { type CandidateToTrain, CandidateTrainer } from "../../../candidates/train-candidates.js";
import { drawSamples, intervalOf } from "../../../compare/results.js";
import { subnetMetadata, writeModel } from "../../../export/export.js";
import { measureModels } from "../../../export/measure-models.js";
import { predictTerms } from "../../../latency/predict.js";
import { latencyTable } from "../../../latency/table-file.js";
import { MODEL_FILE } from "../../../run/work-dir.js";
import { readSubnet, writeSubnet } from "../../../search/found-subnet.js";
import { type FrontFile, type FrontPoint, readFront } from "../../../search/front.js";
import { stopCheck } from "../../../search/open-scorer.js";
import { searchProblem } from "../../../search/problem.js";
import { loadWeights, ownerMetadata, weightsFile, weightsIn } from "../../../task/step-context.js";
import type { CandidateScores } from "../../../task/task.js";
import { saveChecksummed } from "../../../training/checkpoints.js";
import { parseBudget } from "../budget.js";
import { resample } from "../candidate.js";
import { type DetectionData, detectionClasses, openDetection } from "../data.js";
import type { DetectorModel } from "../detector.js";
import { exportRunDetector } from "../export.js";
import { type DetectionContext, memberTraining } from "../settings.js";
import { searchInput } from "../space.js";
import { buildModel, evaluateSubnet } from "../training.js";
import { wholeEstimator, wholeRun } from "../whole.js";
import {
  chooseMembers,
  type Difference,
  type FrontResults,
  frontResultsFile,
  type MadeMember,
  type Member,
  type Shares,
  withinBudget,
} from "./members.js";

/**
 * Makes a ready detector of every point of the search's front: the supernet's weights with batch-norm statistics of its
 * own, or those of a training of its own; its box AP on the test images, and an ONNX model. Then measures the latency of
 * the models. A step that was interrupted keeps its finished detectors.
 */
export async function makeFront(context: DetectionContext): Promise<void> {
  const { recipe, space, host, log } = context;
  const settings = recipe.steps.front!;
  const problem = await searchProblem(context.run, context.folder);
  const front = pointsOf(context, problem);
  const chosen = chooseMembers(front, settings.members);
  const subnet = firstSubnet(space);
  const reference = { file: "default", subnet, score: Number.NaN, resources: problem.measure(subnet) };
  const sharesOf = await openShares(context);
  using data = await openDetection(context);
  const shared = await buildModel(context, { step: "finetune", data });
  loadWeights(context, "finetune", shared.detector);
  const key = subnetKey(space, subnet);
  const place = chosen.findIndex((point) => subnetKey(space, point.subnet) === key);
  // The search may have found the default itself.
  const all = place < 0 ? [...chosen, reference] : chosen;
  const named = all.map((point, i) => ({ point, folder: point === reference ? "default" : String(i + 1) }));
  const trained = await trainMembers(
    context,
    named.map(({ point, folder }) => ({ subnet: point.subnet, folder: join(context.folder(), folder) })),
  );
  host.begin(0, all.length);
  const made: MadeMember[] = [];
  for (const [i, { point, folder }] of named.entries()) {
    await stopCheck(host)();
    const member = await makeMember(context, point, { shared, data, folder, own: trained?.[i], sharesOf });
    made.push(member);
    const { searchAP, testAP, flops, inherited } = member;
    const before = inherited && { inheritedSearchAP: inherited.searchAP, inheritedTestAP: inherited.testAP };
    host.record({ iteration: i + 1, searchAP, testAP, flops, ...before });
    host.progress(i + 1, `AP ${(100 * testAP).toFixed(1)}`);
  }
  const models = made.map(({ folder, input }) => ({
    path: join(context.folder(), folder, MODEL_FILE),
    input: [3, input[1]!, input[2]!] as const,
  }));
  const { latencies, slowdown } = await measureModels(context, models);
  const measured = made.map((member, i): Member => ({ ...member, latency: latencies?.[i] ?? null }));
  const members = measured.slice(0, chosen.length);
  const standard = measured.at(place)!;
  const { budget } = recipe;
  const within =
    budget === null ? undefined : withinBudget({ members, default: standard }, parseBudget(budget)!);
  if (budget !== null && within === undefined)
    log(`no detector of the front was measured within the budget of ${budget}: later steps use the knee`);
  const found = within ?? members[chosen.findIndex(({ file }) => file === front.knee)]!;
  writeSubnet(context, found.subnet);
  writeFileAtomic(weightsFile(context), readFileSync(weightsIn(join(context.folder(), found.folder))));
  const compared = trained && found !== standard;
  writeJson(frontResultsFile(context.folder()), {
    found: found.folder,
    members,
    default: standard,
    slowdown,
    overDefault: compared ? await differenceOf(context, found, standard) : null,
  } satisfies FrontResults);
}

/** Computes the difference of the test AP of two detectors, over samples of the test images. */
async function differenceOf(context: DetectionContext, a: Member, b: Member): Promise<Difference> {
  const draw = (images: number) => drawSamples(images, context.recipe.seed);
  const sampled = ({ folder }: Member) => resample(context, join(context.folder(), folder), draw);
  const [own, other] = [await sampled(a), await sampled(b)];
  return { mean: a.testAP - b.testAP, interval: intervalOf(own.map((value, i) => value - other[i]!)) };
}

/** Trains the members alone, if the recipe does. Those that the calibration trained in the same way are only scored. */
async function trainMembers(
  context: DetectionContext,
  members: readonly CandidateToTrain[],
): Promise<CandidateScores[] | undefined> {
  const { recipe, host, space } = context;
  const training = memberTraining(recipe.steps);
  if (training === null) return undefined;
  reuseWeights(space, members, calibratedSubnets(context, recipe.steps.calibrate, training));
  host.begin(0, members.length);
  using trainer = new CandidateTrainer(context);
  return await trainer.train(members, {
    settings: training,
    test: true,
    onProgress: (done) => host.progress(Math.floor(done * members.length), "members trained"),
  });
}

/** Returns the points of the front of the last scores, or only the found subnet of a search with a single objective. */
function pointsOf(context: DetectionContext, { measure }: SearchProblem): FrontFile {
  const front = readFront(context.folder(scoredStep(context)));
  if (front) return front;
  const subnet = readSubnet(context);
  const point: FrontPoint = { file: "found", subnet, score: Number.NaN, resources: measure(subnet) };
  return { points: [point], knee: "found", minimize: [] };
}

/** Returns a function that divides the predicted time of a subnet's detector, or its FLOPs without a latency table. */
async function openShares({
  run,
  recipe,
  space,
  folder,
}: DetectionContext): Promise<(subnet: Subnet) => Shares> {
  const classes = run.get(detectionClasses).length;
  const table = latencyTable(run, folder);
  const times = table && predictTerms(table, "detector", wholeRun({ recipe, space, classes }));
  return (subnet) => {
    if (times) return sharesOf(times(subnet));
    const input = searchInput(recipe, subnet);
    const { children = [] } = wholeEstimator({ recipe, space, classes, input }).profile(subnet);
    return sharesOf(new Map(children.map(({ name, flops }) => [name, flops])));
  };
}

/** Terms and modules of the pyramid. */
const PYRAMID = ["neck", "lateral", "merged", "level"];

function sharesOf(terms: ReadonlyMap<string, number>): Shares {
  const sum = (belongs: (term: string) => boolean) =>
    Array.from(terms).reduce((total, [term, amount]) => total + (belongs(term) ? amount : 0), 0);
  const [all, backbone, pyramid] = [
    () => true,
    (term: string) => term === "backbone",
    (term: string) => PYRAMID.includes(term),
  ].map(sum) as [number, number, number];
  return { backbone: backbone / all, pyramid: pyramid / all, heads: 1 - (backbone + pyramid) / all };
}

/** What a member is made from. */
interface MemberSource {
  /** Supernet with the weights of the step `finetune`. */
  readonly shared: DetectorModel;
  readonly data: DetectionData;
  readonly folder: string;
  /** Its scores with its own weights; undefined if it has the supernet's. */
  readonly own: CandidateScores | undefined;
  readonly sharesOf: (subnet: Subnet) => Shares;
}

async function makeMember(
  context: DetectionContext,
  { subnet, resources }: FrontPoint,
  { shared, data, folder, own, sharesOf }: MemberSource,
): Promise<MadeMember> {
  const { recipe, run, space, device } = context;
  const { batchNorm } = recipe.steps.search;
  const images = data.of(subnet);
  const score = async (split: "search" | "test"): Promise<number> => {
    const options = { split: images[split], calibration: images.calibration, batchNorm, device };
    return (await evaluateSubnet(shared, subnet, options)).metrics.AP;
  };
  const inherited = { searchAP: await score("search"), testAP: await score("test") };
  const path = join(context.folder(), folder);
  makeFolder(path);
  const input = searchInput(recipe, subnet);
  if (own === undefined) {
    // The subnet is active in the supernet, with statistics of its own.
    const weights = shared.activeState();
    saveChecksummed(weightsIn(path), weights, ownerMetadata(context, subnet));
    const options = { space, subnet, input, weights, metadata: subnetMetadata(space, subnet) };
    writeModel(join(path, MODEL_FILE), exportRunDetector(options, run, { anySize: true, padded: true }));
  }
  writeFileAtomic(join(path, "subnet.yaml"), formatSubnet(space, subnet));
  const estimator = wholeEstimator({ recipe, space, classes: data.classes.length, input });
  const { params, flops } = estimator.measure(subnet);
  const predicted = resources["detector.latency"] ?? null;
  const scores = own ? { searchAP: own.search!, testAP: own.test!, inherited } : inherited;
  return { folder, subnet, ...scores, params, flops, input, shares: sharesOf(subnet), predicted };
}
