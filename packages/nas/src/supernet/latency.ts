import { getNumThreads, noGrad, randn, type Tensor, tidy } from "@supernet/torch";

/** How long one forward pass takes on this machine, in milliseconds. */
export interface Latency {
  readonly median: number;
  /** The 95th percentile. */
  readonly p95: number;
  readonly runs: number;
  readonly batch: number;
  readonly threads: number;
  readonly device: string;
}

const WARM_UP = { runs: 3, ms: 200 };
const MEASURED = { runs: 20, ms: 2000 };

/**
 * Measures how long a network takes for images of noise, without gradients.
 * @param forward runs the network, in evaluation mode; what it gives is waited for
 * @param input shape without batch, [channels, height, width]
 * @param device where the network's weights are, such as "cpu" or "cuda:0"
 */
export function measureLatency(
  forward: (images: Tensor) => Tensor | readonly Tensor[],
  input: readonly number[],
  { batch = 1, device = "cpu" }: { batch?: number; device?: string } = {},
): Latency {
  return tidy(() => {
    const images = randn([batch, ...input], { device });
    const pass = (): number => {
      const start = performance.now();
      noGrad(() => tidy(() => wait(forward(images))));
      return performance.now() - start;
    };
    passes(pass, WARM_UP);
    const times = passes(pass, MEASURED).sort((a, b) => a - b);
    return {
      median: quantile(times, 0.5),
      p95: quantile(times, 0.95),
      runs: times.length,
      batch,
      threads: getNumThreads(),
      device,
    };
  });
}

/** A CUDA kernel is only queued when its operator returns: reading a number waits for all before it. */
function wait(result: Tensor | readonly Tensor[]): void {
  for (const tensor of "length" in result ? result : [result]) tensor.sum().item();
}

/** As many passes as it takes to fill both the least number and the least time. */
function passes(pass: () => number, least: { readonly runs: number; readonly ms: number }): number[] {
  const times: number[] = [];
  for (let spent = 0; times.length < least.runs || spent < least.ms; ) {
    const time = pass();
    times.push(time);
    spent += time;
  }
  return times;
}

/** Of a sorted list, between its neighbours by proportion. */
export function quantile(sorted: readonly number[], at: number): number {
  const place = at * (sorted.length - 1);
  const below = sorted[Math.floor(place)]!;
  const above = sorted[Math.ceil(place)]!;
  return below + (above - below) * (place % 1);
}
