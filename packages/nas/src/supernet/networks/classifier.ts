import { count, parseOptions } from "@supernet/base";
import { nn, type Tensor } from "@supernet/torch";
import { z } from "zod";
import { lastPart, type NetworkSpace } from "../../network/network-space.js";
import { firstSubnet, type Subnet } from "../../space/space.js";
import { type ActivePart, PartModules } from "../build/part-modules.js";
import { initialize, SpaceBackbone } from "./backbone.js";

/**
 * Classifier of a space: maps images `[n, 3, h, w]` to logits `[n, classes]`. With a `subnet`, it is the stand-alone
 * subnet; without one, it is the supernet.
 *
 * @example
 * const space = createSpace({ name: "mobilenetv2" });
 * const supernet = new SpaceClassifier(space, 10);
 * supernet.activate(firstSubnet(space));
 * const logits = supernet.forward(randn([2, 3, 224, 224]));
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
    initialize(this.#tail, space);
    this.activate(subnet ?? firstSubnet(space));
  }

  override *namedChildren(): Generator<[string, nn.Module]> {
    yield* super.namedChildren();
    yield* this.#tail.namedChildren();
  }

  /** Activates `subnet`. Has no effect on a stand-alone subnet. */
  activate(subnet: Subnet): void {
    this.#tail.activate(subnet, this.backbone.activate(subnet));
  }

  /** Activates `subnet` and returns its parts. */
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
