import { BYTES, type Cost, firstSubnet, mapMemory, type NetworkSpace, type Resources } from "@supernet/nas";
import { SpaceBackbone, traceCost } from "@supernet/nas/supernet";
import { zeros } from "@supernet/torch";
import type { Detector } from "@supernet/vision";
import type { ImageShape } from "../../network/model.js";
import type { DetectorBuilder } from "./detector.js";

/**
 * Counts what a detector costs for one image, module by module, at the most that inference can ask of it, by running
 * it once.
 */
export function detectorCost(detector: Detector, input: ImageShape): Cost {
  return traceCost("detector", detector, () => detector.runWorstCase(zeros([1, ...input])));
}

/**
 * Counts what a detector costs besides its backbone, which is the same for every subnet. `memory` is that of the
 * parameters besides the backbone's and of the maps that the whole detector holds at once, measured with the space's
 * first subnet.
 */
export function surroundingCost(
  build: DetectorBuilder,
  space: NetworkSpace,
  classes: number,
  input: ImageShape,
): Resources {
  const detector = build(new SpaceBackbone(space, firstSubnet(space)), classes).eval();
  const whole = detectorCost(detector, input);
  const backbone = whole.children?.find(({ name }) => name === "backbone");
  if (backbone === undefined) throw new Error("surroundingCost: the detector did not run its backbone");
  const params = whole.params - backbone.params;
  return {
    params,
    macs: whole.macs - backbone.macs,
    flops: whole.flops - backbone.flops,
    activations: whole.activations - backbone.activations,
    memory: BYTES * params + mapMemory(whole),
  };
}
