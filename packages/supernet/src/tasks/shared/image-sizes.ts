import { type NetworkSpace, requireImageSize, type Subnet, withImageSizes } from "@supernet/nas";
import type { ImageShape } from "../../network/model.js";
import type { ClassificationSettings } from "./data.settings.js";

// The size of labeled images: a number, or a decision of the search.

/** Name of the decision on the size of the labeled images. Its choices are sides of square images, in pixels. */
export const LABELED_SIZE = "classification.imageSize";

interface Sized {
  /** Null if the recipe uses no labeled images. Then its images have no size. */
  readonly classification: Pick<ClassificationSettings, "imageSize"> | null;
}

function sizeSetting({ classification }: Sized): ClassificationSettings["imageSize"] {
  if (classification === null) throw new Error("imageSizes: classification is null");
  return classification.imageSize;
}

/** Returns every size of a recipe's labeled images. */
export const imageSizes = (recipe: Sized): readonly number[] => [sizeSetting(recipe)].flat();

/**
 * Returns the size of a subnet's labeled images.
 * @param subnet default: the subnets with the largest images
 */
export function imageSizeOf(recipe: Sized, subnet?: Subnet): number {
  const imageSize = sizeSetting(recipe);
  if (typeof imageSize === "number") return imageSize;
  return subnet === undefined ? Math.max(...imageSize) : Number(subnet[LABELED_SIZE]);
}

/** Returns the shape of a subnet's labeled images; see `imageSizeOf`. */
export function imageShapeOf(recipe: Sized, subnet?: Subnet): ImageShape {
  const side = imageSizeOf(recipe, subnet);
  return [3, side, side];
}

/**
 * Returns the space of a recipe's classifiers, with a decision on the image size if it is searched.
 * @throws UserError if images of a size do not fit the space
 */
export function labeledSpace(recipe: Sized, space: NetworkSpace): NetworkSpace {
  const imageSize = sizeSetting(recipe);
  if (typeof imageSize !== "number")
    return withImageSizes(space, { decision: LABELED_SIZE, sizes: imageSize });
  requireImageSize(space, imageSize, LABELED_SIZE);
  return space;
}
