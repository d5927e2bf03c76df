import { parseOptions } from "@supernet/base";
import { nn, ops, type Tensor } from "@supernet/torch";
import { z } from "zod";
import { IMAGE_CHANNELS } from "../../cost/shape.js";
import { mapChannels, minMapChannels, type NetworkSpace, requireMaps } from "../../network/network-space.js";
import { firstSubnet, type Subnet } from "../../space/space.js";
import { checkSpace } from "../../space/validate.js";
import { type ChannelRange, fixedChannels } from "../build/candidates.js";
import { type ActivePart, PartModules } from "../build/part-modules.js";

const optionsSchema = z.strictObject({ padMaps: z.boolean().optional() });

/**
 * Backbone of a space: maps images `[n, 3, h, w]` to one feature map `[n, c, h / stride, w / stride]` for each of
 * `strides`, finest first. With a `subnet`, it is the stand-alone subnet; without one, it is the supernet.
 *
 * If a map's channels are searched, zeros pad it by default to the maximum over all subnets, in the supernet and in
 * stand-alone subnets. The following layers therefore have the same weights for every subnet, and those of absent
 * channels have no effect. Without padding, a map has the channels of the active subnet, for following layers that are
 * elastic too.
 *
 * @example
 * const backbone = new SpaceBackbone(createSpace({ name: "elastic-mobilenet" }));
 * const maps = backbone.forward(randn([1, 3, 224, 224]));
 */
export class SpaceBackbone extends nn.Module {
  readonly #space: NetworkSpace;
  readonly #outChannels: readonly number[];
  readonly #parts: PartModules;
  /** Number of channels of each feature map, by the part that outputs it. */
  readonly #maps: ReadonlyMap<string, number>;
  readonly #padMaps: boolean;

  /** @param options `padMaps`, default: true */
  constructor(space: NetworkSpace, subnet?: Subnet, options: { padMaps?: boolean } = {}) {
    super();
    checkSpace("SpaceBackbone", space);
    const { padMaps = true } = parseOptions("SpaceBackbone", optionsSchema, options);
    this.#space = space;
    this.#padMaps = padMaps;
    this.#outChannels = mapChannels(space, padMaps ? undefined : subnet);
    this.#maps = new Map(space.maps.map(({ part }, i) => [part, this.#outChannels[i]!]));
    this.#parts = new PartModules(space, space.backbone, fixedChannels(IMAGE_CHANNELS), subnet);
    initialize(this, space);
    this.activate(subnet ?? firstSubnet(space));
  }

  override *namedChildren(): Generator<[string, nn.Module]> {
    yield* this.#parts.namedChildren();
  }

  /**
   * Number of channels of each map; of a supernet without padding, the maximum over all subnets.
   * @throws UserError if the space has no feature maps, so a detector cannot use it
   */
  get outChannels(): readonly number[] {
    requireMaps(this.#space);
    return this.#outChannels;
  }

  /**
   * Stride of each map: image pixels per map position, in both directions.
   * @throws UserError if the space has no feature maps
   */
  get strides(): readonly number[] {
    requireMaps(this.#space);
    return this.#space.maps.map(({ stride }) => stride);
  }

  /** Range of the last part's output channels over all subnets. */
  get lastChannels(): ChannelRange {
    return this.#parts.output;
  }

  /**
   * Activates `subnet`. Has no effect on a stand-alone subnet.
   * @returns the number of output channels of the last part
   */
  activate(subnet: Subnet): number {
    return this.#parts.activate(subnet, IMAGE_CHANNELS);
  }

  /** Activates `subnet` and returns its parts. */
  activeParts(subnet: Subnet): ActivePart[] {
    return this.#parts.activeParts(subnet, IMAGE_CHANNELS);
  }

  forward(images: Tensor): Tensor[] {
    requireMaps(this.#space);
    const maps: Tensor[] = [];
    this.#parts.forward(images, (output, part) => {
      const map = this.mapOf(part, output);
      if (map) maps.push(map);
      return map === output;
    });
    return maps;
  }

  /** Smallest number of channels of each map over all subnets. */
  get minChannels(): readonly number[] {
    requireMaps(this.#space);
    return minMapChannels(this.#space);
  }

  /** Returns a part's output as a feature map, or undefined if it is not one of the maps. */
  mapOf(part: string, output: Tensor): Tensor | undefined {
    const channels = this.#maps.get(part);
    if (channels === undefined) return undefined;
    return this.#padMaps ? withChannels(output, channels) : output;
  }

  /** Returns the unpadded output of the last part: `[n, c, h / stride, w / stride]` or `[tokens, n, width]`. */
  lastMap(images: Tensor): Tensor {
    return this.#parts.forward(images);
  }
}

/** Pads a map with zeros after its last channel. */
function withChannels(map: Tensor, channels: number): Tensor {
  const missing = channels - map.shape[1]!;
  return missing === 0 ? map : ops.constantPadNd(map, [0, 0, 0, 0, 0, missing], 0);
}

/** Initializes a network, or its head, as its space specifies. */
export function initialize(
  network: nn.Module,
  { linearInitStd, initialization, backbone }: NetworkSpace,
): void {
  const first = `${backbone[0]?.name}.`;
  for (const [path, module] of network.namedModules()) {
    if (initialization === "spos") initializeAsSpos(module, path.startsWith(first));
    if (linearInitStd === undefined || !(module instanceof nn.Linear)) continue;
    nn.init.truncatedNormal(module.weight, 0, linearInitStd);
    if (module.bias) nn.init.constant(module.bias, 0);
  }
}

function initializeAsSpos(module: nn.Module, isFirst: boolean): void {
  if (module instanceof nn.Conv2d) {
    const inputs = module.inChannels / module.groups;
    nn.init.normal(module.weight, 0, isFirst ? 0.01 : 1 / inputs);
    if (module.bias) nn.init.constant(module.bias, 0);
  } else if (module instanceof nn.BatchNorm2d) {
    if (module.bias) nn.init.constant(module.bias, 1e-4);
  } else if (module instanceof nn.Linear) {
    nn.init.normal(module.weight, 0, 0.01);
    if (module.bias) nn.init.constant(module.bias, 0);
  }
}
