import { nn, ops, type Tensor } from "@supernet/torch";
import { IMAGE_CHANNELS, mapChannels, type NetworkSpace, requireMaps } from "../../network/network-space.js";
import { firstSubnet, type Subnet } from "../../space/space.js";
import { checkSpace } from "../../space/validate.js";
import { type ChannelRange, fixedChannels } from "../build/candidates.js";
import { type ActivePart, PartModules } from "../build/part-modules.js";

/**
 * The backbone of a space: [n, 3, h, w] images to one map for each of `strides`, finest first. With a subnet it is
 * that subnet alone, without one the supernet.
 *
 * A map whose channels are searched is filled up with zeros to the most that any subnet has, stand-alone as in the
 * supernet. What follows has the same weights for every subnet then, and those of absent channels meet zeros: they
 * change nothing.
 */
export class SpaceBackbone extends nn.Module {
  readonly #space: NetworkSpace;
  readonly #outChannels: readonly number[];
  readonly #parts: PartModules;
  /** Range of channels of the map that a part outputs, where it is handed out. */
  readonly #maps: ReadonlyMap<string, number>;

  constructor(space: NetworkSpace, subnet?: Subnet) {
    super();
    checkSpace("SpaceBackbone", space);
    this.#space = space;
    this.#outChannels = mapChannels(space);
    this.#maps = new Map(space.maps.map(({ part }, i) => [part, this.#outChannels[i]!]));
    this.#parts = new PartModules(space, space.backbone, fixedChannels(IMAGE_CHANNELS), subnet);
    initLinear(this, space);
    this.activate(subnet ?? firstSubnet(space));
  }

  override *namedChildren(): Generator<[string, nn.Module]> {
    yield* this.#parts.namedChildren();
  }

  /** @throws UserError where the space hands out no maps, as a detector finds out by this */
  get outChannels(): readonly number[] {
    requireMaps(this.#space);
    return this.#outChannels;
  }

  get strides(): readonly number[] {
    requireMaps(this.#space);
    return this.#space.maps.map(({ stride }) => stride);
  }

  /** Range of channels that the last part outputs, over all subnets. */
  get lastChannels(): ChannelRange {
    return this.#parts.output;
  }

  /**
   * Makes `subnet` the one that runs; a stand-alone subnet has nothing to choose and ignores it.
   * @returns channels that the last part outputs then
   */
  activate(subnet: Subnet): number {
    return this.#parts.activate(subnet, IMAGE_CHANNELS);
  }

  /** Makes `subnet` the one that runs, and hands out its parts one by one. */
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

  /** The map that is handed out after a part: what it outputs, filled up; undefined where there is none. */
  mapOf(part: string, output: Tensor): Tensor | undefined {
    const channels = this.#maps.get(part);
    return channels === undefined ? undefined : withChannels(output, channels);
  }

  /** What the last part outputs, [n, c, h / stride, w / stride] or [tokens, n, width], not filled up. */
  lastMap(images: Tensor): Tensor {
    return this.#parts.forward(images);
  }
}

/** A map with zeros after its last channel. */
function withChannels(map: Tensor, channels: number): Tensor {
  const missing = channels - map.shape[1]!;
  return missing === 0 ? map : ops.constantPadNd(map, [0, 0, 0, 0, 0, missing], 0);
}

/** Initializes the linear layers of a network as its space specifies. */
export function initLinear(network: nn.Module, { linearInitStd }: NetworkSpace): void {
  if (linearInitStd === undefined) return;
  for (const [, module] of network.namedModules()) {
    if (!(module instanceof nn.Linear)) continue;
    nn.init.truncatedNormal(module.weight, 0, linearInitStd);
    if (module.bias) nn.init.constant(module.bias, 0);
  }
}
