import { isDeepStrictEqual } from "node:util";
import {
  createLatency,
  featureParts,
  mapChannels,
  missingTimes,
  type NetworkSpace,
  type PlacedLayer,
  type Subnet,
} from "@supernet/nas";
import { UserError } from "@supernet/torch/errors";
import type { DetectionRecipe } from "../recipe/schema.js";
import type { LatencyTable, OpenTable } from "./table-file.js";

/** Milliseconds of a subnet, for one image. */
export interface PredictedLatency {
  /** The classifier without its last layer. */
  readonly features: (subnet: Subnet) => number;
  readonly backbone: (subnet: Subnet) => number;
}

/**
 * Latencies of the subnets of a space, out of a table.
 * @throws UserError where the table lacks a layer that some subnet has
 */
export function predictLatency(
  { path, table, times }: OpenTable,
  space: NetworkSpace,
  input: readonly number[],
): PredictedLatency {
  const { missing, all } = missingTimes(space, featureParts(space), input, times);
  if (missing.length > 0) {
    throw new UserError(
      `${path} lacks ${missing.length} of the ${all} layers of ${space.name} at ${input.join("x")}, first ` +
        `${describe(missing[0]!)}; it was measured for ${table.space} at ${table.input.join("x")}: ${MEASURE}`,
    );
  }
  return {
    features: createLatency(featureParts(space), input, times),
    backbone: createLatency(space.backbone, input, times),
  };
}

const MEASURE = "measure one for this by supernet latency --detector RECIPE --out FILE";

function describe({ part, choices, layer, input }: PlacedLayer): string {
  const chosen = Object.entries(choices).map(([decision, choice]) => `${decision} ${choice}`);
  return `${part} (${[layer.kind, ...chosen].join(", ")}) on ${input.join("x")}`;
}

/** What a detector does round a backbone of a space hangs on these alone. */
export type RoundDetector = Omit<NonNullable<LatencyTable["detector"]>, "milliseconds">;

export function roundDetector(
  { detector }: Pick<DetectionRecipe, "detector">,
  space: NetworkSpace,
  classes: number,
  input: readonly [number, number, number],
): RoundDetector {
  const strides = space.maps.map(({ stride }) => stride);
  return { settings: { ...detector }, classes, input: [...input], channels: mapChannels(space), strides };
}

/**
 * Milliseconds of what stands round the backbone, out of a table.
 * @throws UserError where the table is of another detector
 */
export function latencyRoundBackbone({ path, table }: OpenTable, wanted: RoundDetector): number {
  if (table.detector === null) {
    throw new UserError(
      `${path} has no time of a detector, which the limit on detector.latency asks for: ${MEASURE}`,
    );
  }
  const { milliseconds, ...measured } = table.detector;
  // Through JSON, as the stored one went.
  if (isDeepStrictEqual(measured, JSON.parse(JSON.stringify(wanted)))) return milliseconds;
  const key = (Object.keys(wanted) as (keyof RoundDetector)[]).find(
    (name) => JSON.stringify(measured[name]) !== JSON.stringify(wanted[name]),
  );
  throw new UserError(`${path} was measured round a detector of other ${key}: ${MEASURE}`);
}
