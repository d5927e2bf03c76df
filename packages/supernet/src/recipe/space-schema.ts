import {
  AUTOFORMER_BASE_SIZES,
  AUTOFORMER_SMALL_SIZES,
  AUTOFORMER_TINY_SIZES,
  type AutoFormerSizes,
  DETNAS_LARGE_SIZES,
  ELASTIC_MOBILENET_SIZES,
  type ElasticMobileNetSizes,
  MIXED_MOBILENET_SIZES,
  PROXYLESS_MOBILE_SIZES,
  type ShuffleNetV2Sizes,
  SPOS_SIZES,
  type SpaceName,
} from "@supernet/nas";
import { z } from "zod";
import { count, positive } from "./values.js";

/** One number a stage. */
const stages = (sizes: readonly number[]) =>
  z
    .array(count)
    .length(sizes.length)
    .default([...sizes]);

/** Choices. */
const choices = (numbers: readonly number[]) =>
  z
    .array(count)
    .min(1)
    .default([...numbers]);

/** Choices for each stage. */
const stageChoices = (lists: readonly (readonly number[])[]) =>
  z
    .array(z.array(count).min(1))
    .length(lists.length)
    .default(lists.map((list) => [...list]));

const shuffleNetV2Shape = (sizes: ShuffleNetV2Sizes) => ({
  /** Output channels of the first 3x3 convolution, which has stride 2. */
  stem: count.default(sizes.stem),
  /** Blocks in each of the four stages; the first block of a stage has stride 2. */
  blocks: stages(sizes.blocks),
  /** Output channels of each of the four stages; even, since blocks split them in halves. */
  channels: stages(sizes.channels),
  /** Output channels of the last 1x1 convolution, before the classifier. */
  last: count.default(sizes.last),
});

const mobileShape = (sizes: { readonly stem: number; readonly first: number; readonly last: number }) => ({
  /** Output channels of the first 3x3 convolution, which has stride 2. */
  stem: count.default(sizes.stem),
  /** Output channels of the first block, which is not searched. */
  first: count.default(sizes.first),
  /** Output channels of the last 1x1 convolution, before the classifier. */
  last: count.default(sizes.last),
});

const elasticStagesShape = (sizes: ElasticMobileNetSizes) => ({
  ...mobileShape(sizes),
  /** Choices for the output channels of each of the six stages, whose first blocks have strides 2, 2, 2, 1, 2, 1. */
  widths: stageChoices(sizes.widths),
  /** Choices for the number of blocks of each of the six stages. */
  depths: stageChoices(sizes.depths),
  /** Choices for the depth-wise kernel of each block. */
  kernels: choices(sizes.kernels),
  /** Choices for the expansion of each block. */
  expansions: choices(sizes.expansions),
});

const autoFormerShape = (sizes: AutoFormerSizes) => ({
  /** Side of the only image that fits, in pixels: positions are learned for its patches. */
  imageSize: count.default(sizes.imageSize),
  /** Side of a patch in pixels, a divisor of the image's. */
  patch: count.default(sizes.patch),
  /** Choices for the features of a token. */
  width: choices(sizes.width),
  /** Choices for the number of blocks. */
  depth: choices(sizes.depth),
  /** Choices for the heads of each block, 64 wide each. */
  heads: choices(sizes.heads),
  /** Choices for the hidden features of each block's MLP, in multiples of the width. */
  ratio: z
    .array(positive)
    .min(1)
    .default([...sizes.ratio]),
  /**
   * Whether what attentions and MLPs put out is multiplied by largest over active width; the published scripts leave
   * that off, so that weights trained by them need false.
   */
  outputScale: z.boolean().default(sizes.outputScale),
});

/** One for each space that comes with supernet; sizes that are left out are the published ones. */
const schemas = {
  "spos-shufflenetv2": z.strictObject({
    name: z.literal("spos-shufflenetv2"),
    ...shuffleNetV2Shape(SPOS_SIZES),
  }),
  "detnas-large": z.strictObject({
    name: z.literal("detnas-large"),
    ...shuffleNetV2Shape(DETNAS_LARGE_SIZES),
  }),
  mobilenetv2: z.strictObject({
    name: z.literal("mobilenetv2"),
    ...mobileShape(PROXYLESS_MOBILE_SIZES),
    /** Blocks in each of the six searched stages, whose first blocks have strides 2, 2, 2, 1, 2, 1. */
    blocks: stages(PROXYLESS_MOBILE_SIZES.blocks),
    /** Output channels of each of the six searched stages. */
    channels: stages(PROXYLESS_MOBILE_SIZES.channels),
  }),
  "elastic-mobilenet": z.strictObject({
    name: z.literal("elastic-mobilenet"),
    ...elasticStagesShape(ELASTIC_MOBILENET_SIZES),
  }),
  "mixed-mobilenet": z.strictObject({
    name: z.literal("mixed-mobilenet"),
    ...elasticStagesShape(MIXED_MOBILENET_SIZES),
  }),
  "autoformer-tiny": z.strictObject({
    name: z.literal("autoformer-tiny"),
    ...autoFormerShape(AUTOFORMER_TINY_SIZES),
  }),
  "autoformer-small": z.strictObject({
    name: z.literal("autoformer-small"),
    ...autoFormerShape(AUTOFORMER_SMALL_SIZES),
  }),
  "autoformer-base": z.strictObject({
    name: z.literal("autoformer-base"),
    ...autoFormerShape(AUTOFORMER_BASE_SIZES),
  }),
} as const satisfies Readonly<Record<SpaceName, z.ZodType>>;

/** A space that the user describes; docs/spaces.md says how. `{ file: "my-space.ts" }` says enough. */
const fileSchema = z.strictObject({
  name: z.literal("file").default("file"),
  /** A TypeScript or JavaScript file whose default export is made by `defineSpace`. */
  file: z.string().min(1),
  /**
   * SHA-256 of all that the file describes. It is filled in when a run begins, so that steps are done anew where
   * the space is another one.
   */
  content: z.string().optional(),
});

export const spaceSchema = z.discriminatedUnion("name", [
  schemas["spos-shufflenetv2"],
  schemas["detnas-large"],
  schemas.mobilenetv2,
  schemas["elastic-mobilenet"],
  schemas["mixed-mobilenet"],
  schemas["autoformer-tiny"],
  schemas["autoformer-small"],
  schemas["autoformer-base"],
  fileSchema,
]);

export type SpaceRecipe = z.infer<typeof spaceSchema>;
