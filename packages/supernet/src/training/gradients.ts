import type { Subnet } from "@supernet/nas";
import { type nn, optim, type Tensor, tidy } from "@supernet/torch";
import type { TrainingSettings } from "../recipe/training-schema.js";
import { inPrecision } from "./precision.js";
import { alone, type Ranks } from "./ranks.js";

/** What the gradients of a batch hang on. */
export interface Differentiable<Batch> {
  readonly settings: TrainingSettings;
  readonly device: string;
  /**
   * The named losses of a micro-batch, each a scalar; their sum is minimised.
   * @param pass counts the forward passes of the whole training; chance is drawn from it alone
   * @param place of the subnet that runs among those of the iteration, which see a micro-batch one after the other
   */
  readonly losses: (batch: Batch, pass: number, place: number) => Readonly<Record<string, Tensor>>;
}

/** The subnets of an iteration, and what makes one of them the one that runs. */
export interface ActivePaths {
  readonly subnets: readonly Subnet[];
  readonly activate: (subnet: Subnet) => void;
}

export interface Gradients {
  /**
   * Over all ranks: the mean of each loss over the subnets that have it, `loss`, the mean of what is minimised for one subnet, and
   * `gradNorm`, the gradients' 2-norm before it was clipped.
   */
  readonly figures: Readonly<Record<string, number>>;
  /** What is minimised, for each subnet; on this rank. */
  readonly losses: readonly number[];
}

/**
 * Leaves in the parameters the gradients of a batch: the mean of its micro-batches' on all ranks, the sum over the
 * subnets of the iteration where there are several, clipped as the settings say. One subnet's graph is held at a time.
 * @param batch this rank's part, cut into micro-batches
 */
export function gradientsOf<Batch>(
  { settings, device, losses: lossesOf }: Differentiable<Batch>,
  parameters: readonly nn.Parameter[],
  batch: readonly Batch[],
  iteration: number,
  paths?: ActivePaths,
  ranks: Ranks = alone,
): Gradients {
  const count = paths?.subnets.length ?? 1;
  const losses = Array.from({ length: count }, () => 0);
  const means = new Map<string, { sum: number; passes: number }>();
  for (const [k, images] of batch.entries()) {
    for (let place = 0; place < count; place++) {
      paths?.activate(paths.subnets[place]!);
      tidy(() => {
        const part = (iteration * ranks.size + ranks.rank) * batch.length + k;
        const pass = part * count + place;
        const named = Object.entries(
          inPrecision(settings.precision, device, () => lossesOf(images, pass, place)),
        );
        const loss = named.map(([, one]) => one).reduce((sum, one) => sum.add(one));
        const last = k === batch.length - 1 && place === count - 1;
        const mean = loss.div(batch.length);
        (last ? ranks.prepare(mean) : mean).backward();
        for (const [name, one] of [...named, ["loss", loss] as const]) {
          const { sum, passes } = means.get(name) ?? { sum: 0, passes: 0 };
          means.set(name, { sum: sum + one.item() / batch.length, passes: passes + 1 });
        }
        losses[place]! += loss.item() / batch.length;
      });
    }
  }
  const gradNorm = optim.clipGradNorm(parameters, settings.clipGradNorm ?? Number.POSITIVE_INFINITY);
  const named = Array.from(
    means,
    ([name, { sum, passes }]) => [name, sum / (passes / batch.length)] as const,
  );
  return { figures: { ...ranks.means(Object.fromEntries(named)), gradNorm }, losses };
}
