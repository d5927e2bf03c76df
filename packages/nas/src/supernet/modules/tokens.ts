/** Conversions from images to sequences and from sequences to features. Sequences are `[tokens, n, width]`. */

import { UserError } from "@supernet/base";
import { nn, noGrad, ops, type Tensor } from "@supernet/torch";
import { type Elastic, sliceDim } from "./elastic.js";

/** Embeds patches, row by row: `[n, 3, imageSize, imageSize] -> [patches, n, width]`. */
export class PatchEmbedding extends nn.Module {
  readonly proj: nn.Conv2d;
  readonly #imageSize: number;

  /** @param proj convolution whose kernel size and stride are the patch size */
  constructor(proj: nn.Conv2d, imageSize: number) {
    super();
    this.proj = proj;
    this.#imageSize = imageSize;
  }

  forward(images: Tensor): Tensor {
    const [, , height, width] = images.shape;
    if (height !== this.#imageSize || width !== this.#imageSize) {
      throw new UserError(
        `images of ${height}x${width} do not fit: the network expects ${this.#imageSize}x${this.#imageSize}: ` +
          "use images of that size, or change the space's imageSize",
      );
    }
    const map = this.proj.forward(images);
    const flat = map.flatten(2);
    const sequence = flat.permute([2, 0, 1]);
    map.dispose();
    flat.dispose();
    return sequence;
  }
}

/** Prepends the class token and adds the positions: `[patches, n, width] -> [patches + 1, n, width]`. */
export class ClassToken extends nn.Module {
  /** `[1, 1, width]` */
  readonly cls_token: nn.Parameter;
  /** `[1, patches + 1, width]` */
  readonly pos_embed: nn.Parameter;

  constructor(patches: number, width: number) {
    super();
    const learned = (tokens: number) =>
      nn.parameter(nn.init.truncatedNormal(ops.zeros([1, tokens, width]), 0, 0.02));
    this.cls_token = learned(1);
    this.pos_embed = learned(patches + 1);
  }

  forward(patches: Tensor): Tensor {
    return this.add(patches, this.cls_token, this.pos_embed);
  }

  protected add(patches: Tensor, token: Tensor, positions: Tensor): Tensor {
    const [, n, width] = patches.shape as [number, number, number];
    const repeated = token.expand([1, n, width]);
    const added = positions.transpose(0, 1);
    const sequence = ops.cat([repeated, patches], 0).add_(added);
    repeated.dispose();
    added.dispose();
    return sequence;
  }
}

/** Class token and positions with an elastic width. */
export class ElasticClassToken extends ClassToken implements Elastic {
  #width = this.cls_token.shape[2]!;

  resize(width: number): void {
    this.#width = width;
  }

  override forward(patches: Tensor): Tensor {
    return this.add(
      patches,
      sliceDim(this.cls_token, 2, this.#width),
      sliceDim(this.pos_embed, 2, this.#width),
    );
  }

  activeState() {
    return noGrad(() => ({
      cls_token: sliceDim(this.cls_token, 2, this.#width),
      pos_embed: sliceDim(this.pos_embed, 2, this.#width),
    }));
  }
}

/** Mean over all tokens except the first: `[tokens, n, width] -> [n, width]`. */
export class TokenPool extends nn.Module {
  forward(sequence: Tensor): Tensor {
    const patches = sequence.narrow(0, 1, sequence.shape[0]! - 1);
    const mean = patches.mean([0]);
    patches.dispose();
    return mean;
  }
}
