import { count, parseOptions } from "@supernet/base";
import { nn, type Tensor } from "@supernet/torch";
import { z } from "zod";
import { lastPart, type NetworkSpace } from "../../network/network-space.js";
import { firstSubnet, type Subnet } from "../../space/space.js";
import { type ActivePart, PartModules } from "../build/part-modules.js";
import { initLinear, SpaceBackbone } from "./backbone.js";

/**
 * The classifier of a space: [n, 3, h, w] images to [n, classes] logits. With a subnet it is that subnet alone,
 * without one the supernet.
 */
export class SpaceClassifier extends nn.Module {
  readonly backbone: SpaceBackbone;
  readonly #tail: PartModules;

  constructor(space: NetworkSpace, classes: number, subnet?: Subnet) {
    super();
    parseOptions("SpaceClassifier", z.strictObject({ classes: count }), { classes });
    this.backbone = new SpaceBackbone(space, subnet);
    const parts = [...space.tail, lastPart(classes)];
    this.#tail = new PartModules(space, parts, this.backbone.lastChannels, subnet);
    initLinear(this.#tail, space);
    this.activate(subnet ?? firstSubnet(space));
  }

  override *namedChildren(): Generator<[string, nn.Module]> {
    yield* super.namedChildren();
    yield* this.#tail.namedChildren();
  }

  /** Makes `subnet` the one that runs; a stand-alone subnet has nothing to choose and ignores it. */
  activate(subnet: Subnet): void {
    this.#tail.activate(subnet, this.backbone.activate(subnet));
  }

  /** Makes `subnet` the one that runs, and hands out its parts one by one. */
  activeParts(subnet: Subnet): ActivePart[] {
    return [
      ...this.backbone.activeParts(subnet),
      ...this.#tail.activeParts(subnet, this.backbone.activate(subnet)),
    ];
  }

  forward(images: Tensor): Tensor {
    const map = this.backbone.lastMap(images);
    const logits = this.#tail.forward(map);
    map.dispose();
    return logits;
  }
}
