import { isDeepStrictEqual } from "node:util";
import { UserError } from "@supernet/base";
import {
  createLatency,
  mapChannels,
  missingTimes,
  type NetworkSpace,
  type PlacedLayer,
  type Subnet,
} from "@supernet/nas";
import type { DetectionRecipe } from "../recipe/schema.js";
import { type LatencySubject, measuredParts, type NetworkKind } from "./subject.js";
import type { LatencyTable, OpenTable } from "./table-file.js";

/** What a table says of some networks of every subnet: milliseconds for one image. */
export type Predictions = Partial<Readonly<Record<NetworkKind, (subnet: Subnet) => number>>>;

/** Milliseconds of a subnet, for one image. */
export interface PredictedLatency {
  /** The classifier, with its last layer where its classes were given. */
  readonly whole: (subnet: Subnet) => number;
  readonly backbone: (subnet: Subnet) => number;
}

/**
 * Latencies of the classifiers of a space, with their last layer where classes are given, and of its backbones.
 * @throws UserError where the table lacks a layer that some subnet has
 */
export function predictLatency(
  { path, table, times }: OpenTable,
  subject: Pick<LatencySubject, "space" | "input" | "classes">,
): PredictedLatency {
  const { space, input } = subject;
  const parts = measuredParts(subject);
  const { missing, all } = missingTimes(space, parts, input, times);
  if (missing.length > 0) {
    throw new UserError(
      `${path} lacks ${missing.length} of the ${all} layers of ${space.name} at ${input.join("x")}, first ` +
        `${describe(missing[0]!)}; it was measured for ${table.space} at ${table.input.join("x")}: ${MEASURE}`,
    );
  }
  return {
    whole: createLatency(parts, input, times),
    backbone: createLatency(space.backbone, input, times),
  };
}

/**
 * All that a table says of a subject. A detector is left out where the table has none.
 * @throws UserError where the table lacks a layer that some subnet has, or is of another detector
 */
export function predictionsOf(open: OpenTable, subject: LatencySubject): Predictions {
  const { space, input, classes, detector } = subject;
  const { whole: classifier, backbone } = predictLatency(open, subject);
  const whole = classes === null ? { features: classifier } : { classifier };
  // A space that hands out no maps has no backbone for detectors.
  if (space.maps.length === 0) return whole;
  if (detector === null || open.table.detector === null) return { ...whole, backbone };
  const wanted = roundDetector({ detector: detector.settings }, space, detector.classes, input);
  const round = latencyRoundBackbone(open, wanted);
  return { ...whole, backbone, detector: (subnet) => backbone(subnet) + round };
}

const MEASURE = "measure one for this by supernet latency --classifier|--detector RECIPE --device-table FILE";

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
