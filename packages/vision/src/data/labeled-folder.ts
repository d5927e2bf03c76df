import { requireString } from "@supernet/base";
import { isCifarFolder, openCifar } from "./cifar.js";
import type { ClassificationSet } from "./classification-set.js";
import { isIdxFolder, openIdx } from "./idx.js";
import { openImageFolder } from "./image-folder.js";

/**
 * Opens a data set of labeled images: IDX files, the binary files of CIFAR, or else image folders. See {@link openIdx},
 * {@link openCifar} and {@link openImageFolder}.
 *
 * @example
 * const { classes, train, openVal } = openLabeledFolder("photos/waste");
 * @throws UserError naming what is missing or wrong, and how to fix it
 */
export function openLabeledFolder(folder: string): ClassificationSet {
  requireString("openLabeledFolder: folder", folder);
  if (isIdxFolder(folder)) return openIdx(folder);
  if (isCifarFolder(folder)) return openCifar(folder);
  return openImageFolder(folder);
}
