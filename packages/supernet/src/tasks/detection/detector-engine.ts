import { type Cost, firstSubnet, type NetworkSpace, type Resources, type Subnet } from "@supernet/nas";
import { SpaceBackbone, type Timed, timedForward } from "@supernet/nas/supernet";
import { nn, noGrad, randn, type Tensor } from "@supernet/torch";
import type { ImageShape } from "../../network/model.js";
import { detectorBuilder } from "./detector.js";
import { detectorCost, surroundingCost } from "./detector-cost.js";
import type { DetectionRun } from "./settings.js";

/** Detectors of a space's subnets on the engine, with new weights, for inference. */
export interface DetectorEngine {
  /** Runs the detector on the most that inference can ask of it. */
  forward(subnet: Subnet): (images: Tensor) => unknown;
  wholeCost(subnet: Subnet, input: ImageShape): Cost;
  surroundingCost(input: ImageShape): Resources;
  /** The detector around maps that take no time. */
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
    surroundingCost: (input) => surroundingCost(build, space, classes, input),
    timedSurroundings(input) {
      const backbone = new SpaceBackbone(space, firstSubnet(space)).eval();
      const maps = noGrad(() => backbone.forward(randn([1, ...input])));
      const detector = build(new FixedMaps(backbone, maps), classes).eval();
      return timedForward((images) => detector.runWorstCase(images), input);
    },
  };
}

/** Stands for any backbone of a space, and takes no time. */
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
