import type { ExportedNetwork, Found, SourceImage } from "@supernet/pipeline/core";
import { openEncodedImage } from "@supernet/vision";
import type { Finding, Predictor } from "../../task/predictor.js";

/** Predicts on image files with a network that is open in ONNX Runtime, which the caller closes. */
export function exportedPredictor(
  network: ExportedNetwork,
  { findsBoxes, most }: { readonly findsBoxes: boolean; readonly most?: number },
): Predictor {
  return {
    classes: network.classes,
    findsBoxes,
    async predict(file) {
      const image = await openSource(file);
      const found = named((await network.find(image)).slice(0, most), network.classes);
      return { width: image.width, height: image.height, found };
    },
    [Symbol.dispose]() {},
  };
}

/** Opens image files one after the other. */
export async function* openSources(files: Iterable<string>): AsyncGenerator<SourceImage> {
  for (const file of files) yield openSource(file);
}

/** Opens an image file. @throws UserError naming the file if it is missing or damaged */
async function openSource(file: string): Promise<SourceImage> {
  return { ...(await openEncodedImage(file)), name: file };
}

/** Adds the names of classes to what a network found. */
export const named = (found: readonly Found[], classes: readonly string[]): Finding[] =>
  found.map(({ label, ...rest }) => ({ class: classes[label]!, label, ...rest }));
