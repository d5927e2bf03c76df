import { nn, type Tensor } from "@supernet/torch";

/**
 * Evaluates a model with other weights in place of its own, where given. The model comes out as it went in, though
 * an evaluation may compute batch-norm statistics anew.
 */
export async function evaluateWith<T>(
  model: nn.Module,
  weights: ReadonlyMap<string, Tensor> | undefined,
  evaluate: () => Promise<T>,
): Promise<T> {
  const own = nn.copyState(model);
  try {
    if (weights) model.loadStateDict(weights);
    return await evaluate();
  } finally {
    model.loadStateDict(own);
    for (const tensor of own.values()) tensor.dispose();
  }
}
