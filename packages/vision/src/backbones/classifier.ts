import { requireInstance } from "@supernet/base";
import { nn, type Tensor } from "@supernet/torch";
import { type Backbone, requireBackbone } from "./backbone.js";

/**
 * A backbone and the head that makes logits of its last map: N x 3 x H x W to N x classes. The names of both stand
 * side by side in the state dict, as in torchvision's classifiers, so that a backbone takes a classifier's
 * weights without the head's.
 */
export class Classifier<B extends Backbone = Backbone> extends nn.Module {
  readonly #head: nn.Layer;

  constructor(
    readonly backbone: B,
    head: nn.Layer,
  ) {
    super();
    requireBackbone("Classifier: backbone", backbone);
    requireInstance("Classifier: head", head, nn.Module);
    this.#head = head;
  }

  override *namedChildren(): Generator<[string, nn.Module]> {
    yield* this.backbone.namedChildren();
    yield* this.#head.namedChildren();
  }

  forward(images: Tensor): Tensor {
    const maps = this.backbone.forward(images);
    for (const map of maps.slice(0, -1)) map.dispose();
    return this.#head.forward(maps.at(-1)!);
  }
}
