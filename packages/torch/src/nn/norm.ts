import {
  requireBoolean,
  requireInstance,
  requireInteger,
  requireNumber,
  requireOptions,
} from "@supernet/base";
import { ProcessGroup } from "../distributed/group.js";
import { noGrad, ones, ops, type Tensor, tidy, zeros } from "../engine/index.js";
import { buffer, Module, type Parameter, parameter } from "./module.js";

/** Options of a {@link BatchNorm2d}. */
export interface BatchNormOptions {
  /** Added to the variance. Default: 1e-5. */
  eps?: number;
  /** Weight of the newest batch in the running statistics; null averages all batches since the reset. Default: 0.1. */
  momentum?: number | null;
  /** Whether to scale and shift each channel by learned numbers. Default: true. */
  affine?: boolean;
  /** Whether to keep running statistics. Without them, evaluation uses the batch too. Default: true. */
  trackRunningStats?: boolean;
}

/** Tensors of a batch-norm, each with one number per channel. */
export type BatchNormTensors = Pick<BatchNorm2d, "weight" | "bias" | "running_mean" | "running_var">;

/**
 * Normalizes each channel of [N, C, H, W], in training by the batch's statistics and in evaluation by running
 * statistics. See [Ioffe and Szegedy](https://arxiv.org/abs/1502.03167), 2015.
 */
export class BatchNorm2d extends Module {
  readonly numFeatures: number;
  eps: number;
  momentum: number | null;
  readonly weight: Parameter | undefined;
  readonly bias: Parameter | undefined;
  readonly running_mean: Tensor | undefined;
  readonly running_var: Tensor | undefined;
  readonly num_batches_tracked: Tensor | undefined;
  /** Ranks whose batches are normalized together in training. See `synchronizeBatchNorm`. */
  group: ProcessGroup | undefined;

  constructor(numFeatures: number, options: BatchNormOptions = {}) {
    super();
    requireInteger("BatchNorm2d: numFeatures", numFeatures, { min: 0 });
    requireOptions<BatchNormOptions>("BatchNorm2d", options, [
      "eps",
      "momentum",
      "affine",
      "trackRunningStats",
    ]);
    const { eps = 1e-5, momentum = 0.1, affine = true, trackRunningStats = true } = options;
    requireNumber("BatchNorm2d: eps", eps, { min: 0 });
    if (momentum !== null) requireNumber("BatchNorm2d: momentum", momentum, { min: 0, max: 1 });
    requireBoolean("BatchNorm2d: affine", affine);
    requireBoolean("BatchNorm2d: trackRunningStats", trackRunningStats);
    this.numFeatures = numFeatures;
    this.eps = eps;
    this.momentum = momentum;
    if (affine) {
      this.weight = parameter(ones([numFeatures]));
      this.bias = parameter(zeros([numFeatures]));
    }
    if (trackRunningStats) {
      this.running_mean = buffer(zeros([numFeatures]));
      this.running_var = buffer(ones([numFeatures]));
      // Optional, because networks that were trained with frozen statistics are saved without it.
      this.num_batches_tracked = buffer(zeros([], { dtype: "int64" }), { optional: true });
    }
  }

  /** Resets the running statistics: mean 0, variance 1, no batches. */
  resetRunningStats(): void {
    noGrad(() =>
      tidy(() => {
        this.running_mean?.zero_();
        this.running_var?.fill_(1);
        this.num_batches_tracked?.zero_();
      }),
    );
  }

  forward(x: Tensor): Tensor {
    return this.normalize(x, this);
  }

  /** Normalizes with this module's tensors or slices of them. */
  protected normalize(x: Tensor, { weight, bias, running_mean, running_var }: BatchNormTensors): Tensor {
    let factor = this.momentum ?? 0;
    if (this.training && this.num_batches_tracked !== undefined) {
      this.num_batches_tracked.add_(1);
      if (this.momentum === null) factor = 1 / this.num_batches_tracked.item();
    }
    if (this.training && this.group) {
      return this.group.batchNorm(
        x,
        { weight, bias, running_mean, running_var },
        { momentum: factor, eps: this.eps },
      );
    }
    const byBatch = this.training || running_mean === undefined;
    return ops.batchNorm(x, weight, bias, running_mean, running_var, byBatch, factor, this.eps, true);
  }
}

/**
 * Makes every batch-norm of a network normalize over the batches of all ranks in training, like torch.nn.SyncBatchNorm.
 * All ranks must then run the network together.
 * @param group ranks to normalize over; undefined normalizes over this rank's batch only
 */
export function synchronizeBatchNorm(network: Module, group: ProcessGroup | undefined): void {
  requireInstance("synchronizeBatchNorm: network", network, Module);
  if (group !== undefined && !(group instanceof ProcessGroup))
    throw new TypeError("synchronizeBatchNorm: group must be a ProcessGroup or undefined");
  for (const [, module] of network.namedModules()) if (module instanceof BatchNorm2d) module.group = group;
}

/**
 * Normalizes groups of channels of [N, C, ...] within each sample. [Wu and He](https://arxiv.org/abs/1803.08494), 2018.
 */
export class GroupNorm extends Module {
  readonly numGroups: number;
  readonly numChannels: number;
  readonly eps: number;
  readonly weight: Parameter | undefined;
  readonly bias: Parameter | undefined;

  constructor(numGroups: number, numChannels: number, options: { eps?: number; affine?: boolean } = {}) {
    super();
    requireInteger("GroupNorm: numGroups", numGroups, { min: 1 });
    requireInteger("GroupNorm: numChannels", numChannels, { min: 0 });
    requireNormOptions("GroupNorm", options);
    if (numChannels % numGroups !== 0) {
      throw new RangeError(`GroupNorm: ${numChannels} channels cannot be divided into ${numGroups} groups`);
    }
    this.numGroups = numGroups;
    this.numChannels = numChannels;
    this.eps = options.eps ?? 1e-5;
    if (options.affine ?? true) {
      this.weight = parameter(ones([numChannels]));
      this.bias = parameter(zeros([numChannels]));
    }
  }

  forward(x: Tensor): Tensor {
    return ops.groupNorm(x, this.numGroups, this.weight, this.bias, this.eps, true);
  }
}

/**
 * Normalizes over the last axes, whose sizes are `normalizedShape`. [Ba et al.](https://arxiv.org/abs/1607.06450),
 * 2016.
 */
export class LayerNorm extends Module {
  readonly normalizedShape: readonly number[];
  readonly eps: number;
  readonly weight: Parameter | undefined;
  readonly bias: Parameter | undefined;

  constructor(normalizedShape: number | readonly number[], options: { eps?: number; affine?: boolean } = {}) {
    super();
    requireNormOptions("LayerNorm", options);
    this.normalizedShape = typeof normalizedShape === "number" ? [normalizedShape] : normalizedShape;
    if (!Array.isArray(this.normalizedShape) || this.normalizedShape.length === 0)
      throw new TypeError("LayerNorm: normalizedShape must be an integer or an array of integers");
    for (const size of this.normalizedShape) requireInteger("LayerNorm: normalizedShape", size, { min: 0 });
    this.eps = options.eps ?? 1e-5;
    if (options.affine ?? true) {
      this.weight = parameter(ones(this.normalizedShape));
      this.bias = parameter(zeros(this.normalizedShape));
    }
  }

  forward(x: Tensor): Tensor {
    return ops.layerNorm(x, this.normalizedShape, this.weight, this.bias, this.eps, true);
  }
}

function requireNormOptions(name: string, options: { eps?: number; affine?: boolean }): void {
  requireOptions<{ eps: number; affine: boolean }>(name, options, ["eps", "affine"]);
  const { eps = 1e-5, affine = true } = options;
  requireNumber(`${name}: eps`, eps, { min: 0 });
  requireBoolean(`${name}: affine`, affine);
}
