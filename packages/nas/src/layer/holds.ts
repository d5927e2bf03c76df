import type { Layer } from "./layer.js";

/**
 * Returns whether a layer is or contains a layer of a kind. Layers are plain data, so inner ones are among the values.
 */
export function holds(value: unknown, kind: Layer["kind"]): boolean {
  if (typeof value !== "object" || value === null) return false;
  return ("kind" in value && value.kind === kind) || Object.values(value).some((inner) => holds(inner, kind));
}
