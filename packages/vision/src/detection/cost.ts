import { requireInteger, requireObject } from "@supernet/base";
import { BYTES, type Cost, estimateLayer, mapMemory, type Shape, sumCosts } from "@supernet/nas";
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
  const memory = new LiveMemory(maps.shapes);
  const operations = inference!(maps, settings);
  for (const [i, { reads, writes, shape, times = 1, layer }] of operations.entries()) {
    const needed = new Set(operations.slice(i + 1).flatMap((later) => later.reads));
    if (layer === undefined) {
      memory.run(reads, { value: writes, bytes: times * bytesOf(shape) }, needed);
      continue;
    }
    const { cost, output } = estimateLayer(layers[layer]!.layer, layer, shape);
    costs.set(layer, added(costs.get(layer), repeated(cost, times)));
    memory.run(
      reads,
      {
        value: writes,
        bytes: times * bytesOf(output),
        peak: times * mapMemory(cost),
        input: times * bytesOf(shape),
      },
      needed,
    );
  }
  return tree(costs, memory.peak);
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

const added = (before: Cost | undefined, again: Cost): Cost =>
  before === undefined
    ? again
    : {
        ...before,
        macs: before.macs + again.macs,
        flops: before.flops + again.flops,
        activations: before.activations + again.activations,
        memory: Math.max(before.memory, again.memory),
      };

/** Bytes of the values that are alive, operation by operation. */
class LiveMemory {
  readonly #alive = new Map<string, number>();
  /** Maximum so far. */
  peak = 0;

  constructor(maps: readonly Shape[]) {
    for (const [i, shape] of maps.entries()) this.#alive.set(`map.${i}`, bytesOf(shape));
    this.peak = this.#sum();
  }

  run(
    reads: readonly string[],
    written: {
      readonly value: string;
      readonly bytes: number;
      readonly peak?: number;
      readonly input?: number;
    },
    needed: ReadonlySet<string>,
  ): void {
    const { value, bytes, peak, input = 0 } = written;
    // A layer's own peak includes its input.
    const within = peak === undefined ? bytes : peak - input;
    this.peak = Math.max(this.peak, this.#sum() + within);
    this.#alive.set(value, bytes);
    for (const read of reads) if (!needed.has(read)) this.#alive.delete(read);
  }

  #sum(): number {
    return [...this.#alive.values()].reduce((sum, bytes) => sum + bytes, 0);
  }
}

/** Groups the costs of layers by the first part of their paths. */
function tree(costs: ReadonlyMap<string, Cost>, peak: number): Cost {
  const groups = new Map<string, Cost[]>();
  for (const [path, cost] of costs) {
    const [group, ...rest] = path.split(".");
    groups.set(group!, [...(groups.get(group!) ?? []), { ...cost, name: rest.join(".") }]);
  }
  return sumCosts(
    "detector",
    [...groups].map(([name, children]) => sumCosts(name, children)),
    peak,
  );
}
