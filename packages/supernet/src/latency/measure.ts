import { cpus } from "node:os";
import { featureParts, firstSubnet, type NetworkSpace, reachableLayers } from "@supernet/nas";
import { type MeasuringOptions, measureInTurn, measureLayers, SpaceBackbone } from "@supernet/nas/supernet";
import { engineInfo, getNumThreads, nn, noGrad, randn, type Tensor } from "@supernet/torch";
import { buildDetector } from "@supernet/vision";
import type { DetectionRecipe } from "../recipe/schema.js";
import { roundDetector } from "./predict.js";
import type { LatencyTable } from "./table-file.js";

/** What latencies are measured of. */
export interface LatencySubject {
  readonly space: NetworkSpace;
  /** [channels, height, width] */
  readonly input: readonly [number, number, number];
  /** The detector round the backbone; null = none. */
  readonly detector: { readonly settings: DetectionRecipe["detector"]; readonly classes: number } | null;
}

/**
 * Measures every layer that some subnet has, each once for each shape that comes into it, and the detector without
 * its backbone: on the CPU, with as many threads as the engine is set to.
 */
export function measureTable(
  { space, input, detector }: LatencySubject,
  options: MeasuringOptions = {},
): LatencyTable {
  const layers = reachableLayers(space, featureParts(space), input);
  const times = measureLayers(layers, options);
  return {
    format: "supernet latency table 1",
    measured: {
      device: "cpu",
      processor: cpus()[0]?.model.trim() ?? "unknown",
      threads: getNumThreads(),
      batch: 1,
      engine: `libtorch ${engineInfo().version}`,
    },
    space: space.name,
    input: [...input],
    layers: times.map(({ layer, input: shape, milliseconds }) => ({
      layer: { ...layer },
      input: [...shape],
      milliseconds,
    })),
    detector: detector && {
      ...roundDetector({ detector: detector.settings }, space, detector.classes, input),
      milliseconds: measureRoundBackbone(space, input, detector, options.least),
    },
  };
}

function measureRoundBackbone(
  space: NetworkSpace,
  input: readonly number[],
  { settings, classes }: NonNullable<LatencySubject["detector"]>,
  least: MeasuringOptions["least"],
): number {
  const backbone = new SpaceBackbone(space, firstSubnet(space)).eval();
  const maps = noGrad(() => backbone.forward(randn([1, ...input])));
  const detector = buildDetector(new FixedMaps(backbone, maps), settings, classes).eval();
  const round = { input, forward: (images: Tensor) => detector.workload(images) };
  return measureInTurn([round], { ...(least && { least }) })[0]!;
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
