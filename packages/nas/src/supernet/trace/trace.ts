import { requireFunction, requireInstance, requireString } from "@supernet/base";
import { memory, nn, resetPeakMemory, type Tensor, tidy } from "@supernet/torch";
import { BYTES, type Cost } from "../../cost/cost.js";
import { estimateLayer } from "../../cost/estimate.js";
import { addRun, costTree } from "../../cost/module-costs.js";
import { MultiHeadAttention } from "../modules/attention.js";
import { ClassToken } from "../modules/tokens.js";
import { withForward } from "./with-forward.js";

const ACTIVATIONS = [nn.ReLU, nn.ReLU6, nn.SiLU, nn.Hardswish, nn.Sigmoid, nn.Hardsigmoid, nn.GELU] as const;

/** Module whose cost is counted: it maps one tensor to one tensor. */
type Counted = InstanceType<(typeof COUNTED)[number]>;

const COUNTED = [
  nn.Conv2d,
  nn.Linear,
  nn.BatchNorm2d,
  nn.GroupNorm,
  nn.LayerNorm,
  ...ACTIVATIONS,
  MultiHeadAttention,
  ClassToken,
] as const;

/**
 * Measures the cost of a network by running it once on one image. Use it for networks that a space does not describe,
 * such as a complete detector; for others, estimate the cost from shapes.
 *
 * Convolutions, linear layers, attention, normalizations and activation functions are counted by the rules of the estimate. If a module runs
 * several times, such as a detector head on each pyramid level, its costs are added. `memory` of the complete network
 * is measured: the bytes of its parameters plus the peak of the other tensors.
 *
 * @example
 * const cost = traceCost("detector", detector, () => noGrad(() => void detector.forward(image)));
 * @param run runs the network, without gradients
 */
export function traceCost(name: string, network: nn.Module, run: () => void): Cost {
  requireString("traceCost: name", name);
  requireInstance("traceCost: network", network, nn.Module);
  requireFunction("traceCost: run", run);
  const counts = new Map<string, Cost>();
  return withForward(
    network,
    (module, forward, path) =>
      isCounted(module)
        ? (x) => {
            const y = forward(x);
            counts.set(path, addRun(counts.get(path), costOf(module, x, y)));
            return y;
          }
        : undefined,
    () => {
      const before = memory().inUse;
      resetPeakMemory();
      tidy(run);
      return costTree(name, counts, memory().peak - before);
    },
  );
}

function isCounted(module: nn.Module): module is Counted {
  return COUNTED.some((kind) => module instanceof kind);
}

function costOf(module: Counted, input: Tensor, output: Tensor): Cost {
  let params = 0;
  for (const { numel } of module.parameters()) params += numel;
  const { numel } = output;
  const memory = BYTES * (params + input.numel + numel);
  if (module instanceof nn.Conv2d || module instanceof nn.Linear) {
    const macs = numel * weightsPerOutput(module);
    return { name: "", params, macs, flops: macs, operations: macs, activations: numel, memory };
  }
  if (module instanceof MultiHeadAttention) {
    const [tokens, samples, width] = input.shape as [number, number, number];
    const { cost } = estimateLayer(module.layer, "", [tokens, width]);
    const { macs, activations } = cost;
    return {
      ...cost,
      params,
      macs: samples * macs,
      flops: samples * macs,
      operations: samples * macs,
      activations: samples * activations,
    };
  }
  if (ACTIVATIONS.some((kind) => module instanceof kind))
    return { name: "", params, macs: 0, flops: 0, operations: numel, activations: 0, memory };
  const flops = module instanceof ClassToken ? 0 : 2 * numel;
  return { name: "", params, macs: 0, flops, operations: flops, activations: 0, memory };
}

function weightsPerOutput(module: nn.Conv2d | nn.Linear): number {
  if (module instanceof nn.Linear) return module.inFeatures;
  const [height, width] = module.kernelSize;
  return (module.inChannels / module.groups) * height * width;
}
