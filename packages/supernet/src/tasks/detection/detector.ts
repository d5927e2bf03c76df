import { parseOptions, UserError, withErrorPrefix } from "@supernet/base";
import {
  BYTES,
  type Cost,
  firstSubnet,
  mapMemory,
  type NetworkSpace,
  type Resources,
  type Subnet,
} from "@supernet/nas";
import { SpaceBackbone, type Timed, timedForward, traceCost } from "@supernet/nas/supernet";
import { nn, noGrad, randn, type Tensor, tidy, zeros } from "@supernet/torch";
import {
  type Backbone,
  buildDetector,
  type Detector,
  type DetectorDefinition,
  defineDetector,
} from "@supernet/vision";
import type { WeightsFile } from "../../network/load.js";
import type { ImageShape } from "../../network/model.js";
import { importDefault } from "../../recipe/user-code.js";
import { searchedSpace } from "../../task/run-context.js";
import type { LoadedNetwork } from "../../task/task.js";
import { detectionClasses } from "./data.js";
import type { DetectionRun } from "./settings.js";

/** Builds the recipe's detector around a backbone. */
export type DetectorBuilder = (backbone: Backbone, classes: number) => Detector;

/**
 * Opens the detector that a recipe specifies, which may be in a user's file. Use `run.get(detectorBuilder)`.
 * @throws UserError if the file does not define a detector, or the settings do not match the detector's
 */
export async function detectorBuilder({ recipe }: DetectionRun): Promise<DetectorBuilder> {
  const { detector } = recipe;
  if (detector.kind !== "file") return (backbone, classes) => buildDetector(backbone, detector, classes);
  const exported = await importDefault(detector.file, "export default defineDetector({...})");
  const definition = withErrorPrefix(detector.file, () => defineDetector(exported as DetectorDefinition));
  const settings = withErrorPrefix("detector.settings", () =>
    parseOptions(definition.kind, definition.settings, detector.settings),
  );
  return (backbone, classes) => {
    const built: unknown = definition.build(backbone, settings, classes);
    if (isDetector(built)) return built;
    throw new UserError(
      `${detector.file}: build must return a Detector: a module with the methods ${METHODS.join(", ")}`,
    );
  };
}

const METHODS = ["forward", "detect", "detectFromFeatures", "runWorstCase"] as const;

const isDetector = (built: unknown): built is Detector =>
  built instanceof nn.Module &&
  METHODS.every((name) => name in built && typeof Reflect.get(built, name) === "function");

/** Builds a user's detector once, to find its mistakes before the first step. */
export async function checkUserDetector(run: DetectionRun): Promise<void> {
  const build = await run.get(detectorBuilder);
  if (run.recipe.detector.kind !== "file") return;
  const space = await run.get(searchedSpace);
  const classes = run.get(detectionClasses).length;
  tidy(() => void build(new SpaceBackbone(space, firstSubnet(space)), classes));
}

/**
 * Builds a run's detector with the weights from a file, around `subnet` or, by default, the supernet.
 * @throws UserError if the weights are those of another detector
 */
export async function loadDetector(
  run: DetectionRun,
  { path, tensors }: WeightsFile,
  subnet?: Subnet,
): Promise<LoadedNetwork> {
  const build = await run.get(detectorBuilder);
  const backbone = new SpaceBackbone(await run.get(searchedSpace), subnet);
  const detector = build(backbone, run.get(detectionClasses).length);
  withErrorPrefix(path, () => detector.loadStateDict(tensors));
  return { network: detector, searched: backbone };
}

/**
 * Runs a detector once to count its cost for one image, by module, with the largest workload that inference can have.
 */
export function detectorCost(detector: Detector, input: ImageShape): Cost {
  return traceCost("detector", detector, () => detector.runWorstCase(zeros([1, ...input])));
}

/**
 * Counts a detector's cost without its backbone, which is the same for every subnet. `memory` is that of the parameters
 * outside the backbone and of the detector's feature maps that are in memory at once. It is measured with the space's
 * first subnet.
 */
export function surroundingCost(
  build: DetectorBuilder,
  {
    space,
    classes,
    input,
  }: { readonly space: NetworkSpace; readonly classes: number; readonly input: ImageShape },
): Resources {
  const detector = build(new SpaceBackbone(space, firstSubnet(space)), classes).eval();
  const whole = detectorCost(detector, input);
  const backbone = whole.children?.find(({ name }) => name === "backbone");
  if (backbone === undefined) throw new Error("surroundingCost: the detector did not run its backbone");
  const params = whole.params - backbone.params;
  return {
    params,
    macs: whole.macs - backbone.macs,
    flops: whole.flops - backbone.flops,
    activations: whole.activations - backbone.activations,
    memory: BYTES * params + mapMemory(whole),
  };
}

/** Detectors on the engine for a space's subnets, with new weights, for inference. */
export interface DetectorEngine {
  /** Returns a function that runs the detector with the largest workload that inference can have. */
  forward(subnet: Subnet): (images: Tensor) => unknown;
  wholeCost(subnet: Subnet, input: ImageShape): Cost;
  surroundingCost(input: ImageShape): Resources;
  /** Times the detector with feature maps that take no time to compute. */
  timedSurroundings(input: ImageShape): Timed;
}

export async function detectorEngine(
  run: DetectionRun,
  space: NetworkSpace,
  classes: number,
): Promise<DetectorEngine> {
  const build = await run.get(detectorBuilder);
  const around = (subnet: Subnet) => build(new SpaceBackbone(space, subnet), classes).eval();
  return {
    forward(subnet) {
      const detector = around(subnet);
      return (images) => detector.runWorstCase(images);
    },
    wholeCost: (subnet, input) => detectorCost(around(subnet), input),
    surroundingCost: (input) => surroundingCost(build, { space, classes, input }),
    timedSurroundings(input) {
      const backbone = new SpaceBackbone(space, firstSubnet(space)).eval();
      const maps = noGrad(() => backbone.forward(randn([1, ...input])));
      const detector = build(new FixedMaps(backbone, maps), classes).eval();
      return timedForward((images) => detector.runWorstCase(images), input);
    },
  };
}

/** Backbone that returns fixed feature maps, so it takes no time. */
class FixedMaps extends nn.Module {
  readonly outChannels: readonly number[];
  readonly strides: readonly number[];
  readonly #maps: Tensor[];

  constructor({ outChannels, strides }: SpaceBackbone, maps: Tensor[]) {
    super();
    this.outChannels = outChannels;
    this.strides = strides;
    this.#maps = maps;
  }

  forward(): Tensor[] {
    return this.#maps;
  }
}
