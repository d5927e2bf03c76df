// Detectors around a space's backbone, on the engine and exported to ONNX Runtime.
import { createSpace, firstSubnet, type Subnet } from "@supernet/nas";
import { addBackbone, encodeModel, type OnnxModel } from "@supernet/nas/onnx";
import { activeStateDict, SpaceBackbone } from "@supernet/nas/supernet";
import { fromTypedArray, manualSeed, type nn, noGrad, type Tensor, tensor, tidy } from "@supernet/torch";
import type { Detections, ImageSize } from "../detection/boxes/boxes.js";
import { chosenDetector } from "../detection/choices.js";
import type { Detector } from "../detection/detector.js";
import { buildDetector } from "../detection/detectors.js";
import type { DetectorSettings, ElasticDetectorSettings } from "../detection/detectors.settings.js";
import { buildElasticDetector } from "../detection/elastic.js";
import { type ExportedDetector, exportDetector } from "../detection/export-detector.js";

export const MEAN = [0.485, 0.456, 0.406];
export const STD = [0.229, 0.224, 0.225];

const space = createSpace({
  name: "spos-shufflenetv2",
  stem: 8,
  blocks: [1, 1, 1, 1],
  channels: [16, 24, 32, 48],
  last: 32,
});
const subnet = firstSubnet(space);

/** A detector with random weights, which finds objects everywhere. */
export interface RandomDetector {
  readonly detector: Detector;
  export(options: Pick<ExportedDetector, "size" | "padded">): OnnxModel;
}

/** Builds a detector with random weights, norms and biases: their initial values would hide mixed-up weights. */
export function randomDetector(settings: DetectorSettings, classes: number, seed: number): RandomDetector {
  manualSeed(seed);
  const detector = buildDetector(new SpaceBackbone(space, subnet), settings, classes);
  scramble(detector);
  return exportable(detector, detector.stateDict(), settings, classes);
}

/** Builds a supernet of detectors with random weights, and activates a member. */
export function randomMember(
  settings: ElasticDetectorSettings,
  classes: number,
  chosen: Subnet,
): RandomDetector {
  manualSeed(1);
  const backbone = new SpaceBackbone(space);
  const supernet = buildElasticDetector(backbone, settings, classes);
  backbone.activate(subnet);
  supernet.activate(chosen, backbone.outChannels);
  scramble(supernet.detector);
  const ofBackbone = Array.from(
    activeStateDict(backbone),
    ([name, value]) => [`backbone.${name}`, value] as const,
  );
  const weights = new Map([...ofBackbone, ...supernet.activeState()]);
  return exportable(supernet.detector, weights, chosenDetector(settings, chosen), classes);
}

const exportable = (
  detector: Detector,
  weights: ExportedDetector["weights"],
  settings: DetectorSettings,
  classes: number,
): RandomDetector => ({
  detector,
  export: (options) =>
    exportDetector({
      backbone: (scope, images) => addBackbone(scope, { space, subnet, images }),
      strides: space.maps.map(({ stride }) => stride),
      settings,
      classes: Array.from({ length: classes }, (_, i) => `class ${i}`),
      mean: MEAN,
      std: STD,
      weights,
      ...options,
    }),
});

function scramble(detector: Detector): void {
  detector.eval();
  noGrad(() => {
    for (const [name, value] of detector.stateDict()) {
      if (name.endsWith("running_var")) value.uniform_(0.5, 1.5);
      else if (name.endsWith("running_mean")) value.normal_(0, 0.2);
      else if (name.endsWith("num_batches_tracked")) continue;
      else if (value.ndim === 1 && name.endsWith("weight")) value.uniform_(0.5, 1.5);
      else if (value.ndim === 1) value.uniform_(-0.2, 0.2);
      else value.normal_(0, Math.sqrt(2 / value.shape.slice(1).reduce((product, size) => product * size)));
    }
    // Scores are far apart, so few are close to a threshold or to each other. Boxes stay near their references.
    for (const [name, module] of detector.namedModules()) {
      if (/cls$/.test(name)) rescale(detector, module as Linear, 1.5);
      else if (/reg$/.test(name)) rescale(detector, module as Linear, 0.3);
      if (name.endsWith("retina_cls")) (module as Linear).bias!.sub_(3);
    }
  });
}

type Linear = nn.Layer & { readonly weight: Tensor; readonly bias: Tensor | undefined };

/** Scales the weights of a module so that its outputs have this standard deviation. */
function rescale(detector: Detector, module: Linear, deviation: number): void {
  const forward = module.forward;
  let measured = 0;
  module.forward = (x) => {
    const output = forward.call(module, x);
    measured = Math.max(
      measured,
      tidy(() => output.std().item()),
    );
    return output;
  };
  detectOnEngine(detector, randomPixels(1, { height: 96, width: 128 }, 1));
  module.forward = forward;
  module.weight.mul_(deviation / measured);
}

/** Runs a detector on the engine. @param pixels [N, 3, H, W], 0 to 255 */
export function detectOnEngine(
  detector: Detector,
  pixels: Tensor,
  sizes?: readonly ImageSize[],
): Detections[] {
  return noGrad(() =>
    tidy(() => {
      const perChannel = (values: readonly number[]) => tensor([...values]).reshape([1, 3, 1, 1]);
      const images = pixels.div(255).sub(perChannel(MEAN)).div(perChannel(STD));
      const [count, , height, width] = pixels.shape as [number, number, number, number];
      return detector.detect(images, sizes ?? Array.from({ length: count }, () => ({ height, width })));
    }),
  );
}

/** An exported detector in ONNX Runtime. */
export interface OnnxDetector {
  detect(pixels: Tensor, sizes?: readonly ImageSize[]): Promise<Detections[]>;
  close(): Promise<void>;
}

/** Opens a model in ONNX Runtime, or in its WebAssembly build for browsers. */
export async function openOnnx(
  model: OnnxModel,
  runtime: "native" | "web" = "native",
): Promise<OnnxDetector> {
  const { InferenceSession, Tensor: OnnxTensor } =
    runtime === "web" ? await import("onnxruntime-web") : await import("onnxruntime-node");
  const session = await InferenceSession.create(encodeModel(model), {
    intraOpNumThreads: 1,
    ...(runtime === "web" && { executionProviders: ["wasm"] }),
  });
  return {
    async detect(pixels, sizes) {
      const { shape } = pixels;
      const outputs = await session.run({
        images: new OnnxTensor("float32", pixels.toTypedArray() as Float32Array, [...shape]),
        ...(sizes && {
          sizes: new OnnxTensor(
            "int64",
            BigInt64Array.from(sizes.flatMap(({ height, width }) => [BigInt(height), BigInt(width)])),
            [sizes.length, 2],
          ),
        }),
      });
      return readOutputs(outputs);
    },
    close: () => session.release(),
  };
}

/** Converts the outputs of an exported detector, and checks what fills the places of absent detections. */
export function readOutputs(
  outputs: Readonly<Record<string, { data: unknown; dims: readonly number[] }>>,
): Detections[] {
  const { boxes, scores, labels, counts } = outputs;
  const [images, places] = scores!.dims as [number, number];
  return Array.from({ length: images }, (_, image) => {
    const count = Number((counts!.data as BigInt64Array)[image]!);
    const rows = <T extends Float32Array | BigInt64Array>(data: unknown, width: number): [T, T] => {
      const own = (data as T).slice(image * places * width, (image + 1) * places * width) as T;
      return [own.slice(0, count * width) as T, own.slice(count * width) as T];
    };
    const [ownBoxes, noBoxes] = rows<Float32Array>(boxes!.data, 4);
    const [ownScores, noScores] = rows<Float32Array>(scores!.data, 1);
    const [ownLabels, noLabels] = rows<BigInt64Array>(labels!.data, 1);
    if (![...noBoxes, ...noScores].every((value) => value === 0) || !noLabels.every((value) => value === -1n))
      throw new Error("absent detections are not filled");
    return { boxes: ownBoxes, scores: ownScores, labels: Int32Array.from(ownLabels, Number) };
  });
}

/** Differences of found detections to the expected ones. */
export interface Difference {
  /** Number of expected detections. */
  readonly expected: number;
  /** Number of detections that only one of the two has. */
  readonly unmatched: number;
  /** Largest difference of matching boxes, in pixels. */
  readonly box: number;
  readonly score: number;
}

/** Compares detections of several images, in any order. Matches have the same label, and nearly the same box and score. */
export function compareDetections(
  found: readonly Detections[],
  expected: readonly Detections[],
  { box: maxBox, score: maxScore }: { readonly box: number; readonly score: number },
): Difference {
  let [unmatched, box, score, total] = [0, 0, 0, 0];
  for (const [image, wanted] of expected.entries()) {
    const own = found[image]!;
    const free = new Set(own.scores.keys());
    total += wanted.scores.length;
    for (const [i, wantedScore] of wanted.scores.entries()) {
      const offBox = (j: number) =>
        Math.max(...[0, 1, 2, 3].map((k) => Math.abs(own.boxes[j * 4 + k]! - wanted.boxes[i * 4 + k]!)));
      const offScore = (j: number) => Math.abs(own.scores[j]! - wantedScore);
      const near = [...free]
        .filter((j) => own.labels[j] === wanted.labels[i] && offScore(j) <= maxScore && offBox(j) <= maxBox)
        .sort((a, b) => offBox(a) - offBox(b))[0];
      if (near === undefined) {
        unmatched++;
        continue;
      }
      free.delete(near);
      box = Math.max(box, offBox(near));
      score = Math.max(score, offScore(near));
    }
    unmatched += free.size;
  }
  return { expected: total, unmatched, box, score };
}

/** Returns a batch of random images, from smooth to noisy: [N, 3, height, width], 0 to 255. */
export function randomPixels(count: number, { height, width }: ImageSize, seed: number): Tensor {
  const data = new Float32Array(count * 3 * height * width);
  let state = seed * 7919 + 1;
  const next = () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return state / 2147483648;
  };
  for (let plane = 0; plane < count * 3; plane++) {
    const [fx, fy, phase, noise] = [next() * 0.3, next() * 0.3, next() * 6, next() * 40];
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const wave = 127 + 80 * Math.sin(fx * x + fy * y + phase);
        data[(plane * height + y) * width + x] = Math.max(0, Math.min(255, wave + noise * (next() - 0.5)));
      }
    }
  }
  return fromTypedArray(data, [count, 3, height, width]);
}
