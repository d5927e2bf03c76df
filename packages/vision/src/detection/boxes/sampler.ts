import {
  type Random,
  requireFunction,
  requireInstance,
  requireInteger,
  requireNumber,
  requireOptions,
} from "@supernet/base";
import type { SampleSettings } from "../common.settings.js";
import { splitMatches } from "./matcher.js";

/** Indices of the sampled boxes, in random order. */
export interface Sample {
  readonly positive: Int32Array;
  readonly negative: Int32Array;
}

/**
 * Samples boxes at random from the result of {@link matchBoxes}: positives up to their maximum fraction, then negatives
 * up to `samplesPerImage` boxes. The sample is smaller if there are too few boxes.
 */
export function sampleBalanced(matched: Int32Array, settings: SampleSettings, random: Random): Sample {
  requireInstance("sampleBalanced: matched", matched, Int32Array);
  requireOptions<SampleSettings>("sampleBalanced", settings, ["samplesPerImage", "positiveFraction"]);
  const { samplesPerImage, positiveFraction } = settings;
  requireInteger("sampleBalanced: samplesPerImage", samplesPerImage, { min: 0 });
  requireNumber("sampleBalanced: positiveFraction", positiveFraction, { min: 0, max: 1 });
  requireFunction("sampleBalanced: random.uniform", random?.uniform);
  const matches = splitMatches(matched);
  const positive = sample(matches.positive, Math.floor(samplesPerImage * positiveFraction), random);
  const negative = sample(matches.negative, samplesPerImage - positive.length, random);
  return { positive, negative };
}

/** Samples up to `count` items with the first steps of a Fisher-Yates shuffle, which reorders `items`. */
function sample(items: number[], count: number, random: Random): Int32Array {
  const size = Math.min(count, items.length);
  for (let i = 0; i < size; i++) {
    const j = i + random.int(items.length - i);
    [items[i], items[j]] = [items[j]!, items[i]!];
  }
  return Int32Array.from(items.slice(0, size));
}
