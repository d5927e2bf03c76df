import type { Random } from "@supernet/torch/random";
import { NEGATIVE } from "./matcher.js";

export interface SampleSettings {
  /** Boxes of one image that take part in the losses. */
  readonly samplesPerImage: number;
  /** The largest share of positives among them. */
  readonly positiveFraction: number;
}

/** Places of the chosen boxes, each list in random order. */
export interface Sample {
  readonly positive: Int32Array;
  readonly negative: Int32Array;
}

/**
 * Draws boxes at random from the result of a matcher: positives up to their share, then negatives up to the
 * full number; fewer where there are fewer.
 */
export function sampleBalanced(matched: Int32Array, settings: SampleSettings, random: Random): Sample {
  const positives: number[] = [];
  const negatives: number[] = [];
  for (let i = 0; i < matched.length; i++) {
    if (matched[i]! >= 0) positives.push(i);
    else if (matched[i] === NEGATIVE) negatives.push(i);
  }
  const positive = draw(positives, Math.floor(settings.samplesPerImage * settings.positiveFraction), random);
  const negative = draw(negatives, settings.samplesPerImage - positive.length, random);
  return { positive, negative };
}

/** Up to `count` of `items` (which it reorders) by the first steps of Fisher and Yates' shuffle. */
function draw(items: number[], count: number, random: Random): Int32Array {
  const drawn = Math.min(count, items.length);
  for (let i = 0; i < drawn; i++) {
    const j = i + random.int(items.length - i);
    [items[i], items[j]] = [items[j]!, items[i]!];
  }
  return Int32Array.from(items.slice(0, drawn));
}
