import { candidatesOf } from "../layer/part.js";
import { featureParts, type NetworkSpace } from "./network-space.js";

/** Whether any subnet normalises by the statistics of batches, as a transformer does not. */
export function hasBatchNorm(space: NetworkSpace): boolean {
  return featureParts(space).some((part) => candidatesOf(space, part).some(holdsBatchNorm));
}

/** A layer is plain data: whatever holds other layers has them among its values. */
function holdsBatchNorm(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return ("kind" in value && value.kind === "batch-norm") || Object.values(value).some(holdsBatchNorm);
}
