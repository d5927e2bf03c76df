import { requireInstance } from "@supernet/base";
import { nn, type Tensor } from "@supernet/torch";
import { type Backbone, requireBackbone } from "./backbone.js";

/**
 * A backbone and a head that computes logits from the last map. As in torchvision's classifiers, parameter names have
 * no prefix for either, so you can load a classifier's weights into a backbone with `strict: false`.
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

  /** Maps images [N, 3, H, W] to logits [N, classes]. */
  forward(images: Tensor): Tensor {
    const maps = this.backbone.forward(images);
    for (const map of maps.slice(0, -1)) map.dispose();
    return this.#head.forward(maps.at(-1)!);
  }
}
