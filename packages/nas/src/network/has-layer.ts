import type { Layer } from "../layer/layer.js";
import { candidatesOf } from "../layer/part.js";
import { featureParts, type NetworkSpace } from "./network-space.js";

/** Whether any subnet has a layer of a kind. */
export function hasLayer(space: NetworkSpace, kind: Layer["kind"]): boolean {
  return featureParts(space).some((part) => candidatesOf(space, part).some((layer) => holds(layer, kind)));
}

/** A layer is plain data: whatever holds other layers has them among its values. */
function holds(value: unknown, kind: Layer["kind"]): boolean {
  if (typeof value !== "object" || value === null) return false;
  return ("kind" in value && value.kind === kind) || Object.values(value).some((inner) => holds(inner, kind));
}
