import { parseOptions, UserError, withErrorPrefix } from "@supernet/base";
import {
  BYTES,
  type Cost,
  firstSubnet,
  mapChannels,
  mapMemory,
  type NetworkSpace,
  type Resources,
  type Subnet,
} from "@supernet/nas";
import {
  activeStateDict,
  SpaceBackbone,
  type Timed,
  timedForward,
  traceCost,
  withoutOtherCandidates,
} from "@supernet/nas/supernet";
import { nn, noGrad, randn, type Tensor, tidy, zeros } from "@supernet/torch";
import {
  type Backbone,
  buildDetector,
  buildElasticDetector,
  chosenDetector,
  type Detector,
  type DetectorDefinition,
  defineDetector,
  type ElasticDetectorSettings,
  type InferenceStage,
} from "@supernet/vision";
import type { WeightsFile } from "../../network/load.js";
import type { ImageShape } from "../../network/model.js";
import { importDefault } from "../../recipe/user-code.js";
import { searchedSpace } from "../../task/run-context.js";
import type { LoadedNetwork } from "../../task/task.js";
import { detectionClasses } from "./data.js";
import type { DetectionRun } from "./settings.js";
import { IMAGE_SIZE, openDecisions } from "./space.js";

/** Builds the recipe's detector around a backbone. */
export type DetectorBuilder = (backbone: Backbone, classes: number) => Detector;

/** A detector, and what activates its subnets. */
export interface DetectorModel {
  readonly detector: Detector;
  readonly backbone: SpaceBackbone;
  /** Activates a subnet: its backbone, and the sizes of its neck and heads. No effect on a stand-alone subnet. */
  activate(subnet: Subnet): void;
  /** Activates only the neck and the heads of a subnet. */
  activateHeads(subnet: Subnet): void;
  /** Returns the stages after the backbone, in the active sizes. Absent if these are the same for every subnet. */
  stages?(): readonly InferenceStage[];
  /** Returns the state dict of the active subnet, with the names of its stand-alone detector. */
  activeState(): Map<string, Tensor>;
}

/** Builds a recipe's detectors: of one subnet, or of all subnets with shared weights. */
export interface DetectorNetworks {
  /** @param subnet default: the supernet */
  backbone(subnet?: Subnet): SpaceBackbone;
  /** Builds the detector around a backbone of the same subnet. */
  around(backbone: SpaceBackbone, classes: number, subnet?: Subnet): DetectorModel;
}

/**
 * Opens the detectors of a recipe. If the recipe opens sizes outside the backbone, the necks and heads are slices of the
 * largest ones. Otherwise all subnets have the same neck and heads, and their backbones have maps of the same channels.
 * Use `run.get(detectorNetworks)`.
 */
export async function detectorNetworks(run: DetectionRun): Promise<DetectorNetworks> {
  const { recipe } = run;
  const space = await run.get(searchedSpace);
  if (openDecisions(recipe).length === 0) {
    const build = await run.get(detectorBuilder);
    return {
      backbone: (subnet) => new SpaceBackbone(space, subnet),
      around: (backbone, classes) => fixedModel(backbone, build(backbone, classes)),
    };
  }
  const { detector: settings } = recipe;
  if (settings.kind === "file") {
    throw new UserError(
      `${IMAGE_SIZE}: a list, but the sizes of a detector from a file cannot be searched: use a single size`,
    );
  }
  return {
    backbone: (subnet) => new SpaceBackbone(space, subnet, { padMaps: false }),
    around: (backbone, classes, subnet) =>
      subnet === undefined
        ? elasticModel(backbone, settings, { space, classes })
        : fixedModel(backbone, buildDetector(backbone, chosenDetector(settings, subnet), classes)),
  };
}

/** A detector whose neck and heads are the same for every subnet. */
export const fixedModel = (backbone: SpaceBackbone, detector: Detector): DetectorModel => ({
  detector,
  backbone,
  activate: (subnet) => void backbone.activate(subnet),
  activateHeads() {},
  activeState: () => activeStateDict(detector),
});

/**
 * Builds a detector whose neck and heads are slices of the largest ones.
 * @param backbone supernet without padding of maps
 */
export function elasticModel(
  backbone: SpaceBackbone,
  settings: ElasticDetectorSettings,
  { space, classes }: { readonly space: NetworkSpace; readonly classes: number },
): DetectorModel {
  const { detector, activate, activeState } = buildElasticDetector(backbone, settings, classes);
  const activateHeads = (subnet: Subnet) => activate(subnet, mapChannels(space, subnet));
  return {
    detector,
    backbone,
    activate(subnet) {
      backbone.activate(subnet);
      activateHeads(subnet);
    },
    activateHeads,
    stages: () => detector.stages(),
    activeState() {
      const own = activeStateDict(backbone);
      const named = Array.from(own, ([name, tensor]) => [`backbone.${name}`, tensor] as const);
      return new Map([...named, ...activeState()]);
    },
  };
}

/**
 * Opens the detector that a recipe specifies, which may be in a user's file. Use `run.get(detectorBuilder)`.
 * @throws UserError if the file does not define a detector, or the settings do not match the detector's
 */
export async function detectorBuilder({ recipe }: DetectionRun): Promise<DetectorBuilder> {
  const { detector } = recipe;
  if (detector.kind !== "file") {
    const closed = chosenDetector(detector, {});
    return (backbone, classes) => buildDetector(backbone, closed, classes);
  }
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
  await run.get(detectorNetworks);
  if (run.recipe.detector.kind !== "file") return;
  const build = await run.get(detectorBuilder);
  const space = await run.get(searchedSpace);
  const classes = run.get(detectionClasses).length;
  tidy(() => void build(new SpaceBackbone(space, firstSubnet(space)), classes));
}

/**
 * Builds a run's detector with the weights from a file, around `subnet` or, by default, the supernet.
 * @throws UserError if the weights are those of another detector
 */
export async function loadModel(
  run: DetectionRun,
  { path, tensors }: WeightsFile,
  subnet?: Subnet,
): Promise<DetectorModel> {
  const networks = await run.get(detectorNetworks);
  const classes = run.get(detectionClasses).length;
  const model = networks.around(networks.backbone(subnet), classes, subnet);
  withErrorPrefix(path, () => model.detector.loadStateDict(withoutOtherCandidates(model.detector, tensors)));
  return model;
}

/** Does the same as `loadModel`, for commands that work with networks of any task. */
export async function loadDetector(
  run: DetectionRun,
  file: WeightsFile,
  subnet?: Subnet,
): Promise<LoadedNetwork> {
  const model = await loadModel(run, file, subnet);
  return { network: model.detector, searched: model, activeState: model.activeState };
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
    operations: whole.operations - backbone.operations,
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
  const networks = await run.get(detectorNetworks);
  const around = (subnet: Subnet) =>
    networks.around(networks.backbone(subnet), classes, subnet).detector.eval() as Detector;
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
