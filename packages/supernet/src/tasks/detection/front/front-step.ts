import { readFileSync } from "node:fs";
import { join } from "node:path";
import { makeFolder, readJson, UserError, writeFileAtomic, writeJson } from "@supernet/base";
import { formatSubnet, type Subnet, subnetKey } from "@supernet/nas";
import type { OnnxModel } from "@supernet/nas/onnx";
import { measureLatency } from "@supernet/nas/supernet";
import { subnetMetadata, writeModel } from "../../../export/export.js";
import { openRuntime } from "../../../latency/open-runtime.js";
import type { Runtime } from "../../../latency/runtime.js";
import { isFinished, writeFinished } from "../../../run/step-files.js";
import { MODEL_FILE } from "../../../run/work-dir.js";
import { readSubnet } from "../../../search/found-subnet.js";
import { type FrontFile, type FrontPoint, readFront } from "../../../search/front.js";
import { stopCheck } from "../../../search/open-scorer.js";
import { searchProblem } from "../../../search/problem.js";
import { loadWeights, weightsFile, weightsIn } from "../../../task/step-context.js";
import { hasValidChecksum, saveChecksummed } from "../../../training/checkpoints.js";
import { type DetectionData, type DetectionSplit, openDetection } from "../data.js";
import type { DetectorModel } from "../detector.js";
import { exportRunDetector } from "../export.js";
import { largestImage } from "../networks.js";
import { type DetectionContext, MEMBER_TRAINING } from "../settings.js";
import { buildModel, evaluateDetector, evaluateSubnet, inheritWeights } from "../training.js";
import { trainSubnet } from "../training-steps.js";
import { unrecordedContext } from "../unrecorded.js";
import { wholeEstimator } from "../whole.js";
import { chooseMembers, frontResultsFile, type Member, type MemberLatency } from "./members.js";

/** Number of threads that latencies are measured with. Times on several depend on what else the machine does. */
const THREADS = 1;

/**
 * Makes a ready detector of every point of the search's front: the supernet's weights with batch-norm statistics of its
 * own, or those of a training of its own; its box AP on the test images, an ONNX model, and the latency of that. A step
 * that was interrupted keeps its finished detectors.
 */
export async function makeFront(context: DetectionContext): Promise<void> {
  const { recipe, space, host, log } = context;
  const settings = recipe.steps.front!;
  const { points, knee } = await pointsOf(context);
  const chosen = chooseMembers({ points, knee }, settings.members);
  using data = await openDetection(context);
  const shared = await buildModel(context, { step: "finetune", data });
  loadWeights(context, "finetune", shared.detector);
  const runtime = await openOnnxRuntime(log);
  const members: Member[] = [];
  host.begin(0, chosen.length);
  for (const [i, point] of chosen.entries()) {
    await stopCheck(host)();
    const folder = String(i + 1);
    const title = `member ${folder}/${chosen.length}`;
    const member = await once(join(context.folder(), folder), subnetKey(space, point.subnet), () =>
      makeMember(context, point, { shared, data, runtime, folder, title }),
    );
    members.push(member);
    const { searchAP, testAP, flops, inherited } = member;
    const before = inherited && { inheritedSearchAP: inherited.searchAP, inheritedTestAP: inherited.testAP };
    host.record({ iteration: i + 1, searchAP, testAP, flops, ...before });
    host.progress(i + 1, `AP ${(100 * testAP).toFixed(1)}`);
  }
  const found = String(1 + chosen.findIndex(({ file }) => file === knee));
  writeFileAtomic(weightsFile(context), readFileSync(weightsIn(join(context.folder(), found))));
  writeJson(frontResultsFile(context.folder()), { found, members });
}

/** Returns the member in a folder if an interrupted run has finished it and its files are intact. Else makes it. */
async function once(path: string, key: string, make: () => Promise<Member>): Promise<Member> {
  const file = join(path, "member.json");
  if (isFinished(path, key)) return readJson(file);
  const start = performance.now();
  const member = await make();
  writeJson(file, member);
  writeFinished(path, { hash: key, seconds: (performance.now() - start) / 1000 });
  return member;
}

/** Returns the points of the search's front, or only the found subnet of a search with a single objective. */
async function pointsOf(context: DetectionContext): Promise<Pick<FrontFile, "points" | "knee">> {
  const front = readFront(context.folder("search"));
  if (front) return front;
  const subnet = readSubnet(context);
  const problem = await searchProblem(context.run, context.folder);
  const point: FrontPoint = { file: "found", subnet, score: Number.NaN, resources: problem.measure(subnet) };
  return { points: [point], knee: "found" };
}

/** What a member is made from. */
interface MemberSource {
  /** Supernet with the weights of the step `finetune`. */
  readonly shared: DetectorModel;
  readonly data: DetectionData;
  readonly runtime: Runtime | undefined;
  readonly folder: string;
  /** Start of the progress line of its training. */
  readonly title: string;
}

async function makeMember(
  context: DetectionContext,
  { subnet, score }: FrontPoint,
  { shared, data, runtime, folder, title }: MemberSource,
): Promise<Member> {
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
  const input = largestImage(recipe, subnet);
  const metadata = subnetMetadata(space, subnet);
  const model = exportRunDetector({ space, subnet, input, weights, metadata }, run, {
    anySize: false,
    padded: false,
  });
  writeModel(join(path, MODEL_FILE), model);
  const { params, flops } = wholeEstimator({ recipe, space, classes: data.classes.length, input }).measure(
    subnet,
  );
  const latency = await measureModel(runtime, model);
  return { folder, subnet, ...scores, params, flops, input, latency };
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

async function measureModel(runtime: Runtime | undefined, model: OnnxModel): Promise<MemberLatency | null> {
  if (!runtime?.model) return null;
  const { engine, threads } = runtime;
  return { ...(await measureLatency(await runtime.model(model))), engine, threads };
}

/** Opens ONNX Runtime. A run does not fail because it is missing. */
async function openOnnxRuntime(log: (line: string) => void): Promise<Runtime | undefined> {
  try {
    return await openRuntime("onnxruntime", THREADS);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    log(`cannot measure the latency of the front: ${error.message}`);
    return undefined;
  }
}
