import { firstSubnet, type Subnet } from "@supernet/nas";
import {
  buildAlone,
  buildFeatures,
  SpaceBackbone,
  SpaceClassifier,
  type Timed,
  timedForward,
  timedModule,
} from "@supernet/nas/supernet";
import { engineInfo, getNumThreads, nn, noGrad, randn, setNumThreads, type Tensor } from "@supernet/torch";
import { buildDetector } from "@supernet/vision";
import type { Runtime } from "./runtime.js";
import type { LatencySubject, NetworkKind } from "./subject.js";

/** Our own engine. */
export function openLibtorch(threads: number | undefined): Runtime {
  if (threads !== undefined) setNumThreads(threads);
  return {
    engine: `libtorch ${engineInfo().version}`,
    threads: getNumThreads(),
    layer: (placed) => timedModule(buildAlone(placed), placed.input),
    network: (kind, subject, subnet) => timedForward(forwardOf(kind, subject, subnet), subject.input),
    roundBackbone,
  };
}

function forwardOf(
  kind: NetworkKind,
  { space, classes, detector: round }: LatencySubject,
  subnet: Subnet,
): (images: Tensor) => unknown {
  switch (kind) {
    case "classifier": {
      const classifier = new SpaceClassifier(space, classes!, subnet).eval();
      return (images) => classifier.forward(images);
    }
    case "features": {
      const features = buildFeatures(space, subnet).eval();
      return (images) => features.forward(images);
    }
    case "backbone": {
      const backbone = new SpaceBackbone(space, subnet).eval();
      return (images) => backbone.forward(images);
    }
    case "detector": {
      const backbone = new SpaceBackbone(space, subnet).eval();
      const detector = buildDetector(backbone, round!.settings, round!.classes).eval();
      return (images) => detector.runWorstCase(images);
    }
  }
}

function roundBackbone({ space, input, detector: round }: LatencySubject): Timed {
  const backbone = new SpaceBackbone(space, firstSubnet(space)).eval();
  const maps = noGrad(() => backbone.forward(randn([1, ...input])));
  const { settings, classes } = round!;
  const detector = buildDetector(new FixedMaps(backbone, maps), settings, classes).eval();
  return timedForward((images) => detector.runWorstCase(images), input);
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
