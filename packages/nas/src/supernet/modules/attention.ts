import { nn, ops, type Tensor } from "@supernet/torch";
import type { Attention } from "../../layer/token-layer.js";
import { weightsOf } from "./elastic.js";
import { RelativePosition } from "./relative-position.js";

/**
 * Multi-head self-attention with relative positions: `[t, n, width] -> [t, n, width]`, tokens before samples.
 *
 * In this order the heads are views of the projections, and batched products need no copy. The joint weight
 * interleaves queries, keys and values, so the weights of fewer heads are its leading rows.
 */
export class MultiHeadAttention extends nn.Module {
  /**
   * `width -> 3 * heads * headWidth`. Row 3k + m of the weight is row k of the queries (m = 0), keys (1) or values (2).
   * The bias is not interleaved.
   */
  readonly qkv: nn.Linear;
  readonly rel_pos_embed_k: RelativePosition;
  readonly rel_pos_embed_v: RelativePosition;
  /** `heads * headWidth -> width` */
  readonly proj: nn.Linear;
  #layer: Attention;

  /** @param layer layer with the heads of `qkv` and `proj`; if they are elastic, the maximum number of heads */
  constructor(layer: Attention, qkv: nn.Linear, proj: nn.Linear) {
    super();
    this.qkv = qkv;
    this.rel_pos_embed_k = new RelativePosition(layer);
    this.rel_pos_embed_v = new RelativePosition(layer);
    this.proj = proj;
    this.#layer = layer;
  }

  /** Active layer. */
  get layer(): Attention {
    return this.#layer;
  }

  /** Sets the active number of heads, grid and scale. The caller resizes elastic projections. */
  resize(layer: Attention): void {
    this.#layer = layer;
    this.rel_pos_embed_k.resize(layer.grid);
    this.rel_pos_embed_v.resize(layer.grid);
  }

  forward(x: Tensor): Tensor {
    const [plain, keys, values] = this.#heads(x);
    const queries = plain.mul(this.#layer.headWidth ** -0.5);
    plain.dispose();
    const positions = this.rel_pos_embed_k.products(queries);
    const [added, left, right] = [
      positions.transpose(0, 1),
      queries.transpose(0, 1),
      keys.permute([1, 2, 0]),
    ];
    const scores = ops.baddbmm(added, left, right);
    release(positions, added, queries, left, keys, right);
    const weights = scores.softmax(-1);
    scores.dispose();
    const [byToken, byHead] = [weights.transpose(0, 1), values.transpose(0, 1)];
    const mixed = this.rel_pos_embed_v.mix(byToken);
    const attended = ops.bmm(weights, byHead);
    const turned = attended.transpose(0, 1);
    mixed.add_(turned);
    release(weights, byToken, values, byHead, attended, turned);
    const output = this.#project(mixed, x.shape);
    mixed.dispose();
    return output;
  }

  /** Returns queries, keys and values, each `[t, n * heads, headWidth]`. */
  #heads(x: Tensor): [Tensor, Tensor, Tensor] {
    const [t, n, width] = x.shape as [number, number, number];
    const { heads, headWidth } = this.#layer;
    const inner = heads * headWidth;
    const { weight, bias } = weightsOf(this.qkv);
    const joint = weight.view([inner, 3, width]);
    const offsets = bias!.view([3, inner]);
    const [rows, biases] = [joint.unbind(1), offsets.unbind(0)];
    const outputs = rows.map((row, i) => {
      const flat = ops.linear(x, row, biases[i]);
      const split = flat.view([t, n * heads, headWidth]);
      flat.dispose();
      return split;
    });
    release(joint, offsets, ...rows, ...biases);
    return outputs as [Tensor, Tensor, Tensor];
  }

  #project(mixed: Tensor, [t, n, width]: readonly number[]): Tensor {
    const { heads, headWidth, scale } = this.#layer;
    const { weight, bias } = weightsOf(this.proj);
    const [flat, turned] = [mixed.view([t! * n!, heads * headWidth]), weight.t()];
    const product = ops.addmm(bias!, flat, turned, { alpha: scale });
    const output = product.view([t!, n!, width!]);
    release(flat, turned, product);
    return output;
  }
}

function release(...tensors: readonly Tensor[]): void {
  for (const tensor of tensors) tensor.dispose();
}
