import { nn, noGrad, type Tensor } from "@supernet/torch";

/**
 * Batch-norm statistics of modules that several networks share, once for each network: a detector's weights round the
 * backbone are the same for all subnets, its statistics are not.
 */
export class HeadStatistics implements Disposable {
  readonly #norms: readonly nn.BatchNorm2d[];
  readonly #shared: readonly Tensor[];
  readonly #own: readonly (readonly Tensor[])[];
  readonly #momentum: readonly (number | null)[];

  /** @param networks how many; each begins with the statistics that the norms have */
  constructor(norms: readonly nn.BatchNorm2d[], networks: number) {
    this.#norms = norms;
    this.#momentum = norms.map(({ momentum }) => momentum);
    this.#shared = norms.flatMap((norm) => Array.from(norm.namedBuffers(), ([, tensor]) => tensor));
    this.#own = Array.from({ length: networks }, () =>
      this.#shared.map((tensor) => noGrad(() => tensor.clone().keep())),
    );
  }

  /** Makes every network forget its statistics; the norms normalise by the batch and gather the mean over batches. */
  gather(): void {
    for (const norm of this.#norms) {
      norm.resetRunningStats();
      Object.assign(norm, { training: true, momentum: null });
    }
    for (const own of this.#own) copy(this.#shared, own);
  }

  /** Makes the norms normalise by the batch, and gather nothing. */
  useBatch(): void {
    for (const norm of this.#norms) Object.assign(norm, { training: true, momentum: 0 });
  }

  /** Makes the norms normalise by the statistics that a network has. */
  use(): void {
    for (const [i, norm] of this.#norms.entries())
      Object.assign(norm, { training: false, momentum: this.#momentum[i] });
  }

  /** Runs `body` with a network's statistics in the norms, and keeps what becomes of them. */
  with<T>(network: number, body: () => T): T {
    const own = this.#own[network]!;
    copy(own, this.#shared);
    const result = body();
    copy(this.#shared, own);
    return result;
  }

  /** The norms normalise by running statistics again, which are those of the network that ran last. */
  [Symbol.dispose](): void {
    this.use();
    for (const own of this.#own) for (const tensor of own) tensor.dispose();
  }
}

function copy(from: readonly Tensor[], to: readonly Tensor[]): void {
  noGrad(() => {
    for (const [i, tensor] of to.entries()) tensor.copy_(from[i]!);
  });
}

/** The batch-norms of a detector round its backbone. */
export function headNorms(detector: nn.Module): nn.BatchNorm2d[] {
  const norms: nn.BatchNorm2d[] = [];
  for (const [name, child] of detector.namedChildren()) {
    if (name === "backbone") continue;
    for (const [, module] of child.namedModules()) if (module instanceof nn.BatchNorm2d) norms.push(module);
  }
  return norms;
}
