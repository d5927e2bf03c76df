import { type AddIssue, callable, parseOptions } from "@supernet/base";
import type { NetworkSpace, Subnet } from "@supernet/nas";
import type { ExportedSubnet, OnnxModel } from "@supernet/nas/onnx";
import type { WeightSharing } from "@supernet/nas/supernet";
import type { nn } from "@supernet/torch";
import { z } from "zod";
import type { WeightsFile } from "../network/load.js";
import type { ImageShape, NetworkModel } from "../network/model.js";
import type { Recipe } from "../recipe/common.js";
import type { StepRun } from "../run/step.js";
import type { RunPaths } from "../run/work-dir.js";
import type { ScoreSubnets } from "../scoring/scorer.js";
import type { GivenCounts, TaskPlan } from "./plan.js";

/**
 * What a recipe's networks are for, such as object detection. Everything that depends on it is answered here, once:
 * plan, profile, latency, export, extract and report ask the task. It is known without the engine, which the bodies of
 * its steps load.
 */
export interface Task<R extends Recipe = Recipe> {
  /** The recipe's `task`. */
  readonly name: string;
  /** Schemas of the recipe's sections beside the common ones; `steps` is one of them and has a `search`. */
  readonly settings: z.ZodRawShape;
  /** Checks settings against each other. */
  check?(recipe: R, addIssue: AddIssue): void;
  /** Name under which candidates' scores are recorded, such as "AP". Higher is better. */
  readonly metric: string;
  /** The steps of a run, in their order. */
  steps(recipe: R): readonly TaskStep<R>[];
  /** How candidates are scored. */
  readonly scorer: ScorerSource<R>;
  /** The networks that a subnet makes. */
  readonly networks: readonly TaskNetwork<R>[];
  /** Shape of the image for which the search's limits hold. */
  searchInput(recipe: R): ImageShape;
  /**
   * Checks settings against the space that is searched.
   * @throws UserError if they do not fit
   */
  checkSpace?(recipe: R, space: NetworkSpace): void;
  /** The numbers of images that a plan needs and that may be given for data that is not there. Default: none. */
  readonly planOptions?: readonly (keyof GivenCounts)[];
  /**
   * Plans a run of which nothing is done yet, without composing or decoding an image.
   * @throws UserError if data is missing and no numbers are given for it, or a setting has no effect with these
   *   numbers of images, as the run would throw. Absent if such runs are not planned.
   */
  plan?(run: RunContext<R>, given: GivenCounts): Promise<TaskPlan>;
  /** Reads what a run found; undefined if its test is not finished. */
  outcome(run: RunContext<R>, workDir: RunPaths): Outcome | undefined;
}

/** What a run found. */
export interface Outcome {
  /** As plain JSON. */
  readonly results: object;
  /** The same for a person, a line each. */
  lines(): string[];
  /** Renders the report as one HTML file. */
  report(): Promise<string>;
}

/**
 * A recipe, its task, and what is opened for it. There is one in a process or scoring thread, so that no step lists a
 * folder or parses a file that another has read.
 */
export interface RunContext<R extends Recipe = Recipe> {
  readonly recipe: R;
  readonly task: Task<R>;
  /** A module whose default export scores candidates on another thread, from a `ThreadSpec`. */
  readonly scoringThread: URL;
  /**
   * Opens something once: calls `source` the first time and returns the same value every time after.
   * @example
   * const images = run.get(labeledImages);
   */
  get<T>(source: (run: RunContext<R>) => T): T;
}

/** What a step does, by which the command line finds the one that it is to run. */
export type StepKind = "training" | "search" | "test" | "comparison";

/** One step of a task. */
export interface TaskStep<R extends Recipe = Recipe> {
  readonly name: string;
  readonly kind: StepKind;
  readonly title: string;
  /** The settings that its result depends on, besides the results of earlier steps, as plain JSON. */
  readonly inputs: unknown;
  /** What the evaluations of a training measure, such as "accuracy", for the report's curves. */
  readonly metric?: string;
  /** Finds what the step lacks, such as its data, before any step begins; called once if steps share it. */
  check?(run: RunContext<R>): void | Promise<void>;
  /** Does the work. It loads the engine, so it imports its modules when called. */
  run(context: StepContext<R>): Promise<void>;
}

/** What a step works with. */
export interface StepContext<R extends Recipe = Recipe> extends StepRun {
  readonly run: RunContext<R>;
  readonly recipe: R;
  /** "cpu" or "cuda:N". */
  readonly device: string;
  /** What the recipe searches. */
  readonly space: NetworkSpace;
}

/** Scores subnets on the thread that opens it. */
export interface OpenScorer extends Disposable {
  readonly score: ScoreSubnets;
}

/** How a task's candidates are scored. */
export interface ScorerSource<R extends Recipe = Recipe> {
  /** The step whose supernet it scores with. */
  readonly trained: string;
  open(context: StepContext<R>): Promise<OpenScorer>;
}

/** A kind of network that a task's subnets make, by what can be done with it. */
export interface TaskNetwork<R extends Recipe = Recipe> {
  /** For example "classifier". */
  readonly name: string;
  /** Absent if the search does not measure it. */
  readonly search?: {
    /** Before the names of its resources in limits and objectives: `backbone.flops`; "" = none; null = it is not limited. */
    readonly prefix: string | null;
    /** Whether it is measured only if a limit or an objective names it, as that needs the engine and the data. */
    readonly onDemand?: boolean;
    /** Describes it for one image of the task's `searchInput`; undefined if the space makes no such network. */
    open(run: RunContext<R>): Promise<NetworkModel | undefined>;
  };
  /** Describes it for `supernet profile`; absent if it is not profiled. */
  profile?(run: RunContext<R>): Promise<ProfiledNetwork>;
  /** Absent if no step leaves its weights. */
  readonly weights?: NetworkWeights<R>;
  /** Absent if it is not exported. */
  readonly onnx?: {
    /** Shape of the images that the model takes. */
    input(recipe: R): ImageShape;
    /** What turns pixels into what the network sees: (value / 255 - mean) / std for red, green and blue. */
    normalization(recipe: R): { readonly mean: readonly number[]; readonly std: readonly number[] };
    export(options: ExportedSubnet): OnnxModel;
  };
}

export interface ProfiledNetwork {
  /** For a person, such as "classifier of mixed-quickstart on mixed-mobilenet, 10 classes". */
  readonly title: string;
  readonly model: NetworkModel;
  /** Shape of the image unless the user gives another. */
  readonly input: ImageShape;
}

export interface NetworkWeights<R extends Recipe = Recipe> {
  /** Steps that leave the found subnet's weights in such a network. */
  readonly subnetSteps: readonly string[];
  /** Steps that leave a supernet's weights in such a network. */
  readonly supernetSteps: readonly string[];
  /**
   * Builds the network with the weights of a file: the supernet, or one subnet.
   * @throws UserError if they are another network's
   */
  load(run: RunContext<R>, file: WeightsFile, subnet?: Subnet): Promise<LoadedNetwork>;
}

export interface LoadedNetwork {
  readonly network: nn.Module;
  /** The part of it in which subnets are chosen. */
  readonly searched: WeightSharing<nn.Module>;
}

/** Schema of the names of steps that leave weights in a network. */
export const weightsStepsShape = { subnetSteps: z.array(z.string()), supernetSteps: z.array(z.string()) };

const networkShape = z.strictObject({
  name: z.string().min(1),
  search: z
    .strictObject({ prefix: z.string().nullable(), onDemand: z.boolean().optional(), open: callable })
    .optional(),
  profile: callable.optional(),
  weights: z.strictObject({ ...weightsStepsShape, load: callable }).optional(),
  onnx: z.strictObject({ input: callable, normalization: callable, export: callable }).optional(),
});

const isSchema = z.custom((value) => value instanceof z.ZodType, "a zod schema");

/** Schema of what a task's `outcome` returns. */
export const outcomeSchema = z.strictObject({
  results: z.looseObject({}),
  lines: callable,
  report: callable,
});

/** As far as a task can be checked before a recipe is read. */
const taskShape = z.strictObject({
  name: z.string().min(1),
  settings: z.object({ steps: isSchema }).catchall(isSchema),
  check: callable.optional(),
  metric: z.string().min(1),
  steps: callable,
  scorer: z.strictObject({ trained: z.string().min(1), open: callable }),
  networks: z.array(networkShape).min(1),
  searchInput: callable,
  checkSpace: callable.optional(),
  planOptions: z.array(z.enum(["images", "detectionImages"])).optional(),
  plan: callable.optional(),
  outcome: callable,
});

/**
 * Defines a task of your own, for recipes with `task: { file: ... }`; examples/regression-task.ts is one.
 * @throws UserError that names the first part that is missing, unknown or wrong
 */
export function defineTask<R extends Recipe>(task: Task<R>): Task<R> {
  parseOptions("defineTask", taskShape, task);
  return task;
}
