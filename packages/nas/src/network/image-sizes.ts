import { count, parseOptions, UserError, withErrorPrefix } from "@supernet/base";
import { z } from "zod";
import { createEstimator } from "../cost/estimator.js";
import { IMAGE_CHANNELS } from "../cost/shape.js";
import { holds } from "../layer/holds.js";
import type { Layer } from "../layer/layer.js";
import { candidatesOf, markImageInput, type Part, separateDecisions } from "../layer/part.js";
import { firstSubnet } from "../space/space.js";
import { featureParts, type NetworkSpace } from "./network-space.js";
import { requireNetworkSpace } from "./require.js";

const schema = z.strictObject({
  decision: z.string().min(1),
  sizes: z
    .array(count)
    .min(1)
    .refine((sizes) => new Set(sizes).size === sizes.length, "sizes that differ"),
});

/**
 * Adds a decision on the size of the images to a space. If the space only accepts images of its `imageSize`, the layers
 * of each subnet become those for its own size: the patch embedding, the positions of the tokens, and the attention. In
 * a supernet, the positions are stored for the largest size and interpolated for the others.
 *
 * @param options `decision`: name of the decision; `sizes`: its choices, sides of square images in pixels
 * @example
 * const space = withImageSizes(autoFormerTiny(), { decision: "size", sizes: [160, 192, 224] });
 * @throws UserError naming the decision if images of a size do not fit the space, or its `imageSize` is not the largest
 */
export function withImageSizes(
  space: NetworkSpace,
  options: { readonly decision: string; readonly sizes: readonly number[] },
): NetworkSpace {
  requireNetworkSpace("withImageSizes", space);
  const { decision: name, sizes } = parseOptions("withImageSizes", schema, options);
  if (space.decisions.some((other) => other.name === name)) {
    throw new UserError(`${name}: space ${space.name} already has a decision of this name: use another name`);
  }
  const { imageSize } = space;
  const largest = Math.max(...sizes);
  if (imageSize !== undefined && largest !== imageSize) {
    throw new UserError(
      `${name}: the largest is ${largest}, but space ${space.name} is for images of ${imageSize}x${imageSize}: ` +
        "set both to the same size",
    );
  }
  return withErrorPrefix(name, () => {
    const resized = (part: Part) =>
      imageSize === undefined ? part : withSize(space, part, { name, sizes, from: imageSize });
    const sized = {
      ...space,
      decisions: [{ name, choices: sizes }, ...space.decisions],
      imageSizeDecision: name,
      backbone: space.backbone.map(resized),
      tail: space.tail.map(resized),
    };
    const [first] = featureParts(sized);
    if (first !== undefined) markImageInput(first);
    for (const side of sizes) {
      const { shapes } = createEstimator(space.name, featureParts(sized), [IMAGE_CHANNELS, side, side]);
      shapes({ ...firstSubnet(sized), [name]: side });
    }
    return sized;
  });
}

/** Returns a space for the subnets of each image size, or only the space itself if the size is not searched. */
export function splitByImageSize(space: NetworkSpace): readonly NetworkSpace[] {
  requireNetworkSpace("splitByImageSize", space);
  const { decisions, imageSizeDecision } = space;
  const searched = decisions.find(({ name }) => name === imageSizeDecision);
  if (searched === undefined) return [space];
  return searched.choices.map((size) => ({
    ...space,
    decisions: decisions.map((decision) =>
      decision === searched ? { ...searched, choices: [size] } : decision,
    ),
  }));
}

/** Kinds of layers that depend on the size of the image. */
const SIZED = ["patch-embedding", "class-token", "attention"] as const;

interface SizeDecision {
  readonly name: string;
  readonly sizes: readonly number[];
  /** Size that the layers of the space are for. */
  readonly from: number;
}

/**
 * Makes a part depend on the decision on the image size, if one of its layers does.
 * @throws UserError if images of a size do not fit
 */
function withSize(space: NetworkSpace, part: Part, { name, sizes, from }: SizeDecision): Part {
  const sized = candidatesOf(space, part).filter((layer) => SIZED.some((kind) => holds(layer, kind)));
  if (sized.length === 0) return part;
  for (const layer of sized) for (const to of sizes) resizeLayer(layer, { from, to });
  return {
    ...part,
    decisions: [name, ...part.decisions],
    layer: (choices) => resizeLayer(part.layer(choices), { from, to: Number(choices[name]) }),
    // All sizes share their weights.
    sharing: { separate: separateDecisions(part) },
  };
}

/** Sides of square images, in pixels. */
interface Resize {
  readonly from: number;
  readonly to: number;
}

/** Returns a layer of images of one size for images of another. */
function resizeLayer(layer: Layer, size: Resize): Layer {
  const { from, to } = size;
  switch (layer.kind) {
    case "patch-embedding":
      if (to % layer.patch === 0) return { ...layer, imageSize: to };
      throw new UserError(
        `images of ${to}x${to} cannot be split into patches of ${layer.patch}x${layer.patch}: ` +
          `use multiples of ${layer.patch}`,
      );
    case "class-token":
      return { ...layer, patches: (layer.patches * to * to) / (from * from) };
    case "attention":
      return { ...layer, grid: (layer.grid * to) / from };
    case "sequential":
      return { ...layer, layers: layer.layers.map((inner) => resizeLayer(inner, size)) };
    case "residual": {
      const shortcut = layer.shortcut && resizeLayer(layer.shortcut, size);
      return { ...layer, body: resizeLayer(layer.body, size), ...(shortcut && { shortcut }) };
    }
    case "split-shuffle":
      return { ...layer, body: resizeLayer(layer.body, size) };
    case "concat": {
      const branches = Object.entries(layer.branches);
      return {
        ...layer,
        branches: Object.fromEntries(branches.map(([name, branch]) => [name, resizeLayer(branch, size)])),
      };
    }
    default:
      return layer;
  }
}
