import { parseOptions, UserError, unknownName } from "@supernet/base";
import { z } from "zod";
import type { NetworkSpace } from "../network/network-space.js";
import { choicesSettings, withChoices } from "../network/with-choices.js";
import {
  autoFormerBase,
  autoFormerBaseSettings,
  autoFormerSmall,
  autoFormerSmallSettings,
  autoFormerTiny,
  autoFormerTinySettings,
} from "./autoformer.js";
import { elasticMobileNet, elasticMobileNetSettings } from "./elastic-mobilenet.js";
import { mixedMobileNet, mixedMobileNetSettings } from "./mixed-mobilenet.js";
import { mobileNetV2, mobileNetV2Settings } from "./mobilenetv2.js";
import { resNet50, resNet50Settings } from "./resnet50.js";
import { detnasLarge, detnasLargeSettings, sposSettings, sposShuffleNetV2 } from "./spos-shufflenetv2.js";

/** A space that comes with supernet. */
interface SpaceEntry {
  readonly summary: string;
  /** Schema of the sizes, whose defaults are the published ones. */
  readonly settings: z.ZodObject;
  /** @throws UserError if a size is unknown or wrong */
  create(sizes?: object): NetworkSpace;
}

/** The spaces that come with supernet, by name. */
export const SPACES = {
  "spos-shufflenetv2": {
    summary: "ShuffleNetV2 blocks of SPOS and DetNAS (300M): one of four kinds per block",
    settings: sposSettings,
    create: sposShuffleNetV2,
  },
  "detnas-large": {
    summary: "the same with the sizes of DetNAS's large model (1.3G)",
    settings: detnasLargeSettings,
    create: detnasLarge,
  },
  mobilenetv2: {
    summary: "inverted residuals of ProxylessNAS: kernel and expansion of each block, or no block",
    settings: mobileNetV2Settings,
    create: mobileNetV2,
  },
  "elastic-mobilenet": {
    summary:
      "inverted residuals with shared weights: kernel and expansion per block, depth and width per stage",
    settings: elasticMobileNetSettings,
    create: elasticMobileNet,
  },
  "mixed-mobilenet": {
    summary: "the same, and each block is an inverted residual or a fused one, with separate weights",
    settings: mixedMobileNetSettings,
    create: mixedMobileNet,
  },
  resnet50: {
    summary: "ResNet-50 of torchvision: the last blocks of each stage can be skipped",
    settings: resNet50Settings,
    create: resNet50,
  },
  "autoformer-tiny": {
    summary: "AutoFormer vision transformers, tiny: heads and MLP ratio per block, width and depth",
    settings: autoFormerTinySettings,
    create: autoFormerTiny,
  },
  "autoformer-small": {
    summary: "the same with the small sizes",
    settings: autoFormerSmallSettings,
    create: autoFormerSmall,
  },
  "autoformer-base": {
    summary: "the same with the base sizes",
    settings: autoFormerBaseSettings,
    create: autoFormerBase,
  },
} as const satisfies Readonly<Record<string, SpaceEntry>>;

export type SpaceName = keyof typeof SPACES;

/** Schema of a space's sizes together with its name and its choices. */
type Named<Name extends string, Sizes extends z.ZodObject> = z.ZodObject<
  { name: z.ZodLiteral<Name> } & Sizes["shape"] & { choices: z.ZodOptional<typeof choicesSettings> },
  z.core.$strict
>;
type AnySettings = { [Name in SpaceName]: Named<Name, (typeof SPACES)[Name]["settings"]> }[SpaceName];

const namedSettings = Object.entries(SPACES).map(([name, { settings, summary }]) =>
  z
    .strictObject({ name: z.literal(name), ...settings.shape, choices: choicesSettings.optional() })
    .describe(summary),
) as unknown as [AnySettings, ...AnySettings[]];

/** Schema of any built-in space: `{ name: "mobilenetv2", last: 640 }`. */
export const spaceSettings = z.discriminatedUnion("name", namedSettings);

export type SpaceSettings = z.output<typeof spaceSettings>;

/**
 * Creates the built-in space that the settings describe.
 *
 * @example
 * createSpace({ name: "mobilenetv2", last: 640 });
 * createSpace({ name: "spos-shufflenetv2", choices: ["shuffle_3x3", "shuffle_5x5"] });
 * @throws UserError if a size or a choice is unknown or wrong
 */
export function createSpace(settings: z.input<typeof spaceSettings>): NetworkSpace {
  parseOptions("createSpace", z.looseObject({ name: z.string() }), settings);
  const { name, choices, ...sizes } = settings;
  const entry: SpaceEntry | undefined = Object.hasOwn(SPACES, name) ? SPACES[name] : undefined;
  if (entry === undefined) throw new UserError(unknownName("space", name, Object.keys(SPACES)));
  const space = entry.create(sizes);
  return choices === undefined ? space : withChoices(space, choices);
}
