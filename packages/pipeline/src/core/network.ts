import { CLASSIFIER_OUTPUTS, openExportedClassifier } from "./classifier.js";
import { DETECTOR_OUTPUTS, openExportedDetector } from "./detector.js";
import type { ExportedNetwork } from "./image.js";
import type { ExportedModel } from "./model.js";

/**
 * Opens an exported detector or classifier.
 * @returns undefined if the model has the outputs of neither
 * @throws UserError if its metadata is missing or wrong
 */
export function openExportedNetwork(model: ExportedModel): ExportedNetwork | undefined {
  const names = new Set(model.outputs.map(({ name }) => name));
  const has = (outputs: readonly string[]) => outputs.every((name) => names.has(name));
  if (has(DETECTOR_OUTPUTS)) return openExportedDetector(model);
  return has(CLASSIFIER_OUTPUTS) ? openExportedClassifier(model) : undefined;
}
