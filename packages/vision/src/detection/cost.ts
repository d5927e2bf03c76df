import { requireInteger, requireObject } from "@supernet/base";
import { addRun, BYTES, type Cost, costTree, estimateLayer, mapMemory, type Shape } from "@supernet/nas";
import { type DetectorDefinition, detectorLayers, type MapShapes } from "./detector.js";
import { builtInDetectors } from "./detectors.js";
import type { DetectorSettings } from "./detectors.settings.js";

/**
 * Computes the cost of a detector without its backbone, from shapes, for one image and the largest workload that
 * inference can have. Children are its modules. The rules are those of the cost of layers.
 *
 * @example
 * const maps = { strides: [4, 8, 16, 32], shapes: [[16, 32, 32], [32, 16, 16], [64, 8, 8], [128, 4, 4]] };
 * const { flops, params } = estimateDetector(settings, maps, 10);
 * @param classes number of classes, without background
 * @throws UserError if the settings do not match the backbone's maps
 */
export function estimateDetector(settings: DetectorSettings, maps: MapShapes, classes: number): Cost {
  requireObject("estimateDetector: settings", settings);
  requireObject("estimateDetector: maps", maps);
  requireInteger("estimateDetector: classes", classes, { min: 1 });
  const { sections, inference } = builtInDetectors[settings.kind] as DetectorDefinition<DetectorSettings>;
  const outChannels = maps.shapes.map(([channels]) => channels!);
  const layers = detectorLayers(sections!, {
    maps: { strides: maps.strides, outChannels },
    settings,
    classes,
  });
  const costs = new Map<string, Cost>();
  const operations = inference!(maps, settings);
  const lastRead = new Map(operations.flatMap(({ reads }, i) => reads.map((value) => [value, i] as const)));
  /** Bytes of the values that are still needed. */
  const alive = new Map(maps.shapes.map((shape, i) => [`map.${i}`, bytesOf(shape)]));
  const inUse = () => [...alive.values()].reduce((sum, bytes) => sum + bytes, 0);
  let peak = inUse();
  for (const [i, { reads, writes, shape, times = 1, layer }] of operations.entries()) {
    if (layer === undefined) {
      alive.set(writes, times * bytesOf(shape));
      peak = Math.max(peak, inUse());
    } else {
      const { cost, output } = estimateLayer(layers[layer]!.layer, layer, shape);
      costs.set(layer, addRun(costs.get(layer), repeated(cost, times)));
      // A layer's own peak includes its input, which is alive already.
      peak = Math.max(peak, inUse() + times * (mapMemory(cost) - bytesOf(shape)));
      alive.set(writes, times * bytesOf(output));
    }
    for (const value of reads) if (lastRead.get(value) === i) alive.delete(value);
  }
  return costTree("detector", costs, peak);
}

const bytesOf = (shape: Shape): number => BYTES * shape.reduce((product, size) => product * size, 1);

/** Multiplies the cost of a layer that runs on several inputs. Parameters are counted once. */
const repeated = (cost: Cost, times: number): Cost => ({
  ...cost,
  macs: times * cost.macs,
  flops: times * cost.flops,
  activations: times * cost.activations,
  memory: BYTES * cost.params + times * mapMemory(cost),
});
