import { readFileSync } from "node:fs";
import { join } from "node:path";
import { makeFolder, readJson, UserError, writeFileAtomic, writeJson } from "@supernet/base";
import { firstSubnet, formatSubnet, type SearchProblem, type Subnet, subnetKey } from "@supernet/nas";
import { type Latency, measureInTurns } from "@supernet/nas/supernet";
import { subnetMetadata, writeModel } from "../../../export/export.js";
import { openRuntime } from "../../../latency/open-runtime.js";
import { predictTerms } from "../../../latency/predict.js";
import { openReferences } from "../../../latency/references.js";
import type { Runtime } from "../../../latency/runtime.js";
import { latencyTable } from "../../../latency/table-file.js";
import { measuredLatency } from "../../../recipe/search.js";
import { isFinished, writeFinished } from "../../../run/step-files.js";
import { MODEL_FILE } from "../../../run/work-dir.js";
import { readSubnet, writeSubnet } from "../../../search/found-subnet.js";
import { type FrontFile, type FrontPoint, readFront } from "../../../search/front.js";
import { stopCheck } from "../../../search/open-scorer.js";
import { searchProblem, timedNetworks } from "../../../search/problem.js";
import { loadWeights, weightsFile, weightsIn } from "../../../task/step-context.js";
import { hasValidChecksum, saveChecksummed } from "../../../training/checkpoints.js";
import { parseBudget } from "../budget.js";
import { type DetectionData, type DetectionSplit, detectionClasses, openDetection } from "../data.js";
import type { DetectorModel } from "../detector.js";
import { exportRunDetector } from "../export.js";
import { type DetectionContext, MEMBER_TRAINING } from "../settings.js";
import { searchInput } from "../space.js";
import { buildModel, evaluateDetector, evaluateSubnet, inheritWeights } from "../training.js";
import { trainSubnet } from "../training-steps.js";
import { unrecordedContext } from "../unrecorded.js";
import { wholeEstimator, wholeRun } from "../whole.js";
import {
  chooseMembers,
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
  const { points, knee } = pointsOf(context, problem);
  const chosen = chooseMembers({ points, knee }, settings.members);
  const subnet = firstSubnet(space);
  const reference = { file: "default", subnet, score: Number.NaN, resources: problem.measure(subnet) };
  const sharesOf = await openShares(context);
  using data = await openDetection(context);
  const shared = await buildModel(context, { step: "finetune", data });
  loadWeights(context, "finetune", shared.detector);
  const made: MadeMember[] = [];
  const key = subnetKey(space, subnet);
  const place = chosen.findIndex((point) => subnetKey(space, point.subnet) === key);
  // The search may have found the default itself.
  const all = place < 0 ? [...chosen, reference] : chosen;
  host.begin(0, all.length);
  for (const [i, point] of all.entries()) {
    await stopCheck(host)();
    const folder = point === reference ? "default" : String(i + 1);
    const title = point === reference ? "default detector" : `member ${folder}/${chosen.length}`;
    const member = await once(join(context.folder(), folder), subnetKey(space, point.subnet), () =>
      makeMember(context, point, { shared, data, folder, title, sharesOf }),
    );
    made.push(member);
    const { searchAP, testAP, flops, inherited } = member;
    const before = inherited && { inheritedSearchAP: inherited.searchAP, inheritedTestAP: inherited.testAP };
    host.record({ iteration: i + 1, searchAP, testAP, flops, ...before });
    host.progress(i + 1, `AP ${(100 * testAP).toFixed(1)}`);
  }
  const { measured, slowdown } = await measureMembers(context, made);
  const members = measured.slice(0, chosen.length);
  const standard = measured.at(place)!;
  const { budget } = recipe;
  const within =
    budget === null ? undefined : withinBudget({ members, default: standard }, parseBudget(budget)!);
  if (budget !== null && within === undefined)
    log(`no detector of the front was measured within the budget of ${budget}: later steps use the knee`);
  const found = within ?? members[chosen.findIndex(({ file }) => file === knee)]!;
  writeSubnet(context, found.subnet);
  writeFileAtomic(weightsFile(context), readFileSync(weightsIn(join(context.folder(), found.folder))));
  writeJson(frontResultsFile(context.folder()), {
    found: found.folder,
    members,
    default: standard,
    slowdown,
  } satisfies FrontResults);
}

/** Returns the member in a folder if an interrupted run has finished it and its files are intact. Else makes it. */
async function once(path: string, key: string, make: () => Promise<MadeMember>): Promise<MadeMember> {
  const file = join(path, "member.json");
  if (isFinished(path, key)) return readJson(file);
  const start = performance.now();
  const member = await make();
  writeJson(file, member);
  writeFinished(path, { hash: key, seconds: (performance.now() - start) / 1000 });
  return member;
}

/** Returns the points of the search's front, or only the found subnet of a search with a single objective. */
function pointsOf(context: DetectionContext, { measure }: SearchProblem): Pick<FrontFile, "points" | "knee"> {
  const front = readFront(context.folder("search"));
  if (front) return front;
  const subnet = readSubnet(context);
  const point: FrontPoint = { file: "found", subnet, score: Number.NaN, resources: measure(subnet) };
  return { points: [point], knee: "found" };
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
  /** Start of the progress line of its training. */
  readonly title: string;
  readonly sharesOf: (subnet: Subnet) => Shares;
}

async function makeMember(
  context: DetectionContext,
  { subnet, score, resources }: FrontPoint,
  { shared, data, folder, title, sharesOf }: MemberSource,
): Promise<MadeMember> {
  const { recipe, run, space, device } = context;
  const { search, front } = recipe.steps;
  const { batchNorm } = search;
  const own = data.of(subnet);
  const withShared = async (split: DetectionSplit) =>
    (await evaluateSubnet(shared, subnet, { split, calibration: own.calibration, batchNorm, device })).metrics
      .AP;
  const inherited = {
    searchAP: Number.isNaN(score) ? await withShared(own.search) : score,
    testAP: await withShared(own.test),
  };
  const path = join(context.folder(), folder);
  makeFolder(path);
  // The subnet is active in the supernet, with statistics of its own.
  const trained = front!.finetune && (await trainMember(context, { shared, subnet, path, title }));
  const weights = trained ? trained.detector.stateDict() : shared.activeState();
  if (!trained) saveChecksummed(weightsIn(path), weights);
  const withOwn = async (split: DetectionSplit) =>
    (await evaluateDetector(trained!.detector, split, device)).metrics.AP;
  const scores = trained
    ? { searchAP: await withOwn(own.search), testAP: await withOwn(own.test), inherited }
    : inherited;
  writeFileAtomic(join(path, "subnet.yaml"), formatSubnet(space, subnet));
  const input = searchInput(recipe, subnet);
  const metadata = subnetMetadata(space, subnet);
  const options = { space, subnet, input, weights, metadata };
  writeModel(join(path, MODEL_FILE), exportRunDetector(options, run, { anySize: true, padded: true }));
  const estimator = wholeEstimator({ recipe, space, classes: data.classes.length, input });
  const { params, flops } = estimator.measure(subnet);
  const predicted = resources["detector.latency"] ?? null;
  return { folder, subnet, ...scores, params, flops, input, shares: sharesOf(subnet), predicted };
}

/** Trains the subnet that is active in the supernet by itself, in `path`. Resumes if it was interrupted. */
async function trainMember(
  context: DetectionContext,
  {
    shared,
    subnet,
    path,
    title,
  }: {
    readonly shared: DetectorModel;
    readonly subnet: Subnet;
    readonly path: string;
    readonly title: string;
  },
): Promise<DetectorModel> {
  const settings = context.recipe.steps.front!.finetune!;
  const checkpoints = join(path, "training");
  const own: DetectionContext = {
    ...context,
    folder: (name = "front") => (name === "front" ? path : context.folder(name)),
    host: unrecordedContext(context.host, { step: MEMBER_TRAINING, folder: checkpoints, title }),
  };
  using data = await openDetection(own, settings, subnet);
  const model = await buildModel(own, { step: "front", data, subnet });
  if (hasValidChecksum(weightsFile(own))) loadWeights(own, "front", model.detector);
  else {
    makeFolder(checkpoints);
    if (settings.start === "inherited") inheritWeights(model, { supernet: shared, subnet });
    await trainSubnet(own, model, { settings, data, subnet });
  }
  return model;
}

type Prepare = Parameters<typeof measureInTurns>[0];

/** Measures two lists of networks. The second is spread evenly over the first, so that both are measured at the same time. */
async function measureSpread(first: Prepare, second: Prepare): Promise<[Latency[], Latency[]]> {
  const placed = [first, second].flatMap((list, which) =>
    list.map((prepare, i) => ({ prepare, which, at: (i + 0.5) / list.length })),
  );
  const ordered = placed.toSorted((a, b) => a.at - b.at);
  const times = await measureInTurns(ordered.map(({ prepare }) => prepare));
  const of = (which: number) => times.filter((_, i) => ordered[i]!.which === which);
  return [of(0), of(1)];
}

/** Measures the latency of the members' ONNX models. A run does not fail because ONNX Runtime is missing. */
async function measureMembers(
  { recipe, run, space, folder, log }: DetectionContext,
  members: readonly MadeMember[],
): Promise<{ readonly measured: Member[]; readonly slowdown: number | null }> {
  const threads = measuredLatency(recipe.steps.search)?.threads ?? 1;
  let runtime: Runtime;
  try {
    runtime = await openRuntime("onnxruntime", threads);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    log(`cannot measure the latency of the front: ${error.message}`);
    return { measured: members.map((member) => ({ ...member, latency: null })), slowdown: null };
  }
  const { engine, file } = runtime;
  const prepare = members.map((member) => () => {
    const [, height, width] = member.input;
    return file!(join(folder(), member.folder, MODEL_FILE), [3, height!, width!]);
  });
  const table = latencyTable(run, folder);
  const detector = timedNetworks(run).find(({ name }) => name === "detector");
  const model = await detector?.search?.open(run);
  const inputOf = (subnet?: Subnet) => searchInput(recipe, subnet);
  const references = table && model ? openReferences(table, model, { runtime, space, inputOf }) : undefined;
  const [own, others] = await measureSpread(prepare, references?.prepare ?? []);
  return {
    measured: members.map((member, i) => ({ ...member, latency: { ...own[i]!, engine, threads } })),
    slowdown: references?.slowdown(others.map(({ p10 }) => p10)) ?? null,
  };
}
