import { requireInteger, requireObject } from "@supernet/base";
import {
  addRun,
  BYTES,
  type Cost,
  costTree,
  estimateLayer,
  mapMemory,
  type Shape,
  type Workload,
} from "@supernet/nas";
import { type DetectorDefinition, detectorLayers, type MapShapes } from "./detector.js";
import { builtInDetectors } from "./detectors.js";
import type { DetectorSettings } from "./detectors.settings.js";
import type { DetectorLayers } from "./parts/detector-layers.js";
import type { Operation } from "./parts/inference.js";

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
  const { layers, operations } = inferenceOf("estimateDetector", settings, { maps, classes });
  const costs = new Map<string, Cost>();
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
  operations: times * cost.operations,
  activations: times * cost.activations,
  memory: BYTES * cost.params + times * mapMemory(cost),
});

/**
 * Lists what a detector runs after its backbone, for one image and the largest workload that inference can have. Terms
 * are the modules (`neck`, `rpn_head`), with a suffix for linear layers, and the kinds of the other operations.
 *
 * @param classes number of classes, without background
 * @throws UserError if the settings do not match the backbone's maps
 */
export function detectorWorkloads(settings: DetectorSettings, maps: MapShapes, classes: number): Workload[] {
  const { layers, operations } = inferenceOf("detectorWorkloads", settings, { maps, classes });
  return operations.map(({ layer, writes, shape, times = 1 }) =>
    layer === undefined
      ? { term: writes.split(".")[0]!, input: shape, batch: times }
      : {
          term: `${layer.split(".")[0]}${shape.length === 1 ? " linear" : ""}`,
          layer: layers[layer]!.layer,
          input: shape,
          batch: times,
        },
  );
}

/** Describes the layers of a detector and what runs in its inference, in order. */
function inferenceOf(
  caller: string,
  settings: DetectorSettings,
  { maps, classes }: { readonly maps: MapShapes; readonly classes: number },
): { readonly layers: DetectorLayers; readonly operations: readonly Operation[] } {
  requireObject(`${caller}: settings`, settings);
  requireObject(`${caller}: maps`, maps);
  requireInteger(`${caller}: classes`, classes, { min: 1 });
  const { sections, inference } = builtInDetectors[settings.kind] as DetectorDefinition<DetectorSettings>;
  const outChannels = maps.shapes.map(([channels]) => channels!);
  const { strides } = maps;
  return {
    layers: detectorLayers(sections!, { maps: { strides, outChannels }, settings, classes }),
    operations: inference!(maps, settings),
  };
}
