import { nn, noGrad, type Tensor } from "@supernet/torch";

/**
 * Separate batch-norm statistics for each of several networks that share modules: all subnets have the same detector
 * weights outside the backbone, but different statistics.
 */
export class HeadStatistics implements Disposable {
  readonly #norms: readonly nn.BatchNorm2d[];
  readonly #shared: readonly Tensor[];
  readonly #statistics: readonly (readonly Tensor[])[];
  readonly #momentum: readonly (number | null)[];

  /** @param networks number of networks; each starts with the current statistics of the norms */
  constructor(norms: readonly nn.BatchNorm2d[], networks: number) {
    this.#norms = norms;
    this.#momentum = norms.map(({ momentum }) => momentum);
    this.#shared = norms.flatMap((norm) => Array.from(norm.namedBuffers(), ([, tensor]) => tensor));
    this.#statistics = Array.from({ length: networks }, () =>
      this.#shared.map((tensor) => noGrad(() => tensor.clone().keep())),
    );
  }

  /**
   * Resets the statistics of every network. The norms then normalize by the batch and accumulate the mean over batches.
   */
  gather(): void {
    for (const norm of this.#norms) {
      norm.resetRunningStats();
      Object.assign(norm, { training: true, momentum: null });
    }
    for (const statistics of this.#statistics) copy(this.#shared, statistics);
  }

  /** Makes the norms normalize by the batch without accumulating statistics. */
  useBatch(): void {
    for (const norm of this.#norms) Object.assign(norm, { training: true, momentum: 0 });
  }

  /** Makes the norms normalize by a network's statistics. */
  use(): void {
    for (const [i, norm] of this.#norms.entries())
      Object.assign(norm, { training: false, momentum: this.#momentum[i] });
  }

  /** Runs `body` with a network's statistics in the norms, and stores their new values. */
  with<T>(network: number, body: () => T): T {
    const statistics = this.#statistics[network]!;
    copy(statistics, this.#shared);
    const result = body();
    copy(this.#shared, statistics);
    return result;
  }

  /** Makes the norms normalize by running statistics again: those of the network that ran last. */
  [Symbol.dispose](): void {
    this.use();
    for (const tensor of this.#statistics.flat()) tensor.dispose();
  }
}

function copy(from: readonly Tensor[], to: readonly Tensor[]): void {
  noGrad(() => {
    for (const [i, tensor] of to.entries()) tensor.copy_(from[i]!);
  });
}

/** Returns the batch-norms of a detector outside its backbone. */
export function headNorms(detector: nn.Module): nn.BatchNorm2d[] {
  const norms: nn.BatchNorm2d[] = [];
  for (const [name, child] of detector.namedChildren()) {
    if (name === "backbone") continue;
    for (const [, module] of child.namedModules()) if (module instanceof nn.BatchNorm2d) norms.push(module);
  }
  return norms;
}
