import { BYTES, type Cost, firstSubnet, mapMemory, type NetworkSpace, type Subnet } from "@supernet/nas";
import { SpaceBackbone, traceCost } from "@supernet/nas/supernet";
import { zeros } from "@supernet/torch";
import { buildDetector, type Detector } from "@supernet/vision";
import type { DetectionRecipe } from "../../recipe/schema.js";

/** The detector of a recipe round one subnet, for inference. */
export function detectorOf(
  { detector }: DetectionRecipe,
  space: NetworkSpace,
  subnet: Subnet,
  classes: number,
): Detector {
  return buildDetector(new SpaceBackbone(space, subnet), detector, classes).eval();
}

/**
 * What a detector costs for one image, module by module, at the most that inference can ask of it: counted by
 * running it once.
 * @param input [channels, height, width]
 */
export function detectorCost(detector: Detector, input: readonly number[]): Cost {
  return traceCost("detector", detector, () => detector.runWorstCase(zeros([1, ...input])));
}

/** What stands round every backbone of a space is the same, so that it is counted once. */
export type RoundBackbone = Pick<Cost, "params" | "macs" | "flops" | "activations" | "memory">;

/**
 * What a recipe's detector costs beside its backbone. `memory` is that of the parameters beside the backbone's and of
 * the maps that the whole detector held at once, measured with the space's first subnet.
 */
export function costRoundBackbone(
  recipe: DetectionRecipe,
  space: NetworkSpace,
  classes: number,
  input: readonly number[],
): RoundBackbone {
  const detector = detectorOf(recipe, space, firstSubnet(space), classes);
  const whole = detectorCost(detector, input);
  const backbone = whole.children?.find(({ name }) => name === "backbone");
  if (backbone === undefined) throw new Error("costRoundBackbone: the detector did not run its backbone");
  const params = whole.params - backbone.params;
  return {
    params,
    macs: whole.macs - backbone.macs,
    flops: whole.flops - backbone.flops,
    activations: whole.activations - backbone.activations,
    memory: BYTES * params + mapMemory(whole),
  };
}
