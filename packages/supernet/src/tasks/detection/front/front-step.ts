import { rmSync } from "node:fs";
import { join } from "node:path";
import { makeFolder, UserError, writeFileAtomic, writeJson } from "@supernet/base";
import { formatSubnet } from "@supernet/nas";
import type { OnnxModel } from "@supernet/nas/onnx";
import { measureLatency } from "@supernet/nas/supernet";
import { subnetMetadata, writeModel } from "../../../export/export.js";
import { openRuntime } from "../../../latency/open-runtime.js";
import type { Runtime } from "../../../latency/runtime.js";
import { MODEL_FILE } from "../../../run/work-dir.js";
import { readSubnet } from "../../../search/found-subnet.js";
import { type FrontFile, type FrontPoint, readFront } from "../../../search/front.js";
import { stopCheck } from "../../../search/open-scorer.js";
import { searchProblem } from "../../../search/problem.js";
import { loadWeights, weightsFile, weightsIn } from "../../../task/step-context.js";
import { saveChecksummed } from "../../../training/checkpoints.js";
import { type DetectionData, openDetection } from "../data.js";
import type { DetectorModel } from "../detector.js";
import { exportRunDetector } from "../export.js";
import { largestImage } from "../networks.js";
import type { DetectionContext } from "../settings.js";
import { buildModel, evaluateSubnet } from "../training.js";
import { wholeEstimator } from "../whole.js";
import { chooseMembers, frontResultsFile, type Member, type MemberLatency } from "./members.js";

/** Number of threads that latencies are measured with. Times on several depend on what else the machine does. */
const THREADS = 1;

/**
 * Makes a ready detector of every point of the search's front: the supernet's weights with batch-norm statistics of its
 * own, its box AP on the test images, an ONNX model, and the latency of that.
 */
export async function makeFront(context: DetectionContext): Promise<void> {
  const { recipe, host, log } = context;
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
    const member = await makeMember(context, point, { shared, data, runtime, folder });
    members.push(member);
    if (point.file === knee) saveChecksummed(weightsFile(context), shared.activeState());
    host.record({ iteration: i + 1, searchAP: member.searchAP, testAP: member.testAP, flops: member.flops });
    host.progress(i + 1, `AP ${(100 * member.testAP).toFixed(1)}`);
  }
  const found = String(1 + chosen.findIndex(({ file }) => file === knee));
  writeJson(frontResultsFile(context.folder()), { found, members });
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

/** What every member is made from. */
interface Made {
  readonly shared: DetectorModel;
  readonly data: DetectionData;
  readonly runtime: Runtime | undefined;
  readonly folder: string;
}

/** Leaves the subnet active in the supernet, with statistics of its own. */
async function makeMember(
  context: DetectionContext,
  { subnet, score }: FrontPoint,
  { shared, data, runtime, folder }: Made,
): Promise<Member> {
  const { recipe, run, space, device } = context;
  const { batchNorm } = recipe.steps.search;
  const { test, search, calibration } = data.of(subnet);
  const on = async (split: typeof test) =>
    (await evaluateSubnet(shared, subnet, { split, calibration, batchNorm, device })).metrics.AP;
  const searchAP = Number.isNaN(score) ? await on(search) : score;
  const testAP = await on(test);
  const path = join(context.folder(), folder);
  rmSync(path, { recursive: true, force: true });
  makeFolder(path);
  const weights = shared.activeState();
  saveChecksummed(weightsIn(path), weights);
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
  return { folder, subnet, searchAP, testAP, params, flops, input, latency };
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
