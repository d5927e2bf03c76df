import { type AddIssue, callable, parseOptions } from "@supernet/base";
import type { NetworkSpace, Subnet } from "@supernet/nas";
import type { ExportedSubnet, OnnxModel } from "@supernet/nas/onnx";
import type { SourceImage } from "@supernet/pipeline/core";
import type { nn, Tensor } from "@supernet/torch";
import { z } from "zod";
import type { WeightsFile } from "../network/load.js";
import type { ImageShape, InputOf, NetworkModel } from "../network/model.js";
import type { TrainedOn, WeightsOwner } from "../network/owner.js";
import type { Recipe } from "../recipe/common.js";
import type { StepRun } from "../run/step.js";
import type { RunPaths } from "../run/work-dir.js";
import type { ScoreSubnets } from "../scoring/scorer.js";
import type { GivenCounts, TaskPlan } from "./plan.js";
import type { ExportedModel, Predictor } from "./predictor.js";

/**
 * Definition of a task: what the networks of a recipe are for, such as object detection. Everything that depends on the
 * task is defined here; plan, profile, latency, export, extract and report use it. Importing a task does not load the
 * engine; running its steps does.
 */
export interface Task<R extends Recipe = Recipe> {
  /** Value of the recipe's `task`. */
  readonly name: string;
  /** Schemas of the task's own sections of the recipe. One of them is `steps`, which has a `search`. */
  readonly settings: z.ZodRawShape;
  /** Checks settings against each other. */
  check?(recipe: R, addIssue: AddIssue): void;
  /** Name under which candidates' scores are recorded, such as "AP". Higher is better. */
  readonly metric: string;
  /** Returns the steps of a run, in order. */
  steps(recipe: R): readonly TaskStep<R>[];
  /** Scorer of the candidates. */
  readonly scorer: ScorerSource<R>;
  /** How subnets are trained alone, to calibrate scores and for a comparison. Absent if they cannot be. */
  readonly candidates?: CandidateSource<R>;
  /** Networks that can be built from a subnet. */
  readonly networks: readonly TaskNetwork<R>[];
  /**
   * Returns the image shape that the search's limits apply to: [channels, height, width].
   * @param subnet subnet, if the shape depends on it. Without it, the largest shape is returned.
   */
  searchInput(recipe: R, subnet?: Subnet): ImageShape;
  /** Returns the limits of the search, by network and resource. Default: `steps.search.constraints`. */
  constraints?(recipe: R): object;
  /** Returns the searched space: that of the recipe's networks, and decisions of the task. Default: the former. */
  space?(recipe: R, space: NetworkSpace): NetworkSpace;
  /**
   * Checks settings against the searched space.
   * @throws UserError if they do not fit it
   */
  checkSpace?(recipe: R, space: NetworkSpace): void;
  /** Image counts that a plan needs and that the user may pass if the data is missing. Default: none. */
  readonly planOptions?: readonly (keyof GivenCounts)[];
  /**
   * Plans a complete run without composing or decoding an image. Absent if the task cannot be planned.
   * @throws UserError if data is missing and `given` has no counts for it, or the run would refuse a setting with
   *   these counts
   */
  plan?(run: RunContext<R>, given: GivenCounts): Promise<TaskPlan>;
  /** Reads the outcome of a run; returns undefined if its test has not finished. */
  outcome(run: RunContext<R>, workDir: RunPaths): Outcome | undefined;
}

/** Outcome of a run. */
export interface Outcome {
  /** Results as plain JSON. */
  readonly results: object;
  /** Returns the results as human-readable lines. */
  lines(): string[];
  /** Renders the report as one HTML file. */
  report(): Promise<string>;
}

/**
 * A recipe, its task, and what has been opened for them. Each process and each scoring thread has one, so its steps
 * list a folder or parse a file only once.
 */
export interface RunContext<R extends Recipe = Recipe> {
  readonly recipe: R;
  readonly task: Task<R>;
  /** Module whose default export scores candidates on another thread, from a `ThreadSpec`. */
  readonly scoringThread: URL;
  /** Module that trains candidates in a process of its own: see `CandidateTrainer`. */
  readonly candidateProcess: URL;
  /**
   * Opens something once: the first call runs `source`, and later calls return the same value.
   * @example
   * const images = run.get(labeledImages);
   */
  get<T>(source: (run: RunContext<R>) => T): T;
}

/** Kind of a step. The command line selects steps by it. A `given` step takes the result of another one from files. */
export type StepKind =
  | "latency"
  | "training"
  | "search"
  | "calibration"
  | "front"
  | "test"
  | "comparison"
  | "given";

/** One step of a task. */
export interface TaskStep<R extends Recipe = Recipe> {
  readonly name: string;
  readonly kind: StepKind;
  readonly title: string;
  /** Settings that the result depends on, besides the results of earlier steps, as plain JSON. */
  readonly inputs: unknown;
  /** Steps whose weights it loads. A run that begins later must be given them. Default: none. */
  readonly needs?: readonly string[];
  /** Name of the metric that the evaluations of a training measure, such as "accuracy", for the report's curves. */
  readonly metric?: string;
  /** Checks before the first step starts that nothing is missing, such as data. Steps may share one `check`. */
  check?(run: RunContext<R>): void | Promise<void>;
  /** Runs the step. It loads the engine, so it imports its modules when it is called. */
  run(context: StepContext<R>): Promise<void>;
}

/** Context in which a step runs. */
export interface StepContext<R extends Recipe = Recipe> extends StepRun {
  readonly run: RunContext<R>;
  readonly recipe: R;
  /** Device of the networks: "cpu" or "cuda:N". */
  readonly device: string;
  /** Space that the recipe searches. */
  readonly space: NetworkSpace;
  /** What the weights that the step saves belong to, besides their subnet. Undefined if they are of no known network. */
  readonly owner?: Omit<WeightsOwner, "subnet"> | undefined;
}

/** Scores subnets on the thread that opens it. */
export interface OpenScorer extends Disposable {
  readonly score: ScoreSubnets;
}

/** Definition of how a task's candidates are scored. */
export interface ScorerSource<R extends Recipe = Recipe> {
  /** Step whose supernet scores the candidates. */
  readonly trained: string;
  open(context: StepContext<R>): Promise<OpenScorer>;
}

/** Definition of how a task's subnets are trained alone. */
export interface CandidateSource<R extends Recipe = Recipe> {
  /** Name of the network that a training saves, one of the task's. */
  readonly network: string;
  /**
   * Trains a subnet, and saves its weights in the folder of the context. Continues a training that was interrupted.
   * @param context its step is the training itself: its folders are the subnet's
   */
  train(context: StepContext<R>, training: CandidateTraining): Promise<CandidateScores>;
  /**
   * Computes the task metric of a subnet on samples of the test images, as its training with `test` has left it.
   * @param folder folder of the subnet
   * @param draw returns the samples of a number of images: for each sample, how often each image occurs
   */
  resample(
    context: StepContext<R>,
    folder: string,
    draw: (images: number) => readonly ArrayLike<number>[],
  ): Promise<readonly number[]>;
}

/** A subnet and how to train it, as plain JSON. */
export interface CandidateTraining {
  readonly subnet: Subnet;
  /** Settings of the training, which are the task's. Null trains it like the found subnet, by the recipe's steps. */
  readonly settings: object | null;
  /** Whether to score it on the test images too. */
  readonly test: boolean;
}

/** Scores of a subnet with its own weights. */
export interface CandidateScores {
  /** Task metric on the images that the search uses. Null if it was trained on them, like the found subnet. */
  readonly search: number | null;
  /** Task metric on the test images, if asked for. */
  readonly test?: number;
}

/** Kind of network that can be built from a task's subnets, and what it supports. */
export interface TaskNetwork<R extends Recipe = Recipe> {
  /** Name, for example "classifier". */
  readonly name: string;
  /** Returns whether the runs of a recipe have the network. Default: all have it. */
  exists?(recipe: R): boolean;
  /** How the search measures the network; absent if it does not. */
  readonly search?: {
    /**
     * Prefix of its resources in limits and objectives: `backbone.flops`; "" = no prefix; null = it cannot be limited.
     */
    readonly prefix: string | null;
    /** Whether it is measured only if a limit or an objective uses it, because that needs the engine and the data. */
    readonly onDemand?: boolean;
    /** Describes it for one image of the task's `searchInput`; returns undefined if the space has no such network. */
    open(run: RunContext<R>): Promise<NetworkModel | undefined>;
  };
  /** Describes it for `supernet profile`; absent if it cannot be profiled. */
  profile?(run: RunContext<R>): Promise<ProfiledNetwork>;
  /** How its weights are loaded; absent if no step saves them. */
  readonly weights?: NetworkWeights<R>;
  /** How it is exported; absent if it cannot be. */
  readonly onnx?: {
    /** Returns the shape of the model's input image: [channels, height, width]. */
    input(recipe: R, subnet: Subnet): ImageShape;
    /**
     * Returns the normalization of pixels, (value / 255 - mean) / std, for red, green and blue. Absent if the model
     * normalizes its input itself.
     */
    normalization?(recipe: R): { readonly mean: readonly number[]; readonly std: readonly number[] };
    /** Whether {@link ExportedImages} can be chosen. Default: false. */
    readonly anyImages?: boolean;
    export(
      options: ExportedSubnet,
      run: RunContext<R>,
      images: ExportedImages,
    ): OnnxModel | Promise<OnnxModel>;
  };
  /** How it predicts on image files; absent if it cannot. */
  readonly predict?: NetworkPrediction<R>;
}

/** How a network predicts on image files. */
export interface NetworkPrediction<R extends Recipe = Recipe> {
  /**
   * Opens a subnet in the engine, with the weights of a file of one of its `weights.subnetSteps`.
   * @throws UserError if the weights are those of another network
   */
  open(run: RunContext<R>, file: WeightsFile, options: PredictorOptions): Promise<Predictor>;
  /**
   * Opens a random sample of the training images, one after the other, to calibrate a quantized model on them; absent if
   * its models cannot be quantized.
   * @param folder returns the folder of a step
   */
  trainingImages?(
    run: RunContext<R>,
    options: { readonly count: number; readonly folder: (step: string) => string },
  ): AsyncIterable<SourceImage>;
  /** How its exported models predict, without a recipe; absent if they cannot. */
  readonly exported?: {
    /** Outputs by which the models are recognized. */
    readonly outputs: readonly string[];
    /**
     * Opens a model with these outputs.
     * @throws UserError if metadata that it needs is missing or wrong
     */
    open(model: ExportedModel): Promise<Predictor>;
  };
}

export interface PredictorOptions {
  readonly subnet: Subnet;
  /** Device of the network: "cpu" or "cuda:N". */
  readonly device: string;
}

/** Images that an exported model accepts. */
export interface ExportedImages {
  /** Whether they may have any height and width. */
  readonly anySize: boolean;
  /** Whether they may be padded, so the model has an input for their sizes. */
  readonly padded: boolean;
}

export interface ProfiledNetwork {
  /** Human-readable title, such as "classifier of mixed-quickstart on mixed-mobilenet, 10 classes". */
  readonly title: string;
  readonly model: NetworkModel;
  /** Returns the default shape of a subnet's image: [channels, height, width]. */
  readonly inputOf: InputOf;
}

export interface NetworkWeights<R extends Recipe = Recipe> {
  /** Steps that save the found subnet as such a network. */
  readonly subnetSteps: readonly string[];
  /** Steps that save a supernet as such a network. */
  readonly supernetSteps: readonly string[];
  /** Whether it is a part of the networks that the steps save, such as a backbone. Default: false. */
  readonly contained?: boolean;
  /** Returns the classes and the normalization that its weights are for, which their files record. */
  trainedOn?(run: RunContext<R>): TrainedOn | Promise<TrainedOn>;
  /**
   * Builds the network with the weights from a file: `subnet`, or the supernet by default.
   * @throws UserError if the weights are those of another network
   */
  load(run: RunContext<R>, file: WeightsFile, subnet?: Subnet): Promise<LoadedNetwork>;
  /**
   * Activates a subnet of a loaded supernet, with batch-norm statistics of its own. Default: with the supernet's.
   * @param context any step's, for the data
   */
  prepare?(context: StepContext<R>, supernet: LoadedNetwork, subnet: Subnet): Promise<void>;
}

export interface LoadedNetwork {
  readonly network: nn.Module;
  /** Activates subnets, such as a module of `network`. */
  readonly searched: { activate(subnet: Subnet): void };
  /** Returns the state dict of the active subnet. Default: `activeStateDict(network)`. */
  activeState?(): Map<string, Tensor>;
}

/** Schema of the names of the steps that save a network's weights. */
export const weightsStepsShape = { subnetSteps: z.array(z.string()), supernetSteps: z.array(z.string()) };

const networkShape = z.strictObject({
  name: z.string().min(1),
  exists: callable.optional(),
  search: z
    .strictObject({ prefix: z.string().nullable(), onDemand: z.boolean().optional(), open: callable })
    .optional(),
  profile: callable.optional(),
  weights: z
    .strictObject({
      ...weightsStepsShape,
      contained: z.boolean().optional(),
      trainedOn: callable.optional(),
      load: callable,
      prepare: callable.optional(),
    })
    .optional(),
  onnx: z
    .strictObject({
      input: callable,
      normalization: callable.optional(),
      anyImages: z.boolean().optional(),
      export: callable,
    })
    .optional(),
  predict: z
    .strictObject({
      open: callable,
      trainingImages: callable.optional(),
      exported: z.strictObject({ outputs: z.array(z.string()).min(1), open: callable }).optional(),
    })
    .optional(),
});

const isSchema = z.custom((value) => value instanceof z.ZodType, "a zod schema");

/** Schema of what a task's `outcome` returns. */
export const outcomeSchema = z.strictObject({
  results: z.looseObject({}),
  lines: callable,
  report: callable,
});

/** Schema of a task, for the checks that need no recipe. */
const taskShape = z.strictObject({
  name: z.string().min(1),
  settings: z.object({ steps: isSchema }).catchall(isSchema),
  check: callable.optional(),
  metric: z.string().min(1),
  steps: callable,
  scorer: z.strictObject({ trained: z.string().min(1), open: callable }),
  candidates: z.strictObject({ network: z.string().min(1), train: callable, resample: callable }).optional(),
  networks: z.array(networkShape).min(1),
  searchInput: callable,
  constraints: callable.optional(),
  space: callable.optional(),
  checkSpace: callable.optional(),
  planOptions: z.array(z.enum(["images", "detectionImages"])).optional(),
  plan: callable.optional(),
  outcome: callable,
});

/**
 * Defines your own task, for recipes with `task: { file: ... }`. See examples/regression-task.ts for a complete one.
 * @throws UserError that names the first part that is missing, unknown or wrong
 * @example
 * export const task = defineTask<CountingRecipe>({
 *   name: "counting",
 *   settings: { data: z.string(), steps: z.strictObject({ train: trainingSchema, search: searchSchema }) },
 *   metric: "closeness",
 *   steps: ({ steps }) => [
 *     { name: "train", kind: "training", title: "training", inputs: steps.train, run: train },
 *     { name: "search", kind: "search", title: "search by closeness", inputs: steps.search, run: search },
 *   ],
 *   scorer: { trained: "train", open: openScorer },
 *   networks: [classifierNetwork(network)],
 *   searchInput: () => [3, 64, 64],
 *   outcome: readOutcome,
 * });
 */
export function defineTask<R extends Recipe>(task: Task<R>): Task<R> {
  parseOptions("defineTask", taskShape, task);
  return task;
}
