/** Conversions from images to sequences and from sequences to features. Sequences are `[tokens, n, width]`. */

import { UserError } from "@supernet/base";
import { nn, noGrad, ops, type Tensor, tidy } from "@supernet/torch";
import { type Elastic, sliceDim } from "./elastic.js";

/** Embeds patches, row by row: `[n, 3, imageSize, imageSize] -> [patches, n, width]`. */
export class PatchEmbedding extends nn.Module {
  readonly proj: nn.Conv2d;
  #imageSize: number;

  /** @param proj convolution whose kernel size and stride are the patch size */
  constructor(proj: nn.Conv2d, imageSize: number) {
    super();
    this.proj = proj;
    this.#imageSize = imageSize;
  }

  /** Sets the side of the images that fit. The caller resizes an elastic projection. */
  resize(imageSize: number): void {
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

/** Class token and positions with an elastic width and number of patches. */
export class ElasticClassToken extends ClassToken implements Elastic {
  #patches = this.pos_embed.shape[1]! - 1;
  #width = this.cls_token.shape[2]!;

  resize(patches: number, width: number): void {
    this.#patches = patches;
    this.#width = width;
  }

  override forward(patches: Tensor): Tensor {
    const { cls_token, pos_embed } = this.#active();
    return this.add(patches, cls_token, pos_embed);
  }

  activeState() {
    return noGrad(() => this.#active());
  }

  #active() {
    return {
      cls_token: sliceDim(this.cls_token, 2, this.#width),
      pos_embed: resizePositions(sliceDim(this.pos_embed, 2, this.#width), this.#patches),
    };
  }
}

/**
 * Interpolates the positions of a square grid of patches for another grid, bicubically, like `resize_pos_embed` of DeiT
 * and timm: `[1, before + 1, width] -> [1, patches + 1, width]`. That of the class token, the first, is unchanged.
 */
export function resizePositions(positions: Tensor, patches: number): Tensor {
  const [, tokens, width] = positions.shape as [number, number, number];
  if (tokens === patches + 1) return positions;
  return tidy(() => {
    const [before, side] = [Math.sqrt(tokens - 1), Math.sqrt(patches)];
    const grid = positions.narrow(1, 1, tokens - 1).view([1, before, before, width]);
    const resized = ops.upsampleBicubic2d(grid.permute([0, 3, 1, 2]), [side, side], false);
    return ops.cat([positions.narrow(1, 0, 1), resized.flatten(2).transpose(1, 2)], 1);
  });
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
