// Measures size and latency of untrained detectors with the SPOS backbone as float32, float16 and int8, in ONNX Runtime.
// node benchmarks/precision-latency.mjs
import { createSpace, firstSubnet } from "@supernet/nas";
import { addBackbone, encodeModel, halfPrecision, quantization } from "@supernet/nas/onnx";
import { SpaceBackbone } from "@supernet/nas/supernet";
import { manualSeed } from "@supernet/torch";
import { buildDetector, exportDetector, torchvisionDetectors } from "@supernet/vision";
import { InferenceSession, Tensor } from "onnxruntime-node";

const SIDE = 320;
/** Number of times that every model runs, in turns. */
const TIMES = 21;

const space = createSpace({ name: "spos-shufflenetv2" });
const subnet = firstSubnet(space);
manualSeed(0);

const noise = Float32Array.from({ length: 3 * SIDE * SIDE }, () => 255 * Math.random());
const feeds = { images: new Tensor("float32", noise, [1, 3, SIDE, SIDE]) };
const open = (model) =>
  InferenceSession.create(encodeModel(model), { intraOpNumThreads: 1, logSeverityLevel: 3 });

console.log(`${SIDE} x ${SIDE} pixels, pyramid of 96 channels, 20 classes, 1 thread, median of ${TIMES}`);
for (const [kind, published] of Object.entries(torchvisionDetectors)) {
  const settings = { ...published, pyramid: { ...published.pyramid, channels: 96 } };
  const detector = buildDetector(new SpaceBackbone(space, subnet), settings, 20).eval();
  const model = exportDetector({
    backbone: (scope, images) => addBackbone(scope, { space, subnet, images }),
    strides: space.maps.map(({ stride }) => stride),
    settings,
    classes: Array.from({ length: 20 }, (_, i) => `class ${i}`),
    size: { height: SIDE, width: SIDE },
    mean: [0.485, 0.456, 0.406],
    std: [0.229, 0.224, 0.225],
    weights: detector.stateDict(),
  });
  const { maps, observed, quantized } = quantization(model);
  const outputs = await (await open(observed)).run(feeds);
  const value = (map, end) => outputs[`${map}:${end}`].data[0];
  const ranges = new Map(maps.map((map) => [map, { min: value(map, "min"), max: value(map, "max") }]));
  const forms = { float32: model, float16: halfPrecision(model), int8: quantized(ranges) };
  const opened = [];
  for (const [precision, form] of Object.entries(forms))
    opened.push({ precision, bytes: encodeModel(form).length, session: await open(form), times: [] });
  for (let i = 0; i < TIMES; i++) {
    for (const { session, times } of opened) {
      const start = performance.now();
      await session.run(feeds);
      times.push(performance.now() - start);
    }
  }
  for (const { precision, bytes, times } of opened) {
    const median = times.sort((a, b) => a - b)[TIMES >> 1];
    console.log(`${kind} ${precision}: ${(bytes / 1e6).toFixed(2)} MB, ${median.toFixed(0)} ms`);
  }
}
