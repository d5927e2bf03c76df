import { readFileSync } from "node:fs";
import { join } from "node:path";
import { requireObject } from "@supernet/base";
import {
  featureParts,
  type NetworkSpace,
  outline,
  parseSubnet,
  type Subnet,
  subnetKey,
  voidDecisions,
} from "@supernet/nas";
import { engineInfo, getNumThreads } from "@supernet/torch";
import { readRunLatency } from "../latency/found.js";
import { sizeOf, sizeText } from "../network/space-size.js";
import { recipeToYaml } from "../recipe/common.js";
import { readMetrics } from "../run/metrics.js";
import { stepSeconds } from "../run/step.js";
import type { RunPaths } from "../run/work-dir.js";
import { readSearchHistory } from "../search/checkpoint.js";
import { readFront } from "../search/front.js";
import { searchProblem } from "../search/problem.js";
import { type PipelineStep, pipelineSteps } from "../task/pipeline.js";
import { requireRun, searchedSpace } from "../task/run-context.js";
import type { RunContext } from "../task/task.js";
import type { Curve, RunData } from "./page.js";
import { resourceText } from "./scale.js";

/**
 * Collects the data that every task's report shows from a work-dir. The search must have finished, if the run has one.
 * @throws UserError if a file of the run is missing or corrupt
 */
export async function collectRun(run: RunContext, workDir: RunPaths): Promise<RunData> {
  requireRun("collectRun: run", run);
  requireObject("collectRun: workDir", workDir);
  const { recipe } = run;
  const steps = pipelineSteps(run);
  const searched = steps.some(({ kind }) => kind === "search");
  const history = searched ? readSearchHistory(workDir.stepFolder("search")) : [];
  const scored = history.filter(({ fraction }) => fraction === 1);
  const front = readFront(workDir.stepFolder("search"));
  const space = await run.get(searchedSpace);
  const subnetFile = join(workDir.path, "subnet.yaml");
  const subnetText = readFileSync(subnetFile, "utf8");
  const subnet = parseSubnet(space, subnetText, subnetFile);
  const key = subnetKey(space, subnet);
  const { measure, constraints } = await searchProblem(run, (step) => workDir.stepFolder(step));
  const measured = measure(subnet);
  const { version, cudaDevices } = engineInfo();
  return {
    name: recipe.name,
    description: recipe.description,
    environment: [
      ["seed", String(recipe.seed)],
      ["libtorch", version],
      ["threads", String(getNumThreads())],
      ["device", recipe.device === "auto" ? (cudaDevices > 0 ? "cuda:0" : "cpu") : recipe.device],
    ],
    steps: stepSeconds(steps, workDir).map(({ step, seconds }) => ({
      title: steps.find(({ name }) => name === step)?.title ?? step,
      seconds,
    })),
    space: {
      name: space.name,
      subnets: sizeText(sizeOf(space)),
      constraints: Object.entries(constraints).flatMap(([name, { min, max }]) => [
        ...(min === undefined ? [] : [`${name} at least ${resourceText(name, min)}`]),
        ...(max === undefined ? [] : [`${name} at most ${resourceText(name, max)}`]),
      ]),
    },
    found: {
      flops: measured.flops!,
      params: measured.params!,
      limited: Object.fromEntries(Object.keys(constraints).map((name) => [name, measured[name]!])),
      latency: readRunLatency(steps, workDir),
      blocks: outline(space, subnet).map(({ choices, ...block }) => ({
        ...block,
        // Remove the family of a block's kind: shuffle_3x3 becomes 3x3.
        labels: choices.map(({ decision, choice }) =>
          decision === "" ? String(choice).replace(/^[a-z]+_/, "") : `${decision} ${choice}`,
        ),
      })),
      others: otherChoices(space, subnet),
    },
    flopsLimit: constraints.flops?.max,
    partly: history.length - scored.length,
    candidates: scored.map((candidate) => ({
      x: candidate.resources.flops!,
      y: candidate.score ?? Number.NaN,
      generation: candidate.generation,
      found: subnetKey(space, candidate.subnet) === key,
    })),
    front: front && { ...front, candidates: history },
    curves: readCurves(steps, workDir),
    subnet: subnetText,
    recipe: recipeToYaml(recipe),
  };
}

/** Returns the choices that are on no layer of the space, such as those of the image size and of a detector's heads. */
function otherChoices(space: NetworkSpace, subnet: Subnet): RunData["found"]["others"] {
  const drawn = new Set(featureParts(space).flatMap(({ decisions }) => decisions));
  const voids = voidDecisions(space, subnet);
  return space.decisions
    .filter(({ name }) => !drawn.has(name) && !voids.has(name))
    .map(({ name }) => ({ name, choice: String(subnet[name]) }));
}

/** Reads the loss of each training step, and its evaluations if there are several. */
function readCurves(steps: readonly PipelineStep[], workDir: RunPaths): Curve[] {
  const records = readMetrics(workDir.metrics);
  return steps
    .filter(({ kind }) => kind === "training")
    .flatMap(({ name, title, metric }) => {
      const stepRecords = records.filter(({ step }) => step === name);
      return ["loss", ...(metric === undefined ? [] : [metric])].flatMap((name) => {
        const points = stepRecords
          .filter((record) => typeof record[name] === "number")
          .map((record) => ({ x: record.iteration, y: record[name] as number }));
        return points.length > 1 ? [{ title, yLabel: name, points }] : [];
      });
    });
}
